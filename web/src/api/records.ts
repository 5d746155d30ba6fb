/** What the program answers besides analyses. Times ending in _ms are milliseconds since 1970; a day counts from 1970. */
import type { Analysis } from './analysis';
import type { Comment } from './classroom';

export interface Version {
  version: string;
  model: string;
  live_model: string;
  language: string;
  free_speech: boolean;
  live_sessions: number;
}
export interface Model {
  name: string;
  label: string;
  summary: string;
  megabytes: number;
  accuracy: { measure: string; value: number; unit: string; data: string }[];
}
/** `judge`: the name of the one that judges. */
export interface Models {
  judge: string;
  models: Model[];
}
export interface LessonBrief {
  name: string;
  title: string;
  language: string;
  items: number;
  own?: boolean;
}
export interface LessonItem {
  id: string;
  text: string;
  note: string;
  recorded: boolean;
  speaker: string;
  licence: string;
}
export interface Lesson {
  name: string;
  title: string;
  language: string;
  items: LessonItem[];
  own?: boolean;
}
/** What this browser may do. */
export interface Access {
  /** Devices can be paired: the program is open to the network. */
  pairing: boolean;
  /** The one learner whose things it may see; null: everybody's. */
  learner: string | null;
}
export interface Learner {
  id: string;
  name: string;
  first_language: string;
  made_ms: number;
  takes: number;
}
export interface Take {
  id: string;
  learner: string;
  said_ms: number;
  day: number;
  text: string;
  lesson: string;
  item: string;
  duration_ms: number;
  has_recording: boolean;
  model: string;
  verdict: string;
  accuracy: number | null;
  fluency: number | null;
  completeness: number | null;
  prosody: number | null;
  total: number | null;
  uncertainty: number | null;
  findings: string[];
  starred: boolean;
  note: string;
  /** Of humans, and those of them that the learner has not seen. */
  comment_count: number;
  unseen_comments: number;
  /** Of the sound that was searched for. */
  sound_score?: number;
}
export interface Judgement {
  model: string;
  made_ms: number;
  analysis: Analysis;
}
export interface TakeDetail {
  take: Take;
  judgements: Judgement[];
  /** Oldest first. */
  comments: Comment[];
}
export interface TakeSearch {
  learner: string;
  /** ARPAbet: the takes with it, the worst first. */
  sound?: string;
  search?: string;
  lesson?: string;
  starred?: boolean;
  below?: number;
  from_ms?: number;
  to_ms?: number;
  order?: 'newest' | 'oldest' | 'worst' | 'best';
  after?: string;
  limit?: number;
}
/** A mean with its standard error. */
export interface Mean {
  count: number;
  value: number;
  error: number;
}
export interface SoundProgress {
  sound: string;
  ipa: string;
  all: Mean;
  wrong: number;
  first: Mean | null;
  last: Mean | null;
  days: { day: number; count: number; mean: number }[];
}
export interface Practice {
  kind: 'sound' | 'word';
  what: string;
  due_day: number;
  due: boolean;
  retrievability: number;
  stability_days: number;
  difficulty: number;
  /** When it was practised last, and its mean score on that day. */
  last_day: number;
  last_mean: number;
  reviews: number;
  lapses: number;
}
/** The power law of practice: after n takes a score of top − gap · (n + 1)^−rate is expected. */
export interface LearningCurve {
  top: number;
  gap: number;
  rate: number;
  /** Standard deviation of a single take around it. */
  spread: number;
  /** That it was fitted to. */
  takes: number;
  now: Prediction;
  /** After `days` more at the last days' pace. */
  later: Prediction;
  days: number;
}
export interface Prediction {
  score: number;
  error: number;
}
export interface Progress {
  /** By the clock of the program. */
  today: number;
  days: { day: number; takes: number; duration_ms: number; total: Mean | null }[];
  sounds: SoundProgress[];
  confusions: { expected: string; said: string; count: number; last_day: number }[];
  words: { word: string; count: number; mean: number; wrong: number }[];
  practice: Practice[];
  /** null: no trend that could be told from chance. */
  curve: LearningCurve | null;
}
export type ExportFormat = 'takes.csv' | 'sounds.csv' | 'class.csv' | 'deck.apkg' | 'archive.zip';
