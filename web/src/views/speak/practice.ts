import { batch, computed, signal } from '@preact/signals';
import type { Word } from '../../api/analysis';
import type { Attempt, SentenceResult } from './attempt';
import { startOf, type Course, type Item } from './item';
import { abandonReading, shine, startReading, trouble } from './live';

export const mostTries = 3;

/** One word to be said again on its own, and how it was before. */
export interface Drill {
  /** Spelling to be said. */
  text: string;
  before: Word;
  /** Which of its sounds it is about; null: the word. */
  phone: number | null;
  from: SentenceResult;
}

export const course = signal<Course | null>(null);
export const position = signal(0);
export const item = computed<Item | null>(() => course.value?.items[position.value] ?? null);
export const attempts = signal<Attempt[]>([]);
export const drill = signal<Drill | null>(null);
export const drillAttempts = signal<Attempt[]>([]);
/** The attempt that is being shown; null: none yet, or a new one is being made. */
export const shown = signal<Attempt | null>(null);

function startAfresh(): void {
  abandonReading();
  shine.clear();
  attempts.value = [];
  drill.value = null;
  drillAttempts.value = [];
  shown.value = null;
  trouble.value = null;
}

export function openCourse(next: Course, at = 0): void {
  batch(() => {
    startAfresh();
    course.value = next;
    position.value = Math.max(0, Math.min(at, next.items.length - 1));
  });
}

export function openItem(at: number): void {
  const now = course.value;
  if (now && at >= 0 && at < now.items.length) {
    batch(() => {
      startAfresh();
      position.value = at;
    });
  }
}

/** Adds the attempt, or replaces it where it was told before. */
function put(list: typeof attempts, attempt: Attempt): void {
  const others = list.value.filter((one) => one.number !== attempt.number);
  list.value = [...others, attempt];
}

/** Reads the whole item. */
export function readItem(): Promise<void> {
  const now = item.value;
  if (!now) return Promise.resolve();
  const number = (attempts.value.at(-1)?.number ?? 0) + 1;
  batch(() => {
    shown.value = null;
    drill.value = null;
    drillAttempts.value = [];
  });
  return startReading(startOf(now), {
    results(sentences, done) {
      if (!done) return;
      const attempt = { number, sentences, words: shine.words.value };
      batch(() => {
        put(attempts, attempt);
        shown.value = attempt;
      });
    },
  });
}

export function openDrill(next: Drill): void {
  batch(() => {
    abandonReading();
    shine.clear();
    drill.value = next;
    drillAttempts.value = [];
  });
}

export function closeDrill(): void {
  batch(() => {
    abandonReading();
    drill.value = null;
    drillAttempts.value = [];
  });
}

/** Reads the one word. */
export function readDrill(): Promise<void> {
  const now = drill.value;
  if (!now) return Promise.resolve();
  const number = (drillAttempts.value.at(-1)?.number ?? 0) + 1;
  return startReading({ text: now.text }, {
    results(sentences, done) {
      if (done) put(drillAttempts, { number, sentences, words: shine.words.value });
    },
  });
}
