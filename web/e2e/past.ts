/**
 * Weeks of practice for the tests, as an export that the program imports: dates cannot be chosen through its API.
 * What was judged of the samples is the program's own; scores are then moved so that there is a past with a trend and with noise.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const dayMs = 86_400_000;

export interface PastLearner {
  uuid: string;
  name: string;
  first_language: string;
  /** Days before today on which something was read. */
  days: number[];
  takesEachDay: number;
  /** Points that practice brings, and sounds that stay hard. */
  gain: number;
  /** Judged by the model before the one of now. */
  older?: boolean;
  hard: string[];
}

const often = [40, 38, 37, 34, 31, 30, 27, 24, 23, 20, 17, 16, 13, 10, 9, 6, 4, 3, 1, 0];
export const past: readonly PastLearner[] = [
  { uuid: '0b6f1c52-6d55-4a0e-9a31-6a1b1f6f0001', name: 'Robin', first_language: 'ko', days: often, takesEachDay: 4, gain: 26, hard: ['TH', 'Z', 'R', 'DH'] },
  { uuid: '0b6f1c52-6d55-4a0e-9a31-6a1b1f6f0002', name: 'Alex', first_language: 'es', days: [20, 13, 6, 2], takesEachDay: 3, gain: 0, hard: ['IH', 'V', 'S'] },
  { uuid: '0b6f1c52-6d55-4a0e-9a31-6a1b1f6f0003', name: 'Kim', first_language: 'zh', days: [26, 19, 12, 5], takesEachDay: 4, gain: 12, older: true, hard: ['N', 'TH', 'L'] },
  { uuid: '0b6f1c52-6d55-4a0e-9a31-6a1b1f6f0004', name: 'Sam', first_language: '', days: [3], takesEachDay: 2, gain: 0, hard: ['AE'] },
];

/** The same numbers in every run, 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Phone {
  arpabet: string;
  score: number;
  band: string;
  diagnosis?: { claim: string; said: string | null; probability: number | null };
  heard_instead: string | null;
}
interface Document {
  scores: Record<string, number | null>;
  words: { accuracy: number | null; total?: number; band: string; error: string; phones: Phone[] }[];
  [name: string]: unknown;
}

const instead: Record<string, string> = { TH: 'S', DH: 'D', Z: 'S', R: 'L', L: 'R', IH: 'IY', V: 'B', N: 'NG', AE: 'EH', S: 'Z' };

function bandOf(score: number): string {
  return score >= 80 ? 'clear' : score >= 60 ? 'slightly_accented' : score >= 40 ? 'hard_to_understand' : 'not_as_written';
}

function moved(value: number, by: number): number {
  return Math.round(Math.min(100, Math.max(5, value + by)) * 10) / 10;
}

/** The judgement with its scores moved; hard sounds are now and then heard as others. Readers of the samples differ more than one reader does. */
function older(document: Document, practice: number, hard: readonly string[], next: () => number): Document {
  const copy = structuredClone(document);
  const by = practice + (74 - (document.scores.total ?? 74)) * 0.8;
  for (const word of copy.words) {
    for (const phone of word.phones) {
      const sound = phone.arpabet.replace(/\d$/, '');
      const isHard = hard.includes(sound);
      phone.score = moved(phone.score, by * (isHard ? 1.4 : 0.7) + (isHard ? -12 : 0) + (next() - 0.5) * 16);
      phone.band = bandOf(phone.score);
      const wrong = isHard && phone.score < 55;
      phone.heard_instead = wrong ? instead[sound] ?? null : null;
      phone.diagnosis = { claim: wrong ? 'substituted' : 'right', said: phone.heard_instead, probability: 0.8 };
    }
    if (word.accuracy === null || word.phones.length === 0) continue;
    word.accuracy = moved(word.phones.reduce((sum, phone) => sum + phone.score, 0) / word.phones.length, 0);
    word.band = bandOf(Math.min(...word.phones.map((phone) => phone.score)));
    if (word.error === 'none' && word.accuracy < 55) word.error = 'mispronounced';
  }
  for (const name of ['accuracy', 'fluency', 'prosody', 'total']) {
    const value = copy.scores[name];
    if (typeof value === 'number') copy.scores[name] = moved(value, by + (next() - 0.5) * 12);
  }
  return copy;
}

function uuid(learner: number, take: number): string {
  return `5a1d3c40-0000-4000-8${String(learner).padStart(3, '0')}-${String(take).padStart(12, '0')}`;
}

/** Writes the export into `folder`. `documents`: what `euphone analyze` wrote of the samples. */
function writeExport(folder: string, documents: string, now: number): void {
  mkdirSync(join(folder, 'takes'), { recursive: true });
  const read = readFileSync(join(samples, 'samples.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t') as [string, string])
    .map(([audio, text]) => ({ audio, text, document: JSON.parse(readFileSync(join(documents, audio.replace(/\.\w+$/, '.json')), 'utf8')) as Document }));
  const midday = Math.floor(now / dayMs) * dayMs;
  const takes: object[] = [];
  past.forEach((learner, l) => {
    const next = random(l + 7);
    let number = 0;
    learner.days.forEach((ago, d) => {
      const practised = learner.days.length > 1 ? d / (learner.days.length - 1) : 0;
      for (let i = 0; i < learner.takesEachDay; i += 1) {
        const sample = read[(d * 3 + i) % read.length]!;
        const id = uuid(l, (number += 1));
        const said = Math.min(now - 60_000, midday - ago * dayMs + (8 * 60 + i * 2) * 60_000);
        const document = older(sample.document, learner.gain * ((1 + practised * 12) ** -0.6 * -1 + 0.2), learner.hard, next);
        if (learner.older) document.model = 'en-us-standard 0.4.0';
        writeFileSync(join(folder, 'takes', `${id}.json`), JSON.stringify(document));
        copyFileSync(join(samples, sample.audio), join(folder, 'takes', `${id}.opus`));
        takes.push({
          schema: 'euphone.take/1', uuid: id, learner: learner.uuid, said_ms: said, day: Math.floor(said / dayMs), text: sample.text,
          lesson: '', item: '', duration_ms: Math.round((document.audio as { duration_s: number }).duration_s * 1000),
          starred: number % 11 === 0, note: number === 5 ? 'Listen to the end of the sentence.' : '', recording: `takes/${id}.opus`,
          judgements: [{ file: `takes/${id}.json`, made_ms: said + 1000 }],
        });
      }
    });
  });
  const lines = (all: readonly object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'learners.jsonl'), lines(past.map((learner) => ({
    schema: 'euphone.learner/1', uuid: learner.uuid, name: learner.name, first_language: learner.first_language, made_ms: now - 41 * dayMs,
  }))));
  writeFileSync(join(folder, 'takes.jsonl'), lines(takes));
}

/** Makes a store with that past, where a program that is started with `env` looks for it. `folder`: for what comes between. */
export function fillStore(program: string, env: NodeJS.ProcessEnv, folder: string, now = Date.now()): void {
  const run = (...words: string[]): void => {
    execFileSync(program, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const documents = join(folder, 'documents');
  mkdirSync(documents, { recursive: true });
  run('analyze', '-m', join(samples, 'samples.tsv'), '-f', 'json', '-o', documents);
  writeExport(join(folder, 'export'), documents, now);
  run('store', 'init', '--unencrypted');
  run('store', 'import', join(folder, 'export'));
}
