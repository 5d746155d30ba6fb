import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en';
import { articulations, descriptionKeys } from './mouth/features';
import { mouthShape } from './mouth/shape';

interface PhoneFile {
  phones: { arpabet: string; kind: string; manner?: string; voiced?: boolean }[];
}
const { phones } = JSON.parse(readFileSync(new URL('../../../contract/phones.en-us.json', import.meta.url), 'utf8')) as PhoneFile;

describe('the mouth', () => {
  it('is drawn for every sound', () => {
    expect(Object.keys(articulations).sort()).toEqual(phones.map((phone) => phone.arpabet).sort());
  });

  it.each(phones)('agrees with what is known of $arpabet', ({ arpabet, kind, manner, voiced }) => {
    const sound = articulations[arpabet]!;
    expect(sound.voice).toBe(kind === 'vowel' || voiced);
    expect(sound.air === 'nose').toBe(manner === 'nasal');
    expect(sound.air === 'burst').toBe(manner === 'plosive' || manner === 'affricate');
    expect(sound.air === 'sides').toBe(manner === 'lateral');
    if (kind === 'vowel') expect(sound.air).toBe('free');
    expect(descriptionKeys(sound).every((key) => key in en)).toBe(true);
    expect(Object.values(mouthShape(sound, sound.air)).join('')).not.toMatch(/NaN|undefined/);
  });
});
