import { signal } from '@preact/signals';
import { api } from '../../api/client';
import { send } from '../../api/request';

/** How long a deletion can be taken back, in ms. */
export const graceMs = 10_000;

/** Takes that nobody sees any more and that are deleted once the time to take it back is over. */
export const leaving = signal<ReadonlySet<string>>(new Set());
export const deletionFailure = signal<Error | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Ends the time to take it back. */
export async function deleteNow(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const ids = leaving.value;
  if (ids.size === 0) return;
  try {
    await api.removeTakes([...ids]);
    deletionFailure.value = null;
  } catch (failure) {
    deletionFailure.value = failure as Error;
  }
  if (leaving.value === ids) leaving.value = new Set();
}

export function deleteSoon(ids: Iterable<string>): void {
  clearTimeout(timer);
  leaving.value = new Set([...leaving.value, ...ids]);
  timer = setTimeout(() => void deleteNow(), graceMs);
}

export function takeBack(): void {
  clearTimeout(timer);
  timer = undefined;
  leaving.value = new Set();
}

/** A page that is closed cannot wait: the request outlives it. */
if (typeof addEventListener === 'function') {
  addEventListener('pagehide', () => {
    clearTimeout(timer);
    if (leaving.value.size > 0) void fetch('/api/v1/takes/delete', { ...send('POST', { takes: [...leaving.value] }), keepalive: true });
  });
}
