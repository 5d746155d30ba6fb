import type { Assignment } from '../api/classroom';
import { dayMs } from './dates';

/** Days since 1970 of a date like "2027-01-31". */
export function dayOfDate(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

export function isLate({ due, done }: Pick<Assignment, 'due' | 'done'>, today: number): boolean {
  return due !== null && !done && dayOfDate(due) < today;
}

/** What is open before what is done; what is due first before the others, what has no day last. */
export function inOrder<T extends Pick<Assignment, 'due' | 'done' | 'made_ms'>>(assignments: readonly T[]): T[] {
  const due = (one: T): number => (one.due === null ? Infinity : dayOfDate(one.due));
  return [...assignments].sort((one, other) =>
    Number(one.done) - Number(other.done) || (due(one) === due(other) ? one.made_ms - other.made_ms : due(one) - due(other)));
}
