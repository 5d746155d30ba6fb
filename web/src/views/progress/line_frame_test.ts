import { expect, it } from 'vitest';
import { cut, dayOfLabel, frameOf, saysOf, soundOf } from './line_frame';

const point = (x: number, y: number) => ({ x, y, count: 1, label: null });
const fitted = (x: number, y: number, around: number) => ({ x, y, low: y - around, high: y + around });

it('holds what was measured and what is expected, on the scale of scores', () => {
  const frame = frameOf({ points: [point(1, 52), point(9, 71)], curve: [fitted(1, 54, 4), fitted(20, 98, 60)], now: 10 });
  expect([frame.low, frame.high, frame.last]).toEqual([40, 100, 20]);
  expect(frame.x(20)).toBeGreaterThan(frame.x(10));
  expect(frame.y(100)).toBeLessThan(frame.y(40));
});

it('draws past and future as one line', () => {
  const curve = [fitted(0, 1, 0), fitted(10, 2, 0), fitted(20, 3, 0)];
  const { past, later } = cut(curve, 10);
  expect(past.map((one) => one.x)).toEqual([0, 10]);
  expect(later.map((one) => one.x)).toEqual([10, 20]);
  expect(cut([], 10)).toEqual({ past: [], later: [] });
});

it('knows sounds and days by their names', () => {
  expect(soundOf('TH /θ/')).toBe('TH');
  expect(dayOfLabel('1970-01-11')).toBe(10);
  expect(dayOfLabel('2026-10-19 12:30')).toBe(20_745);
  expect(dayOfLabel(null)).toBeNull();
});

it('says no more than the figures do', () => {
  const fit = { spread: 5, now: { value: 70, low: 60, high: 80 } };
  const plateau = { points: 10, from_x: 3, mean: 70, expected_gain: 0 };
  expect(saysOf({ fit, no_fit: null, plateau: null })).toBe('learning');
  expect(saysOf({ fit, no_fit: null, plateau })).toBe('plateau');
  expect(saysOf({ fit: null, no_fit: 'no_change', plateau })).toBe('no_change');
  expect(saysOf({ fit: null, no_fit: 'too_few', plateau: null })).toBe('too_few');
});
