import { signal } from '@preact/signals';
import type { Selection } from '../../draw/tracks';

/** Which sentence of the attempt is looked at closely, and what in it. */
export const closeUp = signal<{ sentence: number; selection: Selection | null }>({ sentence: 0, selection: null });

export function select(selection: Selection | null): void {
  closeUp.value = { ...closeUp.value, selection };
}

/** Opens a word and brings it into view. */
export function selectWord(sentence: number, word: number): void {
  closeUp.value = { sentence, selection: { word, phone: null } };
  requestAnimationFrame(() => {
    const panel = document.getElementById('sound-panel');
    panel?.scrollIntoView({ block: 'nearest' });
    panel?.focus({ preventScroll: true });
  });
}
