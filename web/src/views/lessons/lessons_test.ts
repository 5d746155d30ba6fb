import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lesson, LessonItem } from '../../api/records';
import { en } from '../../i18n/en';
import { sentenceFor } from './find_sentence';
import { groupOf, grouped, meantFor } from './grouping';
import { titleFrom, typeOf } from './lesson_file';
import { trains } from './trains';

const folder = new URL('../../../../packs/en-us/lessons/', import.meta.url);

/** The packs of this repository, as the program lists them. */
const packs: Lesson[] = readdirSync(folder).map((file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).slice(1);
  const items = lines.map((line): LessonItem => {
    const [id = '', text = '', note = ''] = line.split('\t');
    return { id, text, note, recorded: false, speaker: '', licence: '' };
  });
  return { name: file.replace('.tsv', ''), title: file, language: 'en-US', items };
});
const briefs = packs.map((pack) => ({ ...pack, items: pack.items.length }));

describe('the lessons that come with the program', () => {
  it('have a place and a title each', () => {
    for (const { name } of packs) {
      expect(groupOf({ name }, '')).not.toBe('others');
      if (meantFor(name) === null) expect(en).toHaveProperty(`lesson_${name.replaceAll('-', '_')}`);
    }
  });

  it('say which sounds they train', () => {
    const unknown = packs.filter(({ name }) => /^(l1-|minimal-pairs)/.test(name)).flatMap(({ items }) => items)
      .filter((item) => !['TH', 'S', 'DH', 'Z', 'IH', 'NG', 'W', 'V', 'R', 'L', 'T', 'P', 'B', 'F', 'AE', 'EH', 'AH', 'AA', 'AO', 'OW', 'ER', 'HH', 'D', 'JH', 'CH', 'SH']
        .some((sound) => trains(item, sound)));
    expect(new Set(unknown.map((item) => item.id.replace(/-\d+$/, '')))).toEqual(new Set(['no-vowel', 'stress']));
  });
});

describe('lessons', () => {
  it('begin with the one for the first language, which changes nothing else', () => {
    expect(grouped(briefs, 'ko')[0]).toEqual(['for_you', [expect.objectContaining({ name: 'l1-ko' })]]);
    expect(grouped(briefs, '')[0]![0]).toBe('sounds');
    expect(grouped(briefs, 'zh-TW')[0]![1][0]!.name).toBe('l1-zh');
    expect(grouped(briefs, 'yue')[0]![1][0]!.name).toBe('l1-zh');
    expect(grouped(briefs, 'ko').flatMap(([, found]) => found)).toHaveLength(packs.length);
  });

  it('of one’s own stand together', () => {
    expect(groupOf({ name: 'l1-ko', own: true }, 'ko')).toBe('own');
  });

  it('are read from files of three kinds', () => {
    expect(typeOf('Book.EPUB')).toBe('application/epub+zip');
    expect(typeOf('a.b.tsv')).toBe('text/tab-separated-values');
    expect(typeOf('song.mp3')).toBeNull();
    expect(titleFrom('my_first-text.txt')).toBe('my first text');
  });
});

describe('a sentence to practise', () => {
  it('has the sound, and comes from the lesson for the first language where it can', () => {
    const found = sentenceFor({ kind: 'sound', what: 'TH' }, packs, 'ko', 0)!;
    expect(found.address).toMatch(/^#\/speak\/l1-ko\/th-s-/);
    expect(sentenceFor({ kind: 'sound', what: 'TH' }, packs, '', 0)!.address).toMatch(/minimal-pairs/);
  });

  it('is another one the next day', () => {
    const [one, other] = [0, 1].map((day) => sentenceFor({ kind: 'sound', what: 'R' }, packs, 'ja', day)!.text);
    expect(one).not.toBe(other);
  });

  it('is there for every sound', () => {
    const sounds = 'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');
    for (const what of sounds) expect([what, sentenceFor({ kind: 'sound', what }, packs, 'es', 3)]).not.toEqual([what, null]);
  });

  it('has the word, as a whole; a word in no lesson is said alone', () => {
    expect(sentenceFor({ kind: 'word', what: 'bath' }, packs, '', 0)!.text).toMatch(/\bbath\b/i);
    expect(sentenceFor({ kind: 'word', what: "don't" }, packs, '', 0)!.text).toMatch(/don't/i);
    expect(sentenceFor({ kind: 'word', what: 'smithtown' }, packs, '', 0)).toEqual({ text: 'smithtown', address: '#/speak?text=smithtown' });
  });
});
