import { expect, it } from 'vitest';
import { Fourier } from './fourier';

it('finds a tone in its bin', () => {
  const fourier = new Fourier(64);
  const out = new Float32Array(32);
  fourier.power(Float32Array.from({ length: 64 }, (_, i) => Math.cos((2 * Math.PI * 5 * i) / 64)), out);
  expect(out.indexOf(Math.max(...out))).toBe(5);
  expect(out[5]).toBeCloseTo(32 ** 2, 1);
  expect(out[9]).toBeLessThan(1e-6);
});
