import { expect, it } from 'vitest';
import type { Word } from '../api/analysis';
import { atTime, moved } from './navigate';

const words = [
  { start_s: 0, end_s: 1, phones: [{ start_s: 0, end_s: 0.5 }, { start_s: 0.5, end_s: 1 }] },
  { start_s: 1, end_s: 1, phones: [] },
  { start_s: 1.2, end_s: 2, phones: [{ start_s: 1.2, end_s: 2 }] },
] as unknown as Word[];

it('goes by arrow keys over what was said', () => {
  expect(moved(words, null, 'ArrowRight')).toEqual({ word: 0, phone: null });
  expect(moved(words, { word: 0, phone: null }, 'ArrowRight')).toEqual({ word: 2, phone: null });
  expect(moved(words, { word: 0, phone: null }, 'ArrowDown')).toEqual({ word: 0, phone: 0 });
  expect(moved(words, { word: 0, phone: 1 }, 'ArrowRight')).toEqual({ word: 2, phone: 0 });
  expect(moved(words, { word: 2, phone: 0 }, 'ArrowLeft')).toEqual({ word: 0, phone: 1 });
  expect(moved(words, { word: 2, phone: 0 }, 'ArrowUp')).toEqual({ word: 2, phone: null });
  expect(moved(words, { word: 2, phone: null }, 'ArrowRight')).toBeNull();
});

it('finds what lies at a moment', () => {
  expect(atTime(words, 0.7, true)).toEqual({ word: 0, phone: 1 });
  expect(atTime(words, 0.7, false)).toEqual({ word: 0, phone: null });
  expect(atTime(words, 1.1, true)).toBeNull();
});
