import type { Band, Phone, Word } from '../../api/analysis';
import type { Drill, DrillItem } from '../../api/tutor';
import { needsWork } from '../../state/bands';
import type { Strictness } from '../../state/settings';
import { unscored, type Attempt, type SentenceResult } from '../speak/attempt';

/** `unheard`: nothing was judged, or not what was to be read. */
export type Outcome = 'well' | 'not_yet' | 'unsure' | 'unheard';

/** A sound that the exercise is about, where it was said. */
export interface Spot {
  result: SentenceResult;
  word: number;
  phone: number;
  of: Word;
  sound: Phone;
}

/** The sounds to listen to: of a pair both, of the rest the one that is practised. */
function wanted(drill: Pick<Drill, 'sound' | 'against'>, item: Pick<DrillItem, 'kind'>): string[] {
  return item.kind === 'pair' && drill.against ? [drill.sound.arpabet, drill.against.arpabet] : [drill.sound.arpabet];
}

export function spots(attempt: Attempt, drill: Pick<Drill, 'sound' | 'against'>, item: Pick<DrillItem, 'kind'>): Spot[] {
  const sounds = wanted(drill, item);
  const found: Spot[] = [];
  for (const result of attempt.sentences) {
    result.analysis.words.forEach((of, word) => {
      if (of.script_word === null || of.error === 'repeated') return;
      of.phones.forEach((sound, phone) => {
        if (sounds.includes(sound.arpabet.replace(/\d$/, ''))) found.push({ result, word, phone, of, sound });
      });
    });
  }
  return found;
}

function goodEnough(band: Band, strictness: Strictness): boolean {
  return band !== 'not_sure' && !needsWork(band, strictness);
}

export function outcomeOf(attempt: Attempt, heard: readonly Spot[], strictness: Strictness): Outcome {
  const judged = heard.filter((spot) => spot.of.error !== 'omitted');
  if (unscored(attempt) || judged.length === 0) return 'unheard';
  const rest = judged.filter((spot) => !goodEnough(spot.sound.band, strictness));
  if (rest.length === 0) return 'well';
  return rest.every((spot) => spot.sound.band === 'not_sure') ? 'unsure' : 'not_yet';
}

/** What is spoken of first: the place that went worst, else the one that went best. */
export function spotToTell(heard: readonly Spot[], outcome: Outcome): Spot | undefined {
  const order = [...heard].sort((one, other) => one.sound.score - other.sound.score);
  return outcome === 'well' ? order.at(-1) : order[0];
}

export interface Summary {
  /** Texts that went well, in the order of the round. */
  well: string[];
  /** Those of them that did not go well at first. */
  better: string[];
  /** Tried, and not there yet. */
  later: string[];
  tried: number;
}

/** `outcomes`: of each item's tries, oldest first. One good try is enough: she can say it. */
export function summaryOf(items: readonly Pick<DrillItem, 'text'>[], outcomes: readonly (readonly Outcome[])[]): Summary {
  const summary: Summary = { well: [], better: [], later: [], tried: 0 };
  items.forEach(({ text }, i) => {
    const tries = (outcomes[i] ?? []).filter((one) => one !== 'unheard');
    if (tries.length === 0) return;
    summary.tried += 1;
    if (tries.includes('well')) {
      summary.well.push(text);
      if (tries[0] !== 'well') summary.better.push(text);
    } else {
      summary.later.push(text);
    }
  });
  return summary;
}

export type Reason = 'chosen' | 'unknown' | 'weak' | 'due' | 'next';

/** Why this sound: the learner chose it; nothing is known of the learner; it is hard; its turn has come; it comes next. */
export function reasonFor(arpabet: string, sounds: readonly { arpabet: string; due: boolean; last_mean: number }[], chosen: boolean): Reason {
  if (chosen) return 'chosen';
  const own = sounds.find((one) => one.arpabet === arpabet);
  if (!own) return 'unknown';
  if (own.last_mean < 70) return 'weak';
  return own.due ? 'due' : 'next';
}
