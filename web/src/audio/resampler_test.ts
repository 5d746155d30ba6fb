import { describe, expect, it } from 'vitest';
import { Resampler } from './resampler';

function tone(hz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
}

function inBlocks(resampler: Resampler, samples: Float32Array, size: number): Float32Array {
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += size) out.push(...resampler.push(samples.subarray(at, at + size)));
  return Float32Array.from(out);
}

function level(samples: Float32Array): number {
  const middle = samples.subarray(200, samples.length - 200);
  return 10 * Math.log10(middle.reduce((sum, value) => sum + value * value, 0) / middle.length + 1e-12);
}

describe.each([48_000, 44_100, 96_000, 16_000, 8_000])('from %i Hz', (rate) => {
  it('keeps the length in seconds and the level of speech', () => {
    const out = inBlocks(new Resampler(rate, 16_000), tone(1000, rate, 1), 128);
    expect(Math.abs(out.length - 16_000)).toBeLessThan(60);
    expect(level(out)).toBeCloseTo(-3.01, 1);
  });

  it('gives the same however the samples are cut', () => {
    const samples = tone(700, rate, 0.3);
    const whole = inBlocks(new Resampler(rate, 16_000), samples, samples.length);
    const pieces = inBlocks(new Resampler(rate, 16_000), samples, 37);
    const count = Math.min(whole.length, pieces.length);
    expect(count).toBeGreaterThan(4000);
    for (let i = 0; i < count; i += 1) expect(pieces[i]).toBeCloseTo(whole[i]!, 5);
  });
});

it('removes what 16 kHz cannot hold', () => {
  expect(level(inBlocks(new Resampler(48_000, 16_000), tone(11_000, 48_000, 0.5), 128))).toBeLessThan(-55);
});
