import { computed, signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { stored } from '../state/stored';
import type { Catalogue, Key } from './catalogue';
import { en } from './en';
import type { Message } from './message';

export type { Key } from './catalogue';

export const languages = { en: 'English', es: 'Español', ko: '한국어', zh: '中文' } as const;
export type Language = keyof typeof languages;

/** What the learner has chosen; auto follows the browser. */
export const languageChoice = stored<Language | 'auto'>('language', 'auto');

/** The first of the wanted languages that there is, "es-MX" counting as "es". */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0] ?? '';
    if (primary in languages) return primary as Language;
  }
  return 'en';
}

const loaders: Record<Exclude<Language, 'en'>, () => Promise<{ catalogue: Catalogue; hints: Record<string, string> }>> = {
  es: () => import('./es'),
  ko: () => import('./ko'),
  zh: () => import('./zh'),
};

const wanted = computed<Language>(() =>
  languageChoice.value === 'auto' ? bestLanguage(navigator.languages ?? ['en']) : languageChoice.value,
);
/** The language of the texts that are there now: the wanted one once it was loaded. */
export const language = signal<Language>('en');
const catalogue = signal<Catalogue>(en);
/** How to make each sound; null: the English ones. */
export const localHints = signal<Record<string, string> | null>(null);

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

export async function loadLanguage(): Promise<void> {
  const next = wanted.value;
  if (next === 'en') {
    catalogue.value = en;
    localHints.value = null;
  } else {
    const loaded = await loaders[next]();
    if (wanted.value !== next) return;
    catalogue.value = loaded.catalogue;
    localHints.value = loaded.hints;
  }
  language.value = next;
  document.documentElement.lang = next;
  document.documentElement.dir = rightToLeft.has(next) ? 'rtl' : 'ltr';
}

export type Values = Record<string, string | number>;

function choose(message: Message, values: Values): string {
  if (typeof message === 'string') return message;
  const rule = new Intl.PluralRules(language.value).select(Number(values.count));
  return rule === 'one' && message.one !== undefined ? message.one : message.other;
}

function show(value: string | number): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language.value).format(value) : value;
}

/** A message in the learner's language, {names} replaced by values. */
export function said(message: Message, values: Values = {}): string {
  return choose(message, values).replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? show(values[name]!) : whole));
}

/** The text of this name, likewise. */
export function t(key: Key, values: Values = {}): string {
  return said(catalogue.value[key], values);
}

/** The same where a value is a piece of the page. */
export function rich(key: Key, values: Record<string, ComponentChild>): ComponentChild[] {
  const text = choose(catalogue.value[key], {});
  return text.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name !== undefined && name in values ? values[name] : part;
  });
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function decimal(value: number, digits = 1): string {
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

export function megabytes(value: number): string {
  return new Intl.NumberFormat(language.value, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }).format(value);
}

/** "Ana, Ben and Kim". */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(language.value).format(items);
}

/** A day that counts from 1970. */
export function dayName(day: number): string {
  const format = new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(day * 86_400_000);
}

/** Names of languages in the learner's language. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([language.value], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
