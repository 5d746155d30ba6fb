import { effect, signal } from '@preact/signals';
import { api } from '../api/client';
import type { InboxComment } from '../api/classroom';
import { pairingNeeded } from './device';
import { learnerId } from './learner';
import { viewName } from './router';

/** What people have said to the learner of this browser and was not seen yet, newest first. */
export const inbox = signal<readonly InboxComment[]>([]);

export async function loadInbox(): Promise<void> {
  const learner = learnerId.peek();
  const found = learner ? await api.comments(learner, true).catch(() => []) : [];
  if (learner === learnerId.peek()) inbox.value = found;
}

/** Looks again whenever another learner or another view is chosen. */
export function startInbox(): void {
  effect(() => {
    if (pairingNeeded.value || !learnerId.value || !viewName.value) inbox.value = [];
    else void loadInbox();
  });
}

/** Comments that stand before the learner's eyes. */
export async function haveSeen(ids: readonly string[]): Promise<void> {
  const seen = new Set(ids);
  inbox.value = inbox.value.filter((comment) => !seen.has(comment.id));
  // What fails stays unseen, and is shown again.
  await Promise.all(ids.map((id) => api.seen(id).catch(() => null)));
}
