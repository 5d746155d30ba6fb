import { describe, expect, it } from 'vitest';
import type { Analysis, Word } from '../api/analysis';
import { warp, warped, warpedPitch } from './warp';

type Said = [script: number | null, sounds: [string, number, number][]];

function analysis(said: Said[], pitch: (number | null)[] = []): Analysis {
  const words = said.map(([script, sounds]) => ({
    script_word: script,
    error: 'none',
    start_s: sounds[0]![1],
    end_s: sounds.at(-1)![2],
    phones: sounds.map(([arpabet, start_s, end_s]) => ({ arpabet, start_s, end_s })),
  })) as unknown as Word[];
  return {
    words,
    prosody: { curve: { step_s: 0.1, pitch_hz: pitch, pitch_semitones: pitch, level_db: [] } },
  } as unknown as Analysis;
}

const model = analysis([[0, [['S', 0, 0.2], ['OW1', 0.2, 0.4]]], [1, [['N', 0.5, 0.6], ['OW1', 0.6, 1]]]], [1, 2, null, 3, 4, 5, 6, 7, 8, 9]);

describe('laying a model over a take', () => {
  it('goes sound by sound where both say the same, whatever the stress', () => {
    const own = analysis([[0, [['S', 1, 1.4], ['OW2', 1.4, 1.6]]]]);
    const stretches = warp(model, own);
    expect(warped(stretches, 0.1)).toBeCloseTo(1.2);
    expect(warped(stretches, 0.3)).toBeCloseTo(1.5);
  });

  it('goes by the word where the sounds differ', () => {
    const own = analysis([[0, [['S', 1, 1.1], ['AH0', 1.1, 1.2], ['L', 1.2, 2]]]]);
    expect(warped(warp(model, own), 0.2)).toBeCloseTo(1.5);
  });

  it('has nothing for pauses, words left out and words said besides', () => {
    const own = analysis([[null, [['AH0', 0, 1]]], [1, [['N', 2, 2.1], ['OW1', 2.1, 2.5]]]]);
    const stretches = warp(model, own);
    expect(warped(stretches, 0.1)).toBeNull();
    expect(warped(stretches, 0.45)).toBeNull();
    expect(warped(stretches, 0.6)).toBeCloseTo(2.1);
  });

  it('moves the pitch, and leaves gaps where there is no voice', () => {
    const own = analysis([[1, [['N', 2, 2.2], ['OW1', 2.2, 3]]]]);
    const curve = warpedPitch(model, own);
    expect(curve).toHaveLength(10);
    expect(curve.slice(0, 5)).toEqual([null, null, null, null, null]);
    expect(curve[5]).toEqual({ time: expect.closeTo(2.1) as number, semitones: 5 });
    expect(curve.filter((point) => point !== null).every((point, i, all) => i === 0 || point.time > all[i - 1]!.time)).toBe(true);
  });
});
