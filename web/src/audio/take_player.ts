import { effect } from '@preact/signals';
import { playing, stopPlaying } from './player';

let element: HTMLAudioElement | null = null;
let name = '';
let settle: (() => void) | null = null;

export function takeName(id: string): string {
  return `take ${id}`;
}

function silence(): void {
  element?.pause();
  element = null;
  settle?.();
  settle = null;
}

export function stopTake(): void {
  if (element && playing.value === name) playing.value = '';
  silence();
}

/** Plays what is kept of a take, all of it or a part, in seconds. Done when it has ended or was stopped. */
export function playTake(id: string, part?: { from: number; to: number }): Promise<void> {
  stopPlaying();
  silence();
  const audio = new Audio(`/api/v1/takes/${encodeURIComponent(id)}/audio`);
  element = audio;
  name = takeName(id);
  playing.value = name;
  return new Promise((resolve) => {
    settle = resolve;
    const end = (): void => {
      if (element === audio) stopTake();
      else resolve();
    };
    audio.onended = end;
    audio.onerror = end;
    if (part) {
      audio.currentTime = part.from;
      const watch = (): void => {
        if (element !== audio) return;
        if (audio.currentTime >= part.to) end();
        else requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    }
    audio.play().catch(end);
  });
}

/** What else is played takes its place. */
effect(() => {
  const now = playing.value;
  if (element && now !== name) silence();
});
