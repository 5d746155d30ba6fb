import { describe, expect, it } from 'vitest';
import type { Band } from '../../api/analysis';
import type { Attempt } from '../speak/attempt';
import { outcomeOf, reasonFor, spots, spotToTell, summaryOf } from './outcome';

const sound = (arpabet: string) => ({ arpabet, ipa: '' });
const drill = { sound: sound('TH'), against: sound('S') };

/** An attempt at words whose sounds lie in these bands: [["TH", "clear"], …] each. */
function attempt(...words: [string, Band][][]): Attempt {
  return {
    number: 1,
    words: [],
    sentences: [{
      analysis: {
        verdict: 'scored',
        scores: { total: 80 },
        text: { words },
        words: words.map((phones, i) => ({
          script_word: i, error: 'none', phones: phones.map(([arpabet, band], at) => ({ arpabet, band, score: 90 - at - 10 * i })),
        })),
      },
    }] as unknown as Attempt['sentences'],
  };
}

function outcome(one: Attempt, kind: 'word' | 'pair', strictness: 'child' | 'learner' | 'near_native' = 'learner') {
  return outcomeOf(one, spots(one, drill, { kind }), strictness);
}

describe('an exercise', () => {
  it('is about its sound alone, as strictly as the learner wants it', () => {
    const one = attempt([['TH', 'slightly_accented'], ['IH1', 'not_as_written']]);
    expect(outcome(one, 'word')).toBe('well');
    expect(outcome(one, 'word', 'near_native')).toBe('not_yet');
  });

  it('is about both sounds of a pair', () => {
    const one = attempt([['TH', 'clear']], [['S', 'not_as_written']]);
    expect(outcome(one, 'word')).toBe('well');
    expect(outcome(one, 'pair')).toBe('not_yet');
    expect(spots(one, drill, { kind: 'pair' })).toHaveLength(2);
  });

  it('is not lost where the machine is not sure, and not judged where the sound was not said', () => {
    expect(outcome(attempt([['TH', 'not_sure']], [['TH', 'clear']]), 'word')).toBe('unsure');
    expect(outcome(attempt([['S', 'clear']]), 'word')).toBe('unheard');
    const left = attempt([['TH', 'not_as_written']]);
    left.sentences[0]!.analysis.words[0]!.error = 'omitted';
    expect(outcome(left, 'word')).toBe('unheard');
    const none = attempt([['TH', 'clear']]);
    none.sentences[0]!.analysis.scores.total = null;
    expect(outcome(none, 'word')).toBe('unheard');
  });

  it('tells the best place where all went well, else the worst', () => {
    const heard = spots(attempt([['TH', 'clear']], [['TH', 'clear']]), drill, { kind: 'word' });
    expect(spotToTell(heard, 'well')!.word).toBe(0);
    expect(spotToTell(heard, 'not_yet')!.word).toBe(1);
    expect(spotToTell([], 'unheard')).toBeUndefined();
  });
});

it('a round ends with what went well, what got better, and what comes again', () => {
  const items = ['think', 'bath', 'three', 'month'].map((text) => ({ text }));
  expect(summaryOf(items, [['well'], ['not_yet', 'unheard', 'well'], ['unsure', 'not_yet'], ['unheard']])).toEqual({
    well: ['think', 'bath'], better: ['bath'], later: ['three'], tried: 3,
  });
});

it('says why a sound is practised', () => {
  const sounds = [{ arpabet: 'TH', due: true, last_mean: 50 }, { arpabet: 'Z', due: true, last_mean: 90 }, { arpabet: 'R', due: false, last_mean: 80 }];
  expect(['TH', 'Z', 'R', 'AA'].map((name) => reasonFor(name, sounds, false))).toEqual(['weak', 'due', 'next', 'unknown']);
  expect(reasonFor('TH', sounds, true)).toBe('chosen');
});
