import { batch, computed, signal } from '@preact/signals';
import type { Practised } from '../../api/tutor';
import { strictness } from '../../state/settings';
import { readable } from '../../state/notation';
import type { Attempt } from '../speak/attempt';
import { startOf, type Item } from '../speak/item';
import { abandonReading, shine, startReading } from '../speak/live';
import { outcomeOf, spots, type Outcome } from './outcome';

export interface Round extends Practised {
  /** Whose, and which sound was asked for: a round goes on only for the same. */
  key: string;
  chosen: boolean;
}

export const round = signal<Round | null>(null);
/** −1: not begun; as many as there are items: done. */
export const at = signal(-1);
/** Tries at each item. */
export const tries = signal<readonly (readonly Attempt[])[]>([]);

export const items = computed(() => round.value?.drill.items ?? []);
export const now = computed(() => items.value[at.value] ?? null);
export const shownTry = signal<Attempt | null>(null);

/** What came of each item's tries, at the strictness of now. */
export const outcomes = computed<Outcome[][]>(() => {
  const drill = round.value?.drill;
  if (!drill) return [];
  return drill.items.map((item, i) =>
    (tries.value[i] ?? []).map((attempt) => outcomeOf(attempt, spots(attempt, drill, item), strictness.value)));
});

export function openRound(next: Round): void {
  batch(() => {
    round.value = next;
    at.value = -1;
    tries.value = next.drill.items.map(() => []);
    shownTry.value = null;
  });
}

export function goTo(index: number): void {
  abandonReading();
  shine.clear();
  batch(() => {
    at.value = Math.max(-1, Math.min(index, items.value.length));
    shownTry.value = null;
  });
}

/** As the parts of the view in which one speaks want it. */
export const item = computed<Item | null>(() => {
  const one = now.value;
  return one && { text: readable(one.text), note: '', lesson: one.lesson ?? '', item: one.item ?? '', recorded: false };
});

export function readNow(): Promise<void> {
  const wanted = item.value;
  const index = at.value;
  if (!wanted) return Promise.resolve();
  const number = (tries.value[index]?.length ?? 0) + 1;
  shownTry.value = null;
  return startReading(startOf(wanted), {
    results(sentences, done) {
      if (!done) return;
      const attempt: Attempt = { number, sentences, words: shine.words.value };
      batch(() => {
        tries.value = tries.value.map((list, i) => (i === index ? [...list.filter((one) => one.number !== number), attempt] : list));
        shownTry.value = attempt;
      });
    },
  });
}
