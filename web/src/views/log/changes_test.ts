import { describe, expect, it } from 'vitest';
import type { Analysis, Word } from '../../api/analysis';
import { changes, notable, pairs } from './changes';
import { byText } from './history';

function word(text: string, script: number | null, accuracy: number | null, other: Partial<Word> = {}): Word {
  return { text, shown: text, script_word: script, accuracy, band: 'clear', error: 'none', phones: [], ...other } as unknown as Word;
}

function analysis(text: string, words: Word[]): Analysis {
  return { text: { original: text, words: text.split(' ').map((one) => ({ text: one })) }, words } as unknown as Analysis;
}

describe('words of two judgements', () => {
  it('are compared by their place in the text; of a word said twice the last time counts', () => {
    const before = analysis('i think so', [word('i', 0, 90), word('think', 1, 40, { band: 'hard_to_understand' }), word('so', 2, 80)]);
    const after = analysis('i think so', [word('i', 0, 91), word('think', 1, 50, { error: 'repeated' }), word('think', 1, 85), word('uh', null, null), word('so', 2, 84)]);
    const found = changes(before, after);
    expect(found.map((one) => [one.text, one.points])).toEqual([['i', 1], ['think', 45], ['so', 4]]);
    expect(found.filter(notable).map((one) => one.text)).toEqual(['think']);
  });

  it('count as zero where they were left out', () => {
    const [change] = changes(analysis('so', [word('so', 0, null, { error: 'omitted' })]), analysis('so', [word('so', 0, 70)]));
    expect(change!.points).toBe(70);
    expect(notable(change!)).toBe(true);
  });

  it('are paired in order where the texts differ', () => {
    expect(pairs(['a', 'b', 'c'], ['b', 'x', 'c'])).toEqual([[0, null], [1, 0], [null, 1], [2, 2]]);
    expect(pairs([], ['a'])).toEqual([[null, 0]]);
  });
});

it('keeps the takes of each text, oldest first, without those that have no score', () => {
  const take = (id: string, text: string, said_ms: number, total: number | null) => ({ id, text, said_ms, total });
  const texts = byText([take('c', 'so', 3, 70), take('b', 'no', 2, 60), take('a', 'so', 1, 50), take('d', 'so', 4, null)]);
  expect(texts.get('so')!.map((one) => one.id)).toEqual(['a', 'c']);
  expect(texts.get('no')).toHaveLength(1);
});
