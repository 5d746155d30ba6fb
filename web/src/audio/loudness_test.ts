import { describe, expect, it } from 'vitest';
import { judge, measure } from './loudness';

/** A room with a voice in every other half second; amplitudes 0–1. */
function seconds(room: number, voice: number, tops = 1): Int16Array {
  let seed = 1;
  const noise = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647) * 2 - 1;
  };
  return Int16Array.from({ length: 64_000 }, (_, i) => {
    const speaking = Math.floor(i / 8000) % 2 === 1;
    const value = room * noise() + (speaking ? voice * Math.sin(i / 9) : 0);
    return Math.round(32_767 * Math.max(-tops, Math.min(tops, value)));
  });
}

describe('four seconds from a microphone', () => {
  it.each([
    ['good', 0.0005, 0.2],
    ['good_noise', 0.015, 0.2],
    ['noisy', 0.08, 0.2],
    ['quiet', 0.0001, 0.003],
    ['clipped', 0.0005, 2],
    ['no_speech', 0.01, 0],
    ['silent', 0, 0],
  ] as const)('are %s', (verdict, room, voice) => {
    expect(judge(measure(seconds(room, voice)))).toBe(verdict);
  });
});
