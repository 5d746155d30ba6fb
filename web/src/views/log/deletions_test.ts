import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../api/client';
import { deleteNow, deleteSoon, deletionFailure, graceMs, leaving, takeBack } from './deletions';

const remove = vi.spyOn(api, 'removeTakes');

beforeEach(() => {
  vi.useFakeTimers();
  remove.mockReset().mockResolvedValue(undefined);
});
afterEach(() => {
  takeBack();
  vi.useRealTimers();
});

it('deletes once the time to take it back is over', async () => {
  deleteSoon(['a', 'b']);
  expect([...leaving.value]).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(graceMs - 1);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(remove.mock.calls).toEqual([[['a', 'b']]]);
  expect(leaving.value.size).toBe(0);
});

it('deletes nothing that was taken back', async () => {
  deleteSoon(['a']);
  takeBack();
  await vi.advanceTimersByTimeAsync(2 * graceMs);
  expect(remove).not.toHaveBeenCalled();
});

it('shows what could not be deleted again, and says why', async () => {
  remove.mockRejectedValue(new Error('full'));
  deleteSoon(['a']);
  await deleteNow();
  expect(leaving.value.size).toBe(0);
  expect(deletionFailure.value?.message).toBe('full');
});
