import type { ComponentChild } from 'preact';

/** Markdown without blocks, as the knowledge base has it: *emphasis* and `code`. */
export function Prose({ text }: { text: string }) {
  const pieces: ComponentChild[] = text.split(/(\*[^*\s][^*]*\*|`[^`]+`)/).map((piece) => {
    if (/^\*.+\*$/.test(piece)) return <em>{piece.slice(1, -1)}</em>;
    return /^`.+`$/.test(piece) ? <code>{piece.slice(1, -1)}</code> : piece;
  });
  return <>{pieces}</>;
}
