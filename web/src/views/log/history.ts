import { signal } from '@preact/signals';
import { api } from '../../api/client';
import type { Take } from '../../api/records';

const page = 200;
const mostPages = 5;

export type Spoken = Pick<Take, 'id' | 'said_ms' | 'total' | 'text'>;

/** The newest takes of a learner by their text, oldest first. */
export const histories = signal<ReadonlyMap<string, Spoken[]>>(new Map());
let round = 0;

export function byText(takes: readonly Spoken[]): Map<string, Spoken[]> {
  const texts = new Map<string, Spoken[]>();
  for (const take of [...takes].sort((one, other) => one.said_ms - other.said_ms)) {
    if (take.total === null) continue;
    const before = texts.get(take.text);
    if (before) before.push(take);
    else texts.set(take.text, [take]);
  }
  return texts;
}

/** Reads up to a thousand takes, page by page, so that a line can be drawn for each text. */
export async function loadHistories(learner: string): Promise<void> {
  const mine = (round += 1);
  const takes: Take[] = [];
  for (let i = 0; i < mostPages; i += 1) {
    const last = takes.at(-1);
    const found = await api.takes({ learner, order: 'newest', limit: page, ...(last ? { after: last.id } : {}) });
    if (mine !== round) return;
    takes.push(...found.takes);
    if (!found.more) break;
  }
  histories.value = byText(takes);
}
