import type { Analysis, Focus, Praise, Word } from '../../api/analysis';
import type { LiveWord } from '../../api/live_events';
import type { Sound } from '../../audio/sound';

/** One sentence of what was read, with what was said. */
export interface SentenceResult {
  sentence: number;
  /** Its first word in the whole text. */
  firstWord: number;
  analysis: Analysis;
  sound: Sound;
  settled: boolean;
  /** Name among the learner's recordings; empty: not kept. */
  take: string;
}

/** One try at a text. */
export interface Attempt {
  number: number;
  sentences: SentenceResult[];
  /** The words of the whole text. */
  words: LiveWord[];
}

/** Sentences that were scored weigh by their words; null: none was. */
export function totalOf(attempt: Attempt): number | null {
  let sum = 0;
  let weight = 0;
  for (const { analysis } of attempt.sentences) {
    if (analysis.scores.total === null) continue;
    const words = Math.max(1, analysis.text.words.length);
    sum += analysis.scores.total * words;
    weight += words;
  }
  return weight > 0 ? sum / weight : null;
}

/** Likewise; null where the scorer does not say how far it may be off. */
export function uncertaintyOf(attempt: Attempt): number | null {
  const scored = attempt.sentences.filter(({ analysis }) => analysis.scores.total !== null);
  const known = scored.filter(({ analysis }) => analysis.scores.uncertainty !== undefined);
  if (known.length === 0 || known.length < scored.length) return null;
  const words = known.map(({ analysis }) => Math.max(1, analysis.text.words.length));
  const all = words.reduce((sum, count) => sum + count, 0);
  const variance = known.reduce((sum, { analysis }, i) => sum + ((words[i]! / all) * analysis.scores.uncertainty!) ** 2, 0);
  return Math.sqrt(variance);
}

function byTotal(attempt: Attempt): SentenceResult[] {
  return [...attempt.sentences].sort((one, other) => (one.analysis.scores.total ?? 0) - (other.analysis.scores.total ?? 0));
}

/** The one thing to do: of the sentence with the lowest score that has one. What can only be polished comes last. */
export function focusOf(attempt: Attempt): { result: SentenceResult; focus: Focus } | null {
  const having = byTotal(attempt).filter(({ analysis }) => analysis.feedback.focus !== null);
  const result = having.find(({ analysis }) => analysis.feedback.focus!.kind !== 'polish') ?? having[0];
  return result ? { result, focus: result.analysis.feedback.focus! } : null;
}

/** Praise of the sentence with the highest score. */
export function praiseOf(attempt: Attempt): { result: SentenceResult; praise: Praise } | null {
  const result = byTotal(attempt).reverse().find(({ analysis }) => analysis.feedback.praise !== null);
  return result ? { result, praise: result.analysis.feedback.praise! } : null;
}

/** Why there is no score: the first sentence that has none. */
export function unscored(attempt: Attempt): SentenceResult | null {
  return totalOf(attempt) === null ? (attempt.sentences[0] ?? null) : null;
}

/** The word of an attempt that was written as `script`, counted in the sentence. */
export function findWord(analysis: Analysis, script: number | null): Word | undefined {
  return analysis.words.find((word) => word.script_word === script && word.error !== 'repeated');
}

/** How many points better a later value is; null where one of them is missing. */
export function gain(before: number | null | undefined, after: number | null | undefined): number | null {
  return before == null || after == null ? null : Math.round(after) - Math.round(before);
}
