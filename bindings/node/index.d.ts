/** Scores are 0 to 100, times in seconds from the start of the audio; null: not measured, never a guess. */
export interface Scores {
  accuracy: number | null
  fluency: number | null
  completeness: number | null
  prosody: number | null
  total: number | null
  uncertainty?: number | null
}

export type Band = 'clear' | 'slightly_accented' | 'hard_to_understand' | 'not_as_written' | 'not_sure'
export type WordError = 'none' | 'mispronounced' | 'omitted' | 'inserted' | 'repeated' | 'unexpected_pause' | 'missing_pause'

export interface Phone {
  /** "TH"; of a vowel with its stress: "AO1". */
  arpabet: string
  ipa: string
  score: number
  band: Band
  start_s: number
  end_s: number
  /** null where the scorer claims nothing. */
  diagnosis?: { claim: 'right' | 'substituted' | 'dropped' | 'distorted' | 'not_sure'; said: string | null; probability: number | null } | null
}

export interface Word {
  /** As it is spoken. */
  text: string
  accuracy: number | null
  /** Absent or null where it is not judged. */
  stress?: number | null
  error: WordError
  band: Band
  start_s: number
  end_s: number
  phones: Phone[]
}

/** contract/analysis.schema.json; what most programs want of it is typed. */
export interface AnalysisDocument {
  schema: 'euphone.analysis/1'
  id: string
  model: string
  verdict: 'scored' | 'withheld' | 'wrong_text'
  scores: Scores
  words: Word[]
  [more: string]: unknown
}

/** contract/live_event.schema.json. */
export interface LiveEvent {
  event: string
  [more: string]: unknown
}

export type Format = 'json' | 'textgrid' | 'ctm' | 'csv' | 'srt' | 'azure' | 'terminal'

/** All that is known about one recording of one text. */
export class Analysis {
  private constructor()
  readonly document: AnalysisDocument
  readonly verdict: AnalysisDocument['verdict']
  readonly scores: Scores
  readonly words: Word[]
  write(format: Format): string
  toJSON(): AnalysisDocument
}

/** Follows a reader while he speaks. It may be iterated once, and ends with the event "stopped". */
export class Live implements AsyncIterable<LiveEvent> {
  private constructor()
  /** The next samples, copied. Never waits. */
  push(samples: Float32Array | Int16Array): void
  /** No more will come: done when all were heard and judged. */
  finish(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<LiveEvent, void, void>
}

export interface EngineOptions {
  /** Folder with packs/ and models/; else $EUPHONE_DATA, else beside the library. */
  data?: string
  language?: string
  /** Bundle: a name in the folder or a path. */
  model?: string
  scorer?: 'auto' | 'learned' | 'gop'
  /** File with pronunciations of your own. */
  lexicon?: string
  runtime?: string
  /** Of one analysis, 1 to 64. */
  threads?: number
}

export interface AnalyzeOptions {
  /** Names the recording in documents. */
  id?: string
  /** Rejects at once with the signal's reason; the work itself ends at the next window (16 s) of audio. */
  signal?: AbortSignal
}

/** Models, dictionary and coach, opened once. Work is done on Node's pool of threads; several analyses may be awaited together. What fails rejects with an Error that says in one line what is
 *  wrong and what to do; its `status` is that of `euphone` (1: bad input, 2: usage, 4: damaged installation, 130: stopped). */
export class Engine {
  private constructor()
  static open(options?: EngineOptions): Promise<Engine>
  /** "name version" of the bundle that judges. */
  readonly model: string
  /** Mono, at `rate` Hz; copied. */
  analyze(samples: Float32Array | Int16Array, rate: number, text: string, options?: AnalyzeOptions): Promise<Analysis>
  /** WAV, AIFF, FLAC, Ogg (Vorbis, Opus), MP3. */
  analyzeFile(path: string | URL, text: string, options?: AnalyzeOptions): Promise<Analysis>
  listen(text: string, options?: { rate?: number; reproducible?: boolean }): Promise<Live>
}

export const version: string
