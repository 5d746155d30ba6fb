import type { Sound } from '../audio/sound';
import { Fourier } from './fourier';

/** Levels in dB, column by column; each column has `bins` from 0 Hz up. */
export interface Spectrogram {
  columns: number;
  bins: number;
  /** Hz of one bin. */
  binWidth: number;
  levels: Float32Array;
  loudest: number;
}

const size = 512;
const highest_hz = 7000;

/** Windows of 16 ms, at most `columns` of them: formants show, harmonics do not. */
export function spectrogram(sound: Sound, columns: number): Spectrogram {
  const { samples, rate } = sound;
  const window = Math.min(size, Math.round(rate * 0.016));
  const binWidth = rate / size;
  const bins = Math.min(size / 2, Math.ceil(Math.min(highest_hz, rate / 2) / binWidth));
  const count = Math.max(1, Math.min(columns, Math.ceil(samples.length / 32)));
  const fourier = new Fourier(size);
  const shape = Float32Array.from({ length: window }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / window));
  const frame = new Float32Array(size);
  const power = new Float32Array(size / 2);
  const levels = new Float32Array(count * bins);
  let loudest = -200;
  for (let column = 0; column < count; column += 1) {
    const middle = Math.round(((column + 0.5) / count) * samples.length);
    const begin = middle - (window >> 1);
    let before = samples[begin - 1] ?? 0;
    for (let i = 0; i < window; i += 1) {
      const value = samples[begin + i] ?? 0;
      frame[i] = ((value - 0.95 * before) / 32768) * shape[i]!;
      before = value;
    }
    fourier.power(frame, power);
    for (let bin = 0; bin < bins; bin += 1) {
      const level = 10 * Math.log10(power[bin]! + 1e-10);
      levels[column * bins + bin] = level;
      if (level > loudest) loudest = level;
    }
  }
  return { columns: count, bins, binWidth, levels, loudest };
}

export type Rgb = readonly [number, number, number];

/** As a picture: `paper` 60 dB below the loudest point, `ink` there. High tones are at the top. */
export function pictureOf(spectrum: Spectrogram, paper: Rgb, ink: Rgb): ImageData {
  const { columns, bins, levels, loudest } = spectrum;
  const image = new ImageData(columns, bins);
  for (let column = 0; column < columns; column += 1) {
    for (let bin = 0; bin < bins; bin += 1) {
      const share = Math.max(0, Math.min(1, 1 + (levels[column * bins + bin]! - loudest + 4) / 52)) ** 1.3;
      const at = 4 * ((bins - 1 - bin) * columns + column);
      for (let channel = 0; channel < 3; channel += 1) {
        image.data[at + channel] = paper[channel]! + share * (ink[channel]! - paper[channel]!);
      }
      image.data[at + 3] = 255;
    }
  }
  return image;
}
