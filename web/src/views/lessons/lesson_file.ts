/** The largest file that the program reads. */
export const mostBytes = 4 * 1024 * 1024;

const types: Record<string, string> = {
  tsv: 'text/tab-separated-values', txt: 'text/plain', md: 'text/plain', epub: 'application/epub+zip',
};

/** What the program calls such a file; null: it reads none of this kind. */
export function typeOf(fileName: string): string | null {
  return types[/\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** A title from the file's name. */
export function titleFrom(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '').replace(/[_-]+/g, ' ').trim();
}
