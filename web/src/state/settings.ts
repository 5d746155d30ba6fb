import { computed, effect, signal } from '@preact/signals';
import { stored } from './stored';

export type Theme = 'auto' | 'light' | 'dark';
export type Motion = 'auto' | 'reduced';
export type Strictness = 'child' | 'learner' | 'near_native';

export const theme = stored<Theme>('theme', 'auto');
export const motion = stored<Motion>('motion', 'auto');
export const strictness = stored<Strictness>('strictness', 'learner');
/** Single letters press buttons. */
export const keysOn = stored<boolean>('keys', true);
/** deviceId of the chosen microphone; empty: the browser's own choice. */
export const microphone = stored<string>('microphone', '');

const prefersDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
const darkBySystem = signal(prefersDark?.matches ?? false);
prefersDark?.addEventListener('change', (event) => {
  darkBySystem.value = event.matches;
});

/** Another value whenever colours have changed, for drawings that read them from the style sheet. */
export const colours = computed(() => `${theme.value} ${darkBySystem.value}`);

export function applySettings(): void {
  effect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme.value;
    root.dataset.motion = motion.value;
  });
}

export function motionReduced(): boolean {
  return motion.value === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}
