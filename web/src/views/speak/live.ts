import { signal } from '@preact/signals';
import type { LiveEvent, SentenceFinished } from '../../api/live_events';
import { LiveSession, type Ending, type Start } from '../../api/live_socket';
import { blockLevel, meterShare } from '../../audio/loudness';
import { borrowMicrophone, MicrophoneError, returnMicrophone } from '../../audio/microphone';
import { TakeBuffer } from '../../audio/sound';
import type { Key } from '../../i18n';
import { learnerId } from '../../state/learner';
import { desk } from '../../state/room';
import type { SentenceResult } from './attempt';
import { Lights } from './lights';

export type Phase = 'idle' | 'starting' | 'listening' | 'waiting' | 'judging';
export interface Trouble {
  key: Key;
  why?: string;
}

export const phase = signal<Phase>('idle');
/** The words of what is read here. */
export const shine = new Lights();
/** 0–1. */
export const meter = signal(0);
export const trouble = signal<Trouble | null>(null);

export interface Reading {
  /** Sentences judged so far; `done`: nothing will be added, though one may still be replaced. */
  results(sentences: SentenceResult[], done: boolean): void;
}

let session: LiveSession | null = null;
let running = 0;

/** Nothing more is said; what was said is judged. */
export function stopReading(): void {
  if (phase.value === 'starting') {
    abandonReading();
    return;
  }
  if (phase.value === 'listening' || phase.value === 'waiting') phase.value = 'judging';
  session?.stop();
  meter.value = 0;
}

/** Nobody wants the result any more. */
export function abandonReading(): void {
  running += 1;
  session?.abandon();
  session = null;
  returnMicrophone();
  phase.value = 'idle';
  meter.value = 0;
}

/** Opens the microphone and a session, and hears a reader until the text is finished. */
export async function startReading(what: Start, reading: Reading): Promise<void> {
  abandonReading();
  const run = running;
  trouble.value = null;
  shine.clear();
  phase.value = 'starting';
  try {
    const microphone = await borrowMicrophone();
    if (run !== running) return;
    const learner = learnerId.value;
    const start = { ...what, ...(learner && { learner }), ...(desk.value && { desk: desk.value }) };
    new Reader(run, start, reading, (take) => {
      microphone.onSamples = take;
    });
  } catch (failure) {
    if (run !== running) return;
    phase.value = 'idle';
    trouble.value = microphoneTrouble(failure);
  }
}

export function microphoneTrouble(failure: unknown): Trouble {
  return failure instanceof MicrophoneError
    ? { key: `mic_${failure.trouble}`, why: failure.message }
    : { key: 'mic_failed', why: (failure as Error).message };
}

class Reader {
  private readonly said = new TakeBuffer();
  private readonly finished = new Map<number, SentenceResult>();
  private count = 1;

  constructor(
    private readonly run: number,
    start: Start,
    private readonly reading: Reading,
    hear: (take: (samples: Int16Array) => void) => void,
  ) {
    session = new LiveSession(start, {
      event: (event) => this.current() && this.take(event),
      kept: ({ take, sentence }) => this.current() && this.keep(take, sentence),
      waiting: (waiting) => {
        if (this.current() && phase.value !== 'judging') phase.value = waiting ? 'waiting' : 'listening';
      },
      ended: (ending) => this.current() && this.end(ending),
    });
    const mine = session;
    hear((samples) => {
      if (!this.current() || phase.value === 'judging') return;
      this.said.add(samples);
      meter.value = meterShare(blockLevel(samples));
      mine.send(samples);
    });
  }

  private current(): boolean {
    return this.run === running;
  }

  private take(event: LiveEvent): void {
    shine.take(event);
    switch (event.event) {
      case 'listening':
        this.count = Math.max(1, ...event.words.map((word) => word.sentence + 1));
        if (phase.value === 'starting') phase.value = 'listening';
        break;
      case 'sentence_finished':
        this.finish(event);
        break;
      case 'text_finished':
        stopReading();
        break;
      case 'error':
        if (event.fatal) trouble.value = { key: 'failed', why: event.message };
        break;
    }
  }

  private finish(event: SentenceFinished): void {
    const before = this.finished.get(event.sentence);
    this.finished.set(event.sentence, {
      sentence: event.sentence,
      firstWord: event.first_word,
      analysis: event.analysis,
      sound: { samples: this.said.slice(event.start_sample, event.end_sample), rate: 16_000 },
      settled: event.settled,
      take: before?.take ?? '',
    });
    const last = event.sentence === this.count - 1;
    this.tell(last);
    if (last && event.settled) stopReading();
  }

  private keep(take: string, sentence: number): void {
    const result = this.finished.get(sentence);
    if (!result) return;
    this.finished.set(sentence, { ...result, take });
    this.tell(true);
  }

  private tell(done: boolean): void {
    const sentences = [...this.finished.values()].sort((one, other) => one.sentence - other.sentence);
    this.reading.results(sentences, done);
  }

  private end(ending: Ending): void {
    session = null;
    returnMicrophone();
    phase.value = 'idle';
    meter.value = 0;
    shine.current.value = null;
    if (ending.kind === 'busy') trouble.value = { key: 'speak_busy' };
    else if (ending.kind === 'refused') trouble.value = { key: 'failed', why: ending.message };
    else if (ending.kind === 'lost') trouble.value = { key: 'speak_lost' };
    else if (this.finished.size === 0 && !trouble.value) trouble.value = { key: 'speak_nothing' };
    if (this.finished.size > 0) this.tell(true);
  }
}
