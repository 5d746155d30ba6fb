/** A text without the pronunciations that its writer gave: "{record|R EH1 K ER0 D}" → "record". */
export function readable(text: string): string {
  return text.replace(/\\([{}])|\{([^|{}]*)\|[^{}]*\}/g, (_, brace: string | undefined, word: string | undefined) => brace ?? word ?? '');
}
