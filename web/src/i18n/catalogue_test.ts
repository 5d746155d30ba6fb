import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

const { bestLanguage } = await import('./index');
const { en } = await import('./en');
const { guidedSounds } = await import('./sound_guide');
const others = { es: await import('./es'), ko: await import('./ko'), zh: await import('./zh') };

type Message = string | { one?: string; other: string };
const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const names = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

/** The same in every language, on purpose. */
const same = new Set(['word_status', 'score_give', 'out_of', 'sound_plain']);

describe.each(Object.entries(others))('the texts in %s', (_language, { catalogue, hints }) => {
  it('are all there, and nothing else', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.entries(en) as [keyof typeof en, Message][])('fill in the same values: %s', (key, english) => {
    const wanted = names(forms(english).at(-1)!);
    for (const form of forms(catalogue[key])) {
      expect(form.trim()).not.toBe('');
      expect(names(form)).toEqual(wanted.filter((name) => name !== '{count}' || form.includes('{count}')));
      if (!same.has(key)) expect(form).not.toBe(english);
    }
  });

  it('tell how to make every sound', () => {
    expect(Object.keys(hints).sort()).toEqual([...guidedSounds].sort());
  });
});

it('takes the first language that there is', () => {
  expect(bestLanguage(['fr-FR', 'ko-KR', 'en'])).toBe('ko');
  expect(bestLanguage(['zh-Hant-TW'])).toBe('zh');
  expect(bestLanguage(['fi'])).toBe('en');
});
