/** The parts of the picture of a voice, one below the other on one time axis. */
import type { Word } from '../api/analysis';
import type { Sound } from '../audio/sound';
import { shownBand, shownWord } from '../state/bands';
import type { Strictness } from '../state/settings';
import type { Palette } from './palette';
import { underline } from './underline';
import type { PitchPoint } from './warp';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Axis {
  /** Seconds that the width stands for. */
  duration: number;
  width: number;
}
export interface Selection {
  word: number;
  phone: number | null;
}

export function xOf(axis: Axis, time: number): number {
  return (time / axis.duration) * axis.width;
}

export function drawWaveform(context: CanvasRenderingContext2D, box: Box, sound: Sound, palette: Palette): void {
  const { samples } = sound;
  let peak = 2000;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const middle = box.y + box.height / 2;
  const half = box.height / 2 - 2;
  context.fillStyle = palette.accent;
  for (let x = 0; x < box.width; x += 1) {
    const begin = Math.floor((x / box.width) * samples.length);
    const end = Math.max(begin + 1, Math.floor(((x + 1) / box.width) * samples.length));
    let low = 0;
    let high = 0;
    for (let i = begin; i < end; i += 1) {
      const value = samples[i] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const top = middle - (high / peak) * half;
    const bottom = middle - (low / peak) * half;
    context.fillRect(box.x + x, top, 1, Math.max(1, bottom - top));
  }
}

/** Semitones between which both curves lie, at least an octave. */
export function pitchRange(curves: readonly PitchPoint[][]): [low: number, high: number] {
  const values = curves.flat().filter((point) => point !== null).map((point) => point.semitones).sort((a, b) => a - b);
  const low = values[Math.floor(values.length * 0.02)] ?? -6;
  const high = values[Math.ceil(values.length * 0.98) - 1] ?? 6;
  const spare = Math.max(1.5, (12 - (high - low)) / 2);
  return [low - spare, high + spare];
}

export function drawPitch(
  context: CanvasRenderingContext2D, box: Box, axis: Axis, curve: readonly PitchPoint[], range: [number, number],
  colour: string, dashed: boolean,
): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = dashed ? 2 : 3;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (dashed) context.setLineDash([2, 5]);
  context.beginPath();
  let before: PitchPoint = null;
  for (const point of curve) {
    if (point) {
      const x = xOf(axis, point.time);
      const y = box.y + box.height * (1 - (point.semitones - range[0]) / (range[1] - range[0]));
      if (before && point.time - before.time < 0.12) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    before = point;
  }
  context.stroke();
  context.restore();
}

interface Lane {
  box: Box;
  axis: Axis;
  palette: Palette;
  strictness: Strictness;
  selection: Selection | null;
}

function cell(context: CanvasRenderingContext2D, box: Box, text: string, chosen: boolean, palette: Palette): void {
  context.fillStyle = chosen ? palette.accentSoft : palette.card;
  context.fillRect(box.x + 0.5, box.y, box.width - 1, box.height);
  context.strokeStyle = chosen ? palette.accent : palette.line;
  context.lineWidth = chosen ? 2 : 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  const width = context.measureText(text).width;
  if (width > box.width + 4) return;
  context.fillStyle = palette.ink;
  context.fillText(text, box.x + (box.width - width) / 2, box.y + box.height / 2 - 2);
}

export function drawWords(context: CanvasRenderingContext2D, words: readonly Word[], lane: Lane): void {
  const { box, axis, palette, strictness, selection } = lane;
  context.font = '500 15px system-ui, sans-serif';
  context.textBaseline = 'middle';
  words.forEach((word, i) => {
    if (word.end_s <= word.start_s) return;
    const x = xOf(axis, word.start_s);
    const width = xOf(axis, word.end_s) - x;
    const shown = shownWord(word, strictness);
    cell(context, { x, y: box.y, width, height: box.height }, word.shown, selection?.word === i && selection.phone === null, palette);
    context.strokeStyle = palette.band[shown];
    underline(context, shown, x + 4, box.y + box.height - 6, Math.max(2, width - 8));
  });
}

export function drawPhones(context: CanvasRenderingContext2D, words: readonly Word[], lane: Lane): void {
  const { box, axis, palette, strictness, selection } = lane;
  context.font = '15px "Noto Sans", "DejaVu Sans", system-ui, sans-serif';
  context.textBaseline = 'middle';
  words.forEach((word, w) => {
    word.phones.forEach((phone, p) => {
      if (phone.end_s <= phone.start_s) return;
      const x = xOf(axis, phone.start_s);
      const width = xOf(axis, phone.end_s) - x;
      const shown = shownBand(phone.band, strictness);
      cell(context, { x, y: box.y, width, height: box.height }, phone.ipa, selection?.word === w && selection.phone === p, palette);
      context.strokeStyle = palette.band[shown];
      underline(context, shown, x + 2, box.y + box.height - 6, Math.max(2, width - 4));
    });
  });
}
