import { signal } from '@preact/signals';

/** What a screen reader is told next; polite waits, urgent does not. */
export const polite = signal('');
export const urgent = signal('');

/** Says it even when it is what was said last: a trailing space makes it new. */
export function announce(text: string, how: 'polite' | 'urgent' = 'polite'): void {
  const region = how === 'polite' ? polite : urgent;
  region.value = region.value === text ? `${text}\u00a0` : text;
}
