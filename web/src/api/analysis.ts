/** euphone.analysis/1 as far as the page reads it: contract/analysis.schema.json. */
export type Band = 'clear' | 'slightly_accented' | 'hard_to_understand' | 'not_as_written' | 'not_sure';
export type Severity = 'note' | 'warning' | 'severe';

export interface Span {
  start_s: number;
  end_s: number;
  start_sample: number;
  end_sample: number;
}
export interface Scores {
  accuracy: number | null;
  fluency: number | null;
  completeness: number | null;
  prosody: number | null;
  total: number | null;
  uncertainty?: number;
}
export interface Finding {
  kind: string;
  severity: Severity;
  value: number;
  unit: string;
  message: string;
  advice: string;
}
export interface Heard {
  arpabet: string;
  ipa: string;
  probability: number;
}
export interface Diagnosis {
  claim: 'right' | 'substituted' | 'dropped' | 'distorted' | 'not_sure';
  said: string | null;
  probability: number | null;
}
export interface Phone extends Span {
  arpabet: string;
  ipa: string;
  score: number;
  uncertainty?: number;
  band: Band;
  diagnosis?: Diagnosis;
  heard_instead: string | null;
  dropped: boolean;
  heard: Heard[];
  nothing_probability: number;
}
export interface Syllable extends Span {
  first_phone: number;
  phone_count: number;
  score: number;
  stress_expected: number | null;
  stress_heard: number | null;
}
export type WordError =
  | 'none' | 'mispronounced' | 'omitted' | 'inserted' | 'repeated' | 'unexpected_pause' | 'missing_pause';
export interface Word extends Span {
  text: string;
  shown: string;
  script_word: number | null;
  accuracy: number | null;
  total?: number;
  stress?: number;
  uncertainty?: number;
  certainty?: 'right' | 'wrong' | 'not_sure';
  band: Band;
  error: WordError;
  origin: string;
  phones: Phone[];
  syllables: Syllable[];
}
export interface TextSpan {
  start_utf16: number;
  end_utf16: number;
}
export interface Praise {
  kind: 'all_clear' | 'hard_sound' | 'clear_word' | 'complete';
  word: number | null;
  phone: number | null;
  message: string;
}
/** What of stress, phrasing or melody went wrong, and where. */
export interface Place {
  kind: 'stress' | 'pause' | 'link' | 'fall' | 'rise';
  next_word: number | null;
  syllable: number | null;
  heard_syllable: number | null;
}
export interface Advice {
  tip: string;
  text: string;
  article: string | null;
  word: number;
  phone: number | null;
  place?: Place;
  pair: [string, string] | null;
}
export interface Focus {
  kind:
    | 'read_all' | 'sound' | 'omitted_word' | 'extra_word' | 'read_once' | 'repeated_word'
    | 'stress' | 'unneeded_pause' | 'fall' | 'rise' | 'polish';
  word: number | null;
  phone: number | null;
  place?: Place;
  message: string;
  hint: string;
}
export interface Curve {
  step_s: number;
  pitch_hz: (number | null)[];
  pitch_semitones: (number | null)[];
  level_db: number[];
}
export interface Analysis {
  schema: string;
  id: string;
  model: string;
  verdict: 'scored' | 'withheld' | 'wrong_text';
  confidence: number;
  content: { kind: 'whole' | 'part' | 'twice' | 'other'; first_word: number | null; last_word: number | null } | null;
  audio: { rate_hz: number; samples: number; duration_s: number };
  quality: { speech_dbfs: number; noise_dbfs: number; snr_db: number; peak_dbfs: number; findings: Finding[] };
  text: { original: string; words: (TextSpan & { text: string })[] };
  scores: Scores;
  tempo: { words_per_minute: number };
  /** `advice`: what the coach says, what helps most first, in English; absent where there is no coach. */
  feedback: { praise: Praise | null; focus: Focus | null; advice?: Advice[] };
  words: Word[];
  prosody: { middle_hz: number | null; curve: Curve };
}
