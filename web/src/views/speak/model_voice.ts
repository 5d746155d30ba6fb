import type { Analysis, Span } from '../../api/analysis';
import { api } from '../../api/client';
import { decode, part, type Sound } from '../../audio/sound';
import { findWord, type SentenceResult } from './attempt';
import type { Item } from './item';

/** How a sentence should sound. `analysis`: null where the program does not say what is where. */
export interface ModelVoice {
  sound: Sound;
  analysis: Analysis | null;
}

const most = 24;
const known = new Map<string, Promise<ModelVoice>>();

async function load(text: string, item: Item | null): Promise<ModelVoice> {
  // The recording of a lesson is that of the item as a whole.
  const recorded = item !== null && item.recorded && item.text === text;
  const what = recorded ? { lesson: item.lesson, item: item.item } : { text };
  const [file, analysis] = await Promise.all([
    recorded ? api.itemAudio(item.lesson, item.item, false) : api.reference(text),
    api.referenceAnalysis(what).catch(() => null),
  ]);
  return { sound: await decode(file), analysis };
}

/** The model of one sentence; asked for once. */
export function modelVoice(text: string, item: Item | null): Promise<ModelVoice> {
  const key = `${item?.lesson ?? ''}\n${item?.item ?? ''}\n${text}`;
  const before = known.get(key);
  if (before) return before;
  const loading = load(text, item);
  known.set(key, loading);
  loading.catch(() => known.delete(key));
  if (known.size > most) known.delete(known.keys().next().value!);
  return loading;
}

const around = 0.03;

export function ownPart({ sound }: SentenceResult, span: Span): Sound {
  return part(sound, span.start_s - around, span.end_s + around);
}

/** The model's word or sound; null where it is not known where it is. */
export function modelPart(voice: ModelVoice, result: SentenceResult, word: number, phone: number | null): Sound | null {
  const own = result.analysis.words[word];
  const model = voice.analysis && own ? findWord(voice.analysis, own.script_word) : undefined;
  const span = phone === null ? model : model?.phones[phone];
  if (!model || !span) return null;
  if (phone !== null && model.phones.length !== own!.phones.length) return null;
  return part(voice.sound, span.start_s - around, span.end_s + around);
}

/** The same for a word where times are not known: the voice says it anew, as it sounds in the sentence. */
export async function modelWord(voice: ModelVoice, result: SentenceResult, word: number): Promise<Sound> {
  const known = modelPart(voice, result, word, null);
  if (known) return known;
  const script = result.analysis.words[word]?.script_word;
  const text = result.analysis.text.original;
  const spelled = script == null ? undefined : result.analysis.text.words[script]?.text;
  return decode(await api.reference(text, spelled === undefined ? {} : { word: spelled }));
}
