import type { Band, Word } from '../api/analysis';
import type { Key } from '../i18n';
import type { Strictness } from './settings';

/** How a word or sound is shown: its band, or that it was left out. */
export type Shown = Band | 'omitted';

const marked: Record<Strictness, readonly Band[]> = {
  child: ['not_as_written'],
  learner: ['not_as_written', 'hard_to_understand'],
  near_native: ['not_as_written', 'hard_to_understand', 'slightly_accented'],
};

/** Whether a learner who wants it so strict is told to work on what lies in this band. */
export function needsWork(band: Band, strictness: Strictness): boolean {
  return marked[strictness].includes(band);
}

/** The band to show: what needs no work counts as clear. "Not sure" stays so, whatever is wanted. */
export function shownBand(band: Band, strictness: Strictness): Band {
  return band === 'not_sure' || needsWork(band, strictness) ? band : 'clear';
}

export function shownWord(word: Pick<Word, 'band' | 'error'>, strictness: Strictness): Shown {
  return word.error === 'omitted' ? 'omitted' : shownBand(word.band, strictness);
}

export function bandKey(shown: Shown): Key {
  return `band_${shown}`;
}

/** Class of the underline and colour. */
export function bandClass(shown: Shown): string {
  return `band-${shown.replaceAll('_', '-')}`;
}
