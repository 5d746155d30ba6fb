import { expect, it, vi } from 'vitest';
import type { Take, TakeSearch } from '../../api/records';
import { TakesList } from './takes_list';

const take = (id: number): Take => ({ id: String(id) }) as Take;

it('goes on after the last take, and shows none twice', async () => {
  const find = vi.fn(async ({ after }: TakeSearch) =>
    after ? { takes: [take(2), take(3)], more: false } : { takes: [take(1), take(2)], more: true });
  const list = new TakesList(find);
  await list.search({ learner: 'ana', order: 'worst' });
  expect(list.more.value).toBe(true);
  await list.loadMore();
  expect(list.takes.value.map((one) => one.id)).toEqual(['1', '2', '3']);
  expect(find).toHaveBeenLastCalledWith({ learner: 'ana', order: 'worst', limit: 50, after: '2' });
  expect(list.more.value).toBe(false);
});

it('shows the answer to the last question, whichever comes first', async () => {
  const answers: ((takes: Take[]) => void)[] = [];
  const list = new TakesList(() => new Promise((resolve) => { answers.push((takes) => resolve({ takes, more: false })); }));
  const first = list.search({ learner: 'ana', search: 't' });
  const second = list.search({ learner: 'ana', search: 'th' });
  answers[1]!([take(2)]);
  await second;
  answers[0]!([take(1)]);
  await first;
  expect(list.takes.value.map((one) => one.id)).toEqual(['2']);
  expect(list.busy.value).toBe(false);
});

it('keeps what it has when a question fails', async () => {
  let fail = false;
  const list = new TakesList(async () => {
    if (fail) throw new Error('away');
    return { takes: [take(1)], more: false };
  });
  await list.search({ learner: '' });
  fail = true;
  await list.search({ learner: '', search: 'x' });
  expect(list.takes.value).toHaveLength(1);
  expect(list.failure.value?.message).toBe('away');
});

it('puts a changed take in its place', async () => {
  const list = new TakesList(async () => ({ takes: [take(1), take(2)], more: false }));
  await list.search({ learner: '' });
  list.replace({ ...take(2), starred: true });
  expect(list.takes.value[1]!.starred).toBe(true);
});
