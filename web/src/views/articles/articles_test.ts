import { describe, expect, it } from 'vitest';
import type { ArticleBrief } from '../../api/tutor';
import { addressOf } from '../../state/passages';
import { forLanguage, grouped, matches, related } from './grouping';

const sound = (arpabet: string, ipa: string) => ({ arpabet, ipa });
const th: ArticleBrief = { id: 'sound/th', kind: 'sound', title: '"th" as in think', sounds: [sound('TH', 'θ')], languages: [] };
const s: ArticleBrief = { id: 'sound/s', kind: 'sound', title: '"s" as in sun', sounds: [sound('S', 's')], languages: [] };
const pair: ArticleBrief = {
  id: 'contrast/s-th', kind: 'contrast', title: '"s" as in sink, "th" as in think', sounds: [sound('S', 's'), sound('TH', 'θ')], languages: ['de', 'ko'],
};
const korean: ArticleBrief = { id: 'language/ko', kind: 'language', title: 'Speakers of Korean', sounds: [], languages: ['ko'] };
const weak: ArticleBrief = { id: 'prosody/weak-forms', kind: 'prosody', title: 'Weak forms: small words made smaller', sounds: [], languages: [] };
const all = [pair, korean, weak, s, th];

describe('the articles', () => {
  it('stand by what they are about, those for the first language before all', () => {
    expect(grouped(all, '', 'ko-KR').map(([group, list]) => [group, list.map((one) => one.id)])).toEqual([
      ['for_you', ['language/ko', 'contrast/s-th']],
      ['sound', ['sound/s', 'sound/th']],
      ['contrast', ['contrast/s-th']],
      ['prosody', ['prosody/weak-forms']],
      ['language', ['language/ko']],
    ]);
    expect(grouped(all, '', '').map(([group]) => group)).not.toContain('for_you');
    expect(forLanguage([{ kind: 'language', languages: ['zh'] }], 'yue')).toHaveLength(1);
  });

  it('are found by words of the title, letters of a sound, and signs', () => {
    expect(grouped(all, 'SMALL weak', '').flatMap(([, list]) => list)).toEqual([weak]);
    expect(matches(th, '/θ/')).toBe(true);
    expect(matches(th, 'th')).toBe(true);
    expect(matches(s, 'θ')).toBe(false);
  });

  it('lead to one another', () => {
    expect(related(pair, all).map((one) => one.id)).toEqual(['sound/s', 'sound/th']);
    expect(related(th, all).map((one) => one.id)).toEqual(['contrast/s-th']);
    expect(related(korean, all).map((one) => one.id)).toEqual(['contrast/s-th']);
    expect(related(weak, all)).toEqual([]);
  });
});

it('a citation leads to where it stands', () => {
  expect(addressOf('contrast/s-th#when-th-is-said-as-s')).toBe('#/articles/contrast/s-th?part=when-th-is-said-as-s');
  expect(addressOf('sound/th')).toBe('#/articles/sound/th');
  expect(addressOf('lesson/everyday#hello')).toBe('#/speak/everyday/hello');
  expect(addressOf('note/5a1d3c40')).toBe('#/log/5a1d3c40');
});
