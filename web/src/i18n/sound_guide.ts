/** For each sound the letters and a word that tell it to people who know no phonetics, and how to make it. */
import { localHints } from './index';

export interface Guide {
  letters: string;
  key: string;
}

const guides: Record<string, [letters: string, key: string, hint: string]> = {
  AA: ['ah', 'father', 'Open your mouth wide and keep the tongue low and flat.'],
  AE: ['a', 'cat', 'Open your mouth wide, spread the lips and push the tongue forward.'],
  AH: ['u', 'cup', 'Relax your mouth, open it a little, and make the sound short.'],
  AH0: ['uh', 'about', 'Make it very short and weak, with a relaxed mouth.'],
  AO: ['aw', 'law', 'Round your lips a little and keep the tongue low and back.'],
  AW: ['ow', 'now', 'Start with a wide open mouth, then close the lips to a small circle.'],
  AY: ['i', 'time', 'Start with a wide open mouth, then move up to a short “ee”.'],
  B: ['b', 'book', 'Close your lips, let the voice start, then open them.'],
  CH: ['ch', 'chair', 'Stop the air as for “t”, then let it out as a short “sh”.'],
  D: ['d', 'day', 'Touch the ridge behind your top teeth and use your voice.'],
  DH: ['th', 'this', 'Put the tip of your tongue between your teeth and use your voice: it should buzz.'],
  EH: ['e', 'bed', 'Open your mouth half way and keep the sound short.'],
  ER: ['ur', 'bird', 'Pull the tongue back, let it touch nothing, and hold the “r” sound.'],
  ER0: ['er', 'teacher', 'Make it short and weak: a small “r” with a relaxed mouth.'],
  EY: ['ay', 'day', 'Start with “e” as in “bed”, then move up to a short “ee”.'],
  F: ['f', 'fish', 'Rest your top teeth on your bottom lip and blow, without voice.'],
  G: ['g', 'go', 'Press the back of your tongue up, let the voice start, then let go.'],
  HH: ['h', 'house', 'Only breathe out, as if you warm your hands; nothing touches.'],
  IH: ['i', 'sit', 'Relax the tongue and keep it short; lower and looser than “ee”.'],
  IY: ['ee', 'see', 'Smile, lift the tongue high, and make the sound long.'],
  JH: ['j', 'job', 'Stop the air as for “d”, then let it out with a buzz.'],
  K: ['k', 'key', 'Press the back of your tongue up, then let go with a puff of air.'],
  L: ['l', 'leg', 'Hold the tip of your tongue behind your top teeth; air goes out at the sides.'],
  M: ['m', 'man', 'Close your lips and hum through your nose.'],
  N: ['n', 'no', 'Press the tip of your tongue behind your top teeth and hum through your nose.'],
  NG: ['ng', 'sing', 'Hum through your nose with the back of the tongue up; do not add a “g” at the end.'],
  OW: ['oh', 'go', 'Start with round lips, then make the circle smaller.'],
  OY: ['oy', 'boy', 'Start with round lips, then move to a short “ee”.'],
  P: ['p', 'pen', 'Close your lips, then open them with a puff of air and no voice.'],
  R: ['r', 'red', 'Pull the tongue back, let its tip touch nothing, and round your lips a little.'],
  S: ['s', 'sun', 'Keep your teeth close together and hiss, without voice, like a snake.'],
  SH: ['sh', 'shoe', 'Round your lips, pull the tongue back from the teeth, and hiss softly.'],
  T: ['t', 'tea', 'Touch the ridge behind your top teeth, then let go with a puff of air.'],
  TH: ['th', 'think', 'Put the tip of your tongue between your teeth and let the air out.'],
  UH: ['oo', 'book', 'Round your lips a little, relax, and keep it short.'],
  UW: ['oo', 'food', 'Round your lips tightly and make the sound long.'],
  V: ['v', 'very', 'Rest your top teeth on your bottom lip and use your voice: it should buzz.'],
  W: ['w', 'we', 'Make your lips a small circle, then open them; no teeth on the lip.'],
  Y: ['y', 'yes', 'Start with the tongue as for “ee”, then move on quickly.'],
  Z: ['z', 'zoo', 'Make an “s” and add your voice: it should buzz like a bee.'],
  ZH: ['zh', 'vision', 'Make a “sh” and add your voice: it should buzz.'],
};

/** All sounds that have a guide, those of weak syllables among them. */
export const guidedSounds = Object.keys(guides);

/** "AH1" → "AH"; "AH0" stays where it has a guide of its own. */
function nameOf(arpabet: string): string {
  return arpabet in guides ? arpabet : arpabet.replace(/\d$/, '');
}

export function guideTo(arpabet: string): Guide {
  const [letters, key] = guides[nameOf(arpabet)] ?? [arpabet.toLowerCase(), ''];
  return { letters, key };
}

export function howTo(arpabet: string): string {
  const name = nameOf(arpabet);
  return localHints.value?.[name] ?? guides[name]?.[2] ?? '';
}

const vowel = /^[AEIOU]/;
export function isVowel(arpabet: string): boolean {
  return vowel.test(arpabet);
}
