import { expect, it } from 'vitest';
import type { LearningCurve, Progress } from '../../api/records';
import { isHard } from './confusions';
import { expected, pointsOf, takesLater } from './curve_points';
import { calendar, lately } from './days';
import { comesNext, whyOf } from './why';

const today = 20_784;
const day = (ago: number, takes: number, value: number | null): Progress['days'][number] => ({
  day: today - ago, takes, duration_ms: takes * 20_000, total: value === null ? null : { count: takes, value, error: 2 },
});
const days = [day(40, 10, 50), day(20, 4, null), day(3, 6, 70), day(0, 8, 72)];
const curve: LearningCurve = {
  top: 90, gap: 40, rate: 0.5, spread: 8, takes: 24, now: { score: 82, error: 1 }, later: { score: 83, error: 2 }, days: 28,
};

it('puts a day at the takes before its middle, without days that have no score', () => {
  expect(pointsOf(days).map((point) => [point.takes, point.weight])).toEqual([[5, 10], [13, 6], [20, 8]]);
});

it('expects what the power law says', () => {
  expect(expected(curve, 0)).toBe(50);
  expect(expected(curve, 3)).toBe(70);
});

it('goes on at the pace of the last days', () => {
  expect(takesLater(curve, days, today)).toBe(24 + 14);
  expect(takesLater(curve, days.slice(0, 1), today)).toBe(24);
});

it('shows twelve weeks that end today, Monday first', () => {
  const weeks = calendar(days, today);
  expect(weeks).toHaveLength(12);
  expect(weeks.at(-1)!.at(-1)!.day).toBe(today);
  expect(new Date(weeks[0]![0]!.day * 86_400_000).getUTCDay()).toBe(1);
  expect(weeks.flat().filter((cell) => cell.step > 0)).toHaveLength(4);
});

it('sums up the last 28 days', () => {
  expect(lately(days, today)).toEqual({ days: 3, takes: 18, duration_ms: 360_000 });
});

it('calls a word hard only after it was said more than once', () => {
  const word = { word: 'think', count: 2, mean: 60, wrong: 0 };
  expect(isHard(word)).toBe(true);
  expect(isHard({ ...word, count: 1 })).toBe(false);
  expect(isHard({ ...word, mean: 90 })).toBe(false);
});

it('practises what is due or hard before what was heard once only', () => {
  const one = (what: string, other: object) => ({
    kind: 'sound' as const, what, due_day: today, due: false, retrievability: 0.95, stability_days: 4, difficulty: 5, last_day: today - 1, last_mean: 90,
    reviews: 5, lapses: 0, ...other,
  });
  const practice = [one('A', { reviews: 1 }), one('B', { due: true }), one('C', {}), one('D', { last_mean: 40 })];
  expect(practice.map(whyOf)).toEqual(['new', 'due', null, 'weak']);
  expect(comesNext(practice, 2).map(({ one: next }) => next.what)).toEqual(['B', 'D']);
  expect(comesNext(practice, 9).map(({ one: next }) => next.what)).toEqual(['B', 'D', 'A']);
});
