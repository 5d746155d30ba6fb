import { describe, expect, it } from 'vitest';
import { focusOf, gain, praiseOf, totalOf, uncertaintyOf, type Attempt } from './attempt';

function attempt(...sentences: { total: number | null; words: number; uncertainty?: number; focus?: string; praise?: string }[]): Attempt {
  return {
    number: 1,
    words: [],
    sentences: sentences.map(({ total, words, uncertainty, focus, praise }) => ({
      analysis: {
        scores: { total, ...(uncertainty === undefined ? {} : { uncertainty }) },
        text: { words: Array.from({ length: words }) },
        feedback: { focus: focus ? { kind: focus } : null, praise: praise ? { kind: praise } : null },
      },
    })) as unknown as Attempt['sentences'],
  };
}

describe('an attempt', () => {
  it('has one number, each sentence weighing by its words', () => {
    expect(totalOf(attempt({ total: 90, words: 1 }, { total: 60, words: 2 }))).toBe(70);
    expect(totalOf(attempt({ total: null, words: 3 }, { total: 60, words: 2 }))).toBe(60);
    expect(totalOf(attempt({ total: null, words: 3 }))).toBeNull();
  });

  it('says how far it may be off only where that is known of all', () => {
    expect(uncertaintyOf(attempt({ total: 90, words: 1, uncertainty: 4 }))).toBe(4);
    expect(uncertaintyOf(attempt({ total: 90, words: 1, uncertainty: 4 }, { total: 50, words: 1 }))).toBeNull();
  });

  it('has one thing to do: of the lowest sentence, and polishing last', () => {
    const both = attempt({ total: 40, words: 2, focus: 'polish' }, { total: 80, words: 2, focus: 'sound' }, { total: 70, words: 2, focus: 'stress' });
    expect(focusOf(both)!.focus.kind).toBe('stress');
    expect(focusOf(attempt({ total: 40, words: 2, focus: 'polish' }))!.focus.kind).toBe('polish');
    expect(focusOf(attempt({ total: 40, words: 2 }))).toBeNull();
  });

  it('praises the best sentence', () => {
    expect(praiseOf(attempt({ total: 40, words: 2, praise: 'complete' }, { total: 80, words: 2, praise: 'clear_word' }))!.praise.kind).toBe('clear_word');
  });

  it('compares what is shown', () => {
    expect(gain(69.6, 74.4)).toBe(4);
    expect(gain(null, 74)).toBeNull();
  });
});
