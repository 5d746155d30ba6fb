import type { Shown } from '../state/bands';
import type { Rgb } from './spectrogram';

/** Colours of the style sheet, for drawings. */
export interface Palette {
  ink: string;
  soft: string;
  line: string;
  card: string;
  sunken: string;
  accent: string;
  accentSoft: string;
  model: string;
  band: Record<Shown, string>;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: value('ink'), soft: value('ink-soft'), line: value('line'), card: value('card'), sunken: value('sunken'),
    accent: value('accent'), accentSoft: value('accent-soft'), model: value('model'),
    band: {
      clear: value('clear'), slightly_accented: value('slight'), hard_to_understand: value('hard'),
      not_as_written: value('wrong'), not_sure: value('unsure'), omitted: value('wrong'),
    },
  };
}

/** "#aabbcc" as numbers. */
export function rgbOf(colour: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '808080';
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}
