import { expect, it } from 'vitest';
import { dayOfDate, inOrder, isLate } from './assignments';

const set = (name: string, due: string | null, done = false, made_ms = 0) => ({ name, due, done, made_ms });

it('knows which day a date is', () => {
  expect(dayOfDate('1970-01-02')).toBe(1);
  expect(dayOfDate('2026-11-27')).toBe(20784);
});

it('is late from the day after, and never once it is done', () => {
  const day = dayOfDate('2026-11-27');
  expect(isLate(set('a', '2026-11-27'), day)).toBe(false);
  expect(isLate(set('a', '2026-11-27'), day + 1)).toBe(true);
  expect(isLate(set('a', '2026-11-27', true), day + 1)).toBe(false);
  expect(isLate(set('a', null), day)).toBe(false);
});

it('has what is open and due first at the top', () => {
  const all = [set('done', '2026-01-01', true), set('whenever', null), set('later', '2026-03-01'), set('soon', '2026-02-01', false, 5), set('soon, set before', '2026-02-01', false, 2)];
  expect(inOrder(all).map(({ name }) => name)).toEqual(['soon, set before', 'soon', 'later', 'whenever', 'done']);
});
