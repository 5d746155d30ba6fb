/** euphone.live/1 as far as the page reads it: contract/live_event.schema.json. */
import type { Analysis, Band, Severity, Span, TextSpan, WordError } from './analysis';

interface At {
  at_s: number;
  at_sample: number;
}
export interface LiveWord extends TextSpan {
  text: string;
  sentence: number;
}
export type Listening = At & { event: 'listening'; text: string; words: LiveWord[] };
export type Level = At & { event: 'level'; rms_dbfs: number; peak_dbfs: number; speaking: boolean };
export type WordScored = At & Span & {
  event: 'word_scored';
  word: number;
  take: number;
  revision: number;
  state: 'partial' | 'settled' | 'final' | 'withdrawn';
  provisional: boolean;
  accuracy: number | null;
  band: Band;
  error: WordError;
};
export type QualityNotice = At & {
  event: 'quality_notice';
  kind: string;
  severity: Severity;
  value: number;
  unit: string;
  message: string;
  advice: string;
};
export type SentenceFinished = At & Span & {
  event: 'sentence_finished';
  sentence: number;
  take: number;
  revision: number;
  settled: boolean;
  reason: 'content' | 'moved_on' | 'silence' | 'stopped';
  first_word: number;
  analysis: Analysis;
};
export type LiveEvent =
  | Listening
  | Level
  | WordScored
  | QualityNotice
  | SentenceFinished
  | (At & { event: 'speech_started' })
  | (At & { event: 'word_current'; word: number | null })
  | (At & { event: 'text_finished' })
  | (At & { event: 'error'; message: string; fatal: boolean })
  | (At & { event: 'stopped'; heard_s: number; lost_s: number })
  | (At & { event: 'skipped'; first_word: number; last_word: number });
