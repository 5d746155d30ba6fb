import { signal } from '@preact/signals';
import { wavOf, type Sound } from './sound';

export interface PlayOptions {
  /** 1: as it was said. The pitch stays. */
  speed?: number;
  loop?: boolean;
}

/** Names what is being played, for the button that started it; empty: nothing. */
export const playing = signal('');

let element: HTMLAudioElement | null = null;
let address = '';
let settle: (() => void) | null = null;

export function stopPlaying(): void {
  element?.pause();
  element = null;
  if (address) URL.revokeObjectURL(address);
  address = '';
  playing.value = '';
  settle?.();
  settle = null;
}

/** Where playing is, in seconds of the sound; null: nothing is played. */
export function playPosition(): number | null {
  return element ? element.currentTime : null;
}

/** Plays it, in place of what is being played. Done when it has ended or was stopped. */
export function play(name: string, sound: Sound, options: PlayOptions = {}): Promise<void> {
  stopPlaying();
  const audio = new Audio();
  address = URL.createObjectURL(wavOf(sound));
  audio.src = address;
  audio.loop = options.loop ?? false;
  audio.preservesPitch = true;
  audio.defaultPlaybackRate = options.speed ?? 1;
  audio.playbackRate = options.speed ?? 1;
  element = audio;
  playing.value = name;
  return new Promise((resolve) => {
    settle = resolve;
    const end = (): void => {
      if (element === audio) stopPlaying();
      else resolve();
    };
    audio.onended = end;
    audio.onerror = end;
    audio.play().catch(end);
  });
}
