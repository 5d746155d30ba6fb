import { expect, it } from 'vitest';
import { heat, interval, mastered, trend } from './mastery';

const mean = (value: number, error: number, count = 20) => ({ value, error, count });

it('draws 95 % of what a mean may really be, inside the scale', () => {
  expect(interval(mean(50, 5))).toEqual([50 - 9.8, 50 + 9.8]);
  expect(interval(mean(99, 5))).toEqual([99 - 9.8, 100]);
  expect(interval(mean(2, 5))[0]).toBe(0);
});

it('claims a trend only where chance does not explain it', () => {
  expect(trend(mean(50, 3), mean(60, 3))).toBe('better');
  expect(trend(mean(50, 4), mean(60, 4))).toBe('unclear');
  expect(trend(mean(70, 2), mean(60, 2))).toBe('lower');
  expect(trend(null, mean(60, 2))).toBe('unclear');
});

it('calls a sound mastered when its whole interval is, and it was heard often enough', () => {
  expect(mastered(mean(95, 1))).toBe(true);
  expect(mastered(mean(86, 2))).toBe(false);
  expect(mastered(mean(99, 0, 3))).toBe(false);
});

it('has six steps of colour', () => {
  expect([100, 90, 89, 75, 55, 41, 10].map(heat)).toEqual([0, 0, 1, 2, 4, 5, 5]);
});
