import { expect, it } from 'vitest';
import { bandPath, linePath, scale, ticks } from './scale';

it('maps figures to places', () => {
  const x = scale([0, 100], [10, 210]);
  expect(x(0)).toBe(10);
  expect(x(50)).toBe(110);
  expect(scale([5, 5], [0, 10])(5)).toBe(0);
});

it('marks round figures', () => {
  expect(ticks(40, 100, 4)).toEqual([40, 60, 80, 100]);
  expect(ticks(0, 137, 6)).toEqual([0, 50, 100]);
  expect(ticks(0, 7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('draws lines and what lies between two of them', () => {
  expect(linePath([[0, 1], [2, 3]])).toBe('M0.0 1.0L2.0 3.0');
  expect(bandPath([[0, 0], [1, 0]], [[0, 2], [1, 2]])).toBe('M0.0 0.0L1.0 0.0L1.0 2.0L0.0 2.0Z');
  expect(bandPath([], [])).toBe('');
});
