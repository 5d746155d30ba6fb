import type { TakeSearch } from '../../api/records';
import { dayMs, startOfDate } from '../../state/dates';

export type Order = NonNullable<TakeSearch['order']>;
export const orders: readonly Order[] = ['newest', 'oldest', 'worst', 'best'];

/** What the log is asked for, as its form and its address hold it. Dates are "2026-11-27" or empty. */
export interface LogSearch {
  /** Empty: everybody on this device. */
  learner: string;
  search: string;
  lesson: string;
  starred: boolean;
  /** Only scores below it; empty: all. */
  below: string;
  from: string;
  to: string;
  order: Order;
}

export function searchOf(query: URLSearchParams, learner: string): LogSearch {
  const order = query.get('order') as Order;
  return {
    learner: query.get('learner') ?? learner,
    search: query.get('search') ?? '',
    lesson: query.get('lesson') ?? '',
    starred: query.get('starred') === '1',
    below: /^\d{1,3}$/.test(query.get('below') ?? '') ? query.get('below')! : '',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    order: orders.includes(order) ? order : 'newest',
  };
}

/** The address of the log so asked; what is as it is without being asked is left out. */
export function addressOf(search: LogSearch, learner: string): string {
  const values = new URLSearchParams();
  if (search.learner !== learner) values.set('learner', search.learner);
  for (const name of ['search', 'lesson', 'below', 'from', 'to'] as const) if (search[name]) values.set(name, search[name]);
  if (search.starred) values.set('starred', '1');
  if (search.order !== 'newest') values.set('order', search.order);
  const text = values.toString();
  return `#/log${text ? `?${text}` : ''}`;
}

/** For the program; the last day counts to its end. */
export function queryOf(search: LogSearch): TakeSearch {
  const from = startOfDate(search.from);
  const to = startOfDate(search.to);
  return {
    learner: search.learner,
    search: search.search.trimStart(),
    lesson: search.lesson,
    starred: search.starred,
    order: search.order,
    ...(search.below === '' ? {} : { below: Number(search.below) }),
    ...(from === undefined ? {} : { from_ms: from }),
    ...(to === undefined ? {} : { to_ms: to + dayMs }),
  };
}

/** How many filters besides the learner, the words and the order are set. */
export function filtersSet(search: LogSearch): number {
  return [search.lesson, search.starred, search.below, search.from, search.to].filter(Boolean).length;
}
