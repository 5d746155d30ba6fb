import { describe, expect, it } from 'vitest';
import { needsWork, shownBand, shownWord } from './bands';

describe('strictness', () => {
  it('marks more the stricter it is', () => {
    const bands = ['clear', 'slightly_accented', 'hard_to_understand', 'not_as_written'] as const;
    const marks = (['child', 'learner', 'near_native'] as const).map((how) => bands.filter((band) => needsWork(band, how)));
    expect(marks).toEqual([['not_as_written'], ['hard_to_understand', 'not_as_written'], ['slightly_accented', 'hard_to_understand', 'not_as_written']]);
  });

  it('never hides that the machine is not sure, nor that a word was left out', () => {
    expect(shownBand('not_sure', 'child')).toBe('not_sure');
    expect(shownWord({ band: 'not_as_written', error: 'omitted' }, 'child')).toBe('omitted');
    expect(shownWord({ band: 'slightly_accented', error: 'none' }, 'learner')).toBe('clear');
  });
});
