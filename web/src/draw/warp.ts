import type { Analysis, Word } from '../api/analysis';

/** A stretch of the model's time and the stretch of the learner's that belongs to it, in seconds. */
export interface Stretch {
  from: number;
  to: number;
  ownFrom: number;
  ownTo: number;
}

const plain = (arpabet: string): string => arpabet.replace(/\d$/, '');

function sameSounds(one: Word, other: Word): boolean {
  return (
    one.phones.length === other.phones.length &&
    one.phones.every((phone, i) => plain(phone.arpabet) === plain(other.phones[i]!.arpabet))
  );
}

/** Of one word: sound by sound where both say the same ones, else as a whole. */
function stretchesOf(model: Word, own: Word): Stretch[] {
  if (!sameSounds(model, own)) return [{ from: model.start_s, to: model.end_s, ownFrom: own.start_s, ownTo: own.end_s }];
  return model.phones.map((phone, i) => ({
    from: phone.start_s, to: phone.end_s, ownFrom: own.phones[i]!.start_s, ownTo: own.phones[i]!.end_s,
  }));
}

/** Stretches of all words that both said, in time order. What only one of them said has none. */
export function warp(model: Analysis, own: Analysis): Stretch[] {
  const found: Stretch[] = [];
  for (const word of own.words) {
    if (word.script_word === null || word.end_s <= word.start_s || word.error === 'repeated') continue;
    const other = model.words.find((one) => one.script_word === word.script_word && one.end_s > one.start_s);
    if (other) found.push(...stretchesOf(other, word).filter((one) => one.to > one.from && one.ownTo > one.ownFrom));
  }
  return found.sort((one, other) => one.ownFrom - other.ownFrom);
}

/** Where a moment of the model is in the learner's time; null where nothing belongs to it. */
export function warped(stretches: readonly Stretch[], time: number): number | null {
  const stretch = stretches.find((one) => time >= one.from && time < one.to);
  if (!stretch) return null;
  const share = (time - stretch.from) / (stretch.to - stretch.from);
  return stretch.ownFrom + share * (stretch.ownTo - stretch.ownFrom);
}

/** A point of a pitch curve; null between two of them: no voice. */
export type PitchPoint = { time: number; semitones: number } | null;

export function pitchPoints(analysis: Analysis): PitchPoint[] {
  const { step_s: step, pitch_semitones: pitch } = analysis.prosody.curve;
  return pitch.map((value, i) => (value === null ? null : { time: (i + 0.5) * step, semitones: value }));
}

/** The model's curve in the learner's time. */
export function warpedPitch(model: Analysis, own: Analysis): PitchPoint[] {
  const stretches = warp(model, own);
  return pitchPoints(model).map((point) => {
    const time = point && warped(stretches, point.time);
    return point && time !== null ? { time, semitones: point.semitones } : null;
  });
}
