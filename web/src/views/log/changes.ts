/** What differs between two judgements: of one take by two models, or of two takes. */
import type { Analysis, Word } from '../../api/analysis';

export interface WordChange {
  text: string;
  before: Word | null;
  after: Word | null;
  /** Points; null where one of them has no score. */
  points: number | null;
}

function scoreOf(word: Word | null): number | null {
  if (!word) return null;
  return word.error === 'omitted' ? 0 : word.accuracy;
}

/** Words of the text by their place in it; of a word said twice the last time counts. */
function spoken(analysis: Analysis): Map<number, Word> {
  const words = new Map<number, Word>();
  for (const word of analysis.words) if (word.script_word !== null) words.set(word.script_word, word);
  return words;
}

function change(text: string, before: Word | null, after: Word | null): WordChange {
  const [from, to] = [scoreOf(before), scoreOf(after)];
  return { text, before, after, points: from === null || to === null ? null : to - from };
}

/** Pairs of places with the same word in both texts, in order: the longest common subsequence. */
export function pairs(one: readonly string[], other: readonly string[]): [number | null, number | null][] {
  const length = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      length[i]![j] = one[i] === other[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const found: [number | null, number | null][] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) found.push([i++, j++]);
    else if (j >= other.length || (i < one.length && length[i + 1]![j]! >= length[i]![j + 1]!)) found.push([i++, null]);
    else found.push([null, j++]);
  }
  return found;
}

/** Word by word, in the order of the texts. */
export function changes(before: Analysis, after: Analysis): WordChange[] {
  const [one, other] = [before.text.words.map((word) => word.text), after.text.words.map((word) => word.text)];
  const [was, is] = [spoken(before), spoken(after)];
  return pairs(one, other).map(([i, j]) =>
    change(one[i ?? -1] ?? other[j ?? -1] ?? '', i === null ? null : was.get(i) ?? null, j === null ? null : is.get(j) ?? null));
}

/** Those worth showing: the band or the error is another one, or the score by five points and more. */
export function notable(change: WordChange): boolean {
  if (!change.before || !change.after) return change.before !== change.after;
  return change.before.band !== change.after.band || change.before.error !== change.after.error || Math.abs(change.points ?? 0) >= 5;
}
