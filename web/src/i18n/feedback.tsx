/** What an analysis says, in the learner's language. */
import type { ComponentChild } from 'preact';
import type { Advice, Analysis, Finding, Focus, Phone, Place, Praise, Word } from '../api/analysis';
import { English } from '../ui/english';
import type { Key } from './catalogue';
import { en } from './en';
import { language, rich, t } from './index';
import { guideTo, howTo, isVowel } from './sound_guide';

export type Text = ComponentChild[];

export function wordOf(word: Word): ComponentChild {
  return <English strong>{word.shown}</English>;
}

/** “th”, or “i” (as in “sit”) where the letters alone do not tell which sound is meant. */
export function soundText(arpabet: string, inWord = ''): Text {
  const { letters, key } = guideTo(arpabet);
  const word = inWord.toLowerCase();
  const evident = !isVowel(arpabet) && word.includes(letters);
  if (evident || word === key || key === '') return rich('sound_plain', { letters: <English>{letters}</English> });
  return rich('sound_as_in', { letters: <English>{letters}</English>, key: <English>{key}</English> });
}

/** The sound that was heard instead; consonants of one letter need no example. */
export function heardText(heard: string, expected: string): Text {
  const guide = guideTo(heard);
  const plain = guide.letters.length === 1 && !isVowel(heard) && guide.letters !== guideTo(expected).letters;
  return soundText(heard, plain ? guide.letters : '');
}

export interface Substitute {
  said: string | null;
  dropped: boolean;
  unsure: boolean;
}

export function insteadOf(phone: Phone): Substitute {
  const claim = phone.diagnosis?.claim;
  return {
    said: phone.diagnosis ? phone.diagnosis.said : phone.heard_instead,
    dropped: claim ? claim === 'dropped' : phone.dropped,
    unsure: claim === 'not_sure',
  };
}

function soundMessage(kind: Focus['kind'], word: Word, phone: Phone): Text {
  const sound = soundText(phone.arpabet, word.shown);
  const shown = wordOf(word);
  if (kind === 'polish') return rich('focus_nearly', { sound, word: shown });
  const { said, dropped, unsure } = insteadOf(phone);
  if (unsure) return rich('focus_unsure', { sound, word: shown });
  if (dropped) return rich('focus_missing', { sound, word: shown });
  if (said === null) return rich('focus_unclear', { sound, word: shown });
  return rich('focus_sounded_like', { sound, word: shown, heard: heardText(said, phone.arpabet) });
}

/** That a sound went well, and where. */
export function soundWell(word: Word, phone: Phone): Text {
  return rich('praise_hard_sound', { sound: soundText(phone.arpabet, word.shown), word: wordOf(word) });
}

/** What was found of a sound that did not. */
export function soundFound(word: Word, phone: Phone): Text {
  return soundMessage('sound', word, phone);
}

/** Which part of the word should be strongest and which was, from 1; documents that were kept from before places had none. */
function stressParts({ syllables }: Word, place?: Place): { expected: number; heard: number } {
  const expected = place?.syllable ?? syllables.findIndex((syllable) => syllable.stress_expected === 1);
  const heard = place?.heard_syllable ?? syllables.findIndex((syllable) => syllable.stress_heard === 1);
  return { expected: Math.max(expected, 0) + 1, heard: Math.max(heard, 0) + 1 };
}

/** On the same matter at the same place. */
function adviceOn({ feedback }: Analysis, focus: Focus): Advice | undefined {
  return feedback.advice?.find(({ word, phone, place }) => word === focus.word && phone === focus.phone && place?.kind === focus.place?.kind);
}

/** Where one can read on; null: nowhere. */
export function articleOf(analysis: Analysis, focus: Focus): string | null {
  return adviceOn(analysis, focus)?.article ?? null;
}

/** The coach's words where it speaks of the same place, in its own language alone. */
function coached(analysis: Analysis, focus: Focus): string | undefined {
  const advice = adviceOn(analysis, focus);
  if (!advice || language.value !== 'en') return undefined;
  const { text, pair } = advice;
  return pair ? `${text} ${t('try_pair', { one: pair[0], other: pair[1] })}` : text;
}

type PlacedKey = 'focus_stress' | 'focus_unneeded_pause' | 'focus_pause_between' | 'focus_fall' | 'focus_rise';

export function focusText(analysis: Analysis, focus: Focus): { message: Text; hint: string } {
  const word = focus.word === null ? undefined : analysis.words[focus.word];
  const phone = focus.phone === null ? undefined : word?.phones[focus.phone];
  const plain = (kind: Exclude<Focus['kind'], 'sound' | 'polish'>, values: Record<string, ComponentChild> = {}) => ({
    message: rich(`focus_${kind}`, { word: word ? wordOf(word) : '', ...values }),
    hint: t(`focus_${kind}_how`),
  });
  const { place } = focus;
  const next = place?.next_word == null ? undefined : analysis.words[place.next_word];
  /** Of stress, phrasing and melody: the coach knows more than the catalogue, in its own language. */
  const placed = (key: PlacedKey, values: Record<string, ComponentChild> = {}, how: Key = `${key}_how` as Key) => ({
    message: rich(key, { word: word ? wordOf(word) : '', ...values }),
    hint: coached(analysis, focus) ?? t(how),
  });
  switch (focus.kind) {
    case 'sound':
    case 'polish':
      return word && phone
        ? { message: soundMessage(focus.kind, word, phone), hint: coached(analysis, focus) ?? howTo(phone.arpabet) }
        : { message: [focus.message], hint: focus.hint };
    case 'read_all': {
      const read = analysis.words.filter((one) => one.script_word !== null && one.error !== 'omitted' && one.error !== 'repeated');
      return plain('read_all', { read: read.length, all: analysis.text.words.length });
    }
    case 'stress':
      return placed('focus_stress', word ? stressParts(word, place) : {});
    case 'unneeded_pause': {
      const how = place?.kind === 'link' ? 'focus_link_how' : 'focus_unneeded_pause_how';
      return next ? placed('focus_pause_between', { next: wordOf(next) }, how) : placed('focus_unneeded_pause', {}, how);
    }
    case 'fall':
    case 'rise':
      return placed(`focus_${focus.kind}`);
    default:
      return plain(focus.kind);
  }
}

export function praiseText(analysis: Analysis, praise: Praise): Text {
  const word = praise.word === null ? undefined : analysis.words[praise.word];
  const phone = praise.phone === null ? undefined : word?.phones[praise.phone];
  if (praise.kind === 'all_clear' || praise.kind === 'complete') return [t(`praise_${praise.kind}`)];
  if (!word) return [praise.message];
  if (praise.kind === 'clear_word') return rich('praise_clear_word', { word: wordOf(word) });
  if (!phone) return [praise.message];
  return soundWell(word, phone);
}

/** A finding in the learner's language; the program's own words where it is a new one. */
export function findingText(finding: Pick<Finding, 'kind' | 'message' | 'advice'>): { message: string; advice: string } {
  const known = `finding_${finding.kind}` in en;
  return known
    ? { message: t(`finding_${finding.kind}` as Key), advice: t(`advice_${finding.kind}` as Key) }
    : { message: finding.message, advice: finding.advice };
}

/** A text with pieces of the page in it as plain text, for a screen reader to be told. */
export function plainText(pieces: ComponentChild): string {
  if (pieces === null || pieces === undefined || typeof pieces === 'boolean') return '';
  if (Array.isArray(pieces)) return pieces.map(plainText).join('');
  if (typeof pieces === 'object') return plainText((pieces as { props?: { children?: ComponentChild } }).props?.children);
  return String(pieces);
}
