import { describe, expect, it, vi } from 'vitest';
import type { Advice, Analysis, Focus, Place } from '../api/analysis';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

const { focusText, plainText } = await import('./feedback');

const place = (kind: Place['kind'], more: Partial<Place> = {}): Place => ({ kind, next_word: null, syllable: null, heard_syllable: null, ...more });
const words = ['Not', 'at', 'banana'].map((shown) => ({ shown, phones: [], syllables: [{ stress_expected: 0, stress_heard: 1 }, { stress_expected: 1, stress_heard: 0 }] }));

function told(focus: Partial<Focus>, advice: Partial<Advice>[] = []): { message: string; hint: string } {
  const analysis = { words, feedback: { praise: null, focus: null, advice } } as unknown as Analysis;
  const { message, hint } = focusText(analysis, { word: 0, phone: null, message: '', hint: '', ...focus } as Focus);
  return { message: plainText(message), hint };
}

describe('what is told of stress, phrasing and melody', () => {
  it('names both words of a broken link, and how to link them', () => {
    const { message, hint } = told({ kind: 'unneeded_pause', place: place('link', { next_word: 1 }) });
    expect(message).toBe('You stopped between Not and at.');
    expect(hint).toContain('run into the second');
  });

  it('names one word of a pause after which came nothing of the text', () => {
    expect(told({ kind: 'unneeded_pause', place: place('pause') }).message).toBe('You stopped after Not.');
  });

  it('names the parts of a word, also of a document that has no place', () => {
    const wanted = 'In banana, part 1 was the strongest. It should be part 2.';
    expect(told({ kind: 'stress', word: 2, place: place('stress', { syllable: 1, heard_syllable: 0 }) }).message).toBe(wanted);
    expect(told({ kind: 'stress', word: 2 }).message).toBe(wanted);
  });

  it('names the word on which the voice should have moved', () => {
    expect(told({ kind: 'fall', word: 2, place: place('fall') }).message).toBe('Your voice went up on banana. It should fall there.');
    expect(told({ kind: 'rise', word: 2, place: place('rise') }).message).toContain('should go up there');
  });

  it('has the words of the coach only where they are on the same matter', () => {
    const tip = { word: 0, phone: null, text: 'In one go.', pair: null };
    const focus = { kind: 'unneeded_pause', place: place('pause', { next_word: 1 }) } as const;
    expect(told(focus, [{ ...tip, place: place('stress') }]).hint).not.toBe('In one go.');
    expect(told(focus, [{ ...tip, place: place('pause') }]).hint).toBe('In one go.');
  });
});
