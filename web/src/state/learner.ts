import { computed, signal } from '@preact/signals';
import { api } from '../api/client';
import type { Learner } from '../api/records';
import { access } from './device';
import { stored } from './stored';

/** Learners that the program knows; empty where it keeps nothing. */
export const learners = signal<Learner[]>([]);
/** The program keeps takes. Unknown: null. */
export const hasStore = signal<boolean | null>(null);
/** Who practises in this browser. Without a store the id is empty, and the rest is known here alone. */
export const chosen = stored<Pick<Learner, 'id' | 'name' | 'first_language'> | null>('learner', null);
/** The first visit has been answered, be it by skipping it. */
export const welcomed = stored<boolean>('welcomed', false);

/** The id to keep takes under; empty: nothing is kept. */
export const learnerId = computed(() => chosen.value?.id ?? '');

export async function loadLearners(): Promise<void> {
  try {
    access.value = await api.access();
    learners.value = await api.learners();
    hasStore.value = true;
    if (access.value.learner !== null) {
      chosen.value = learners.value[0] ?? null;
      welcomed.value = true;
    } else if (chosen.value?.id && !learners.value.some((learner) => learner.id === chosen.value?.id)) {
      chosen.value = null;
    }
  } catch {
    hasStore.value = false;
  }
}

export async function addLearner(name: string, firstLanguage: string): Promise<void> {
  try {
    const learner = await api.addLearner({ name, first_language: firstLanguage });
    learners.value = [...learners.value, learner];
    hasStore.value = true;
    chosen.value = learner;
  } catch {
    chosen.value = { id: '', name, first_language: firstLanguage };
  }
}

export function chooseLearner(id: string): void {
  chosen.value = learners.value.find((learner) => learner.id === id) ?? null;
}

/** Erases everything of the learner in the program, then here. */
export async function eraseChosen(): Promise<void> {
  const id = learnerId.value;
  if (id) {
    await api.removeLearner(id);
    learners.value = learners.value.filter((learner) => learner.id !== id);
  }
  chosen.value = null;
}
