import { expect, it } from 'vitest';
import type { Progress } from '../../api/records';
import { isHard } from './confusions';
import { calendar, lately } from './days';
import { comesNext, whyOf } from './why';

const today = 20_784;
const day = (ago: number, takes: number, value: number | null): Progress['days'][number] => ({
  day: today - ago, takes, duration_ms: takes * 20_000, total: value === null ? null : { count: takes, value, error: 2 },
});
const days = [day(40, 10, 50), day(20, 4, null), day(3, 6, 70), day(0, 8, 72)];

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
