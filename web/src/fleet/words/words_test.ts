import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

const { en } = await import('./en');
const others = { es: await import('./es'), ko: await import('./ko'), zh: await import('./zh') };

type Message = string | { one?: string; other: string };
const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const names = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(Object.entries(others))("the fleet's texts in %s", (_language, { words }) => {
  it('are all there, and nothing else', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.entries(en) as [keyof typeof en, Message][])('fill in the same values: %s', (key, english) => {
    const wanted = names(forms(english).at(-1)!);
    for (const form of forms(words[key])) {
      expect(form.trim()).not.toBe('');
      expect(names(form)).toEqual(wanted.filter((name) => name !== '{count}' || form.includes('{count}')));
      expect(form).not.toBe(english);
    }
  });
});
