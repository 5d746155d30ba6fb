import type { Key } from '../../i18n';

export type Lips = 'closed' | 'teeth' | 'round' | 'spread' | 'open';
export type Tongue =
  | 'tip_teeth' | 'tip_ridge' | 'tip_near_ridge' | 'tip_behind_ridge' | 'tip_back' | 'back_up'
  | 'tongue_high_front' | 'tongue_mid_front' | 'tongue_low_front' | 'tongue_middle' | 'tongue_low_back'
  | 'tongue_mid_back' | 'tongue_high_back' | 'tongue_low';
export type Air = 'nose' | 'burst' | 'hiss' | 'sides' | 'free';

/** Where everything is for a moment. */
export interface Posture {
  lips: Lips;
  tongue: Tongue;
  /** How far the jaw is open, 0–1. */
  jaw: number;
}
/** How a sound is made. `then`: where it moves to. */
export interface Articulation extends Posture {
  voice: boolean;
  air: Air;
  then?: Posture;
}

const at = (lips: Lips, tongue: Tongue, jaw: number): Posture => ({ lips, tongue, jaw });
const consonant = (posture: Posture, voice: boolean, air: Air, then?: Posture): Articulation => ({
  ...posture, voice, air, ...(then ? { then } : {}),
});
const vowel = (posture: Posture, then?: Posture): Articulation => consonant(posture, true, 'free', then);

const lipsClosed = at('closed', 'tongue_middle', 0.1);
const lipTeeth = at('teeth', 'tongue_middle', 0.1);
const ridge = at('open', 'tip_ridge', 0.15);
const behind = at('round', 'tip_behind_ridge', 0.12);
const velar = at('open', 'back_up', 0.25);
const nearRidge = at('spread', 'tip_near_ridge', 0.05);
const dental = at('open', 'tip_teeth', 0.2);
const highFront = at('spread', 'tongue_high_front', 0.2);
const highBack = at('round', 'tongue_high_back', 0.15);
const retracted = at('round', 'tip_back', 0.25);

/** All 39 sounds of contract/phones.en-us.json. */
export const articulations: Readonly<Record<string, Articulation>> = {
  AA: vowel(at('open', 'tongue_low_back', 0.9)),
  AE: vowel(at('spread', 'tongue_low_front', 0.8)),
  AH: vowel(at('open', 'tongue_middle', 0.5)),
  AO: vowel(at('round', 'tongue_low_back', 0.65)),
  AW: vowel(at('open', 'tongue_low', 0.9), highBack),
  AY: vowel(at('open', 'tongue_low', 0.9), highFront),
  B: consonant(lipsClosed, true, 'burst'),
  CH: consonant(at('round', 'tip_ridge', 0.1), false, 'burst', behind),
  D: consonant(ridge, true, 'burst'),
  DH: consonant(dental, true, 'hiss'),
  EH: vowel(at('open', 'tongue_mid_front', 0.55)),
  ER: vowel(retracted),
  EY: vowel(at('spread', 'tongue_mid_front', 0.45), highFront),
  F: consonant(lipTeeth, false, 'hiss'),
  G: consonant(velar, true, 'burst'),
  HH: consonant(at('open', 'tongue_middle', 0.5), false, 'free'),
  IH: vowel(at('open', 'tongue_high_front', 0.35)),
  IY: vowel(highFront),
  JH: consonant(at('round', 'tip_ridge', 0.1), true, 'burst', behind),
  K: consonant(velar, false, 'burst'),
  L: consonant(at('open', 'tip_ridge', 0.3), true, 'sides'),
  M: consonant(lipsClosed, true, 'nose'),
  N: consonant(ridge, true, 'nose'),
  NG: consonant(velar, true, 'nose'),
  OW: vowel(at('round', 'tongue_mid_back', 0.45), highBack),
  OY: vowel(at('round', 'tongue_mid_back', 0.5), highFront),
  P: consonant(lipsClosed, false, 'burst'),
  R: consonant(retracted, true, 'free'),
  S: consonant(nearRidge, false, 'hiss'),
  SH: consonant(behind, false, 'hiss'),
  T: consonant(ridge, false, 'burst'),
  TH: consonant(dental, false, 'hiss'),
  UH: vowel(at('round', 'tongue_high_back', 0.35)),
  UW: vowel(highBack),
  V: consonant(lipTeeth, true, 'hiss'),
  W: consonant(at('round', 'tongue_high_back', 0.1), true, 'free', at('open', 'tongue_middle', 0.4)),
  Y: consonant(highFront, true, 'free', at('open', 'tongue_middle', 0.4)),
  Z: consonant(nearRidge, true, 'hiss'),
  ZH: consonant(behind, true, 'hiss'),
};

export function articulationOf(arpabet: string): Articulation | undefined {
  return articulations[arpabet.replace(/\d$/, '')];
}

/** The sentences that say the same as the drawing. */
export function descriptionKeys(sound: Articulation): Key[] {
  const tongueMatters = sound.lips !== 'closed' && sound.lips !== 'teeth';
  return [
    `mouth_lips_${sound.lips}`,
    ...(tongueMatters ? [`mouth_${sound.tongue}` as const] : []),
    ...(sound.then ? ['mouth_then' as const] : []),
    `mouth_air_${sound.air}`,
    sound.voice ? 'mouth_voice' : 'mouth_no_voice',
  ];
}
