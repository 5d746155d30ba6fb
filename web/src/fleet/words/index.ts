import { signal } from '@preact/signals';
import { language, said, type Language, type Values } from '../../i18n';
import type { Message } from '../../i18n/message';
import { en } from './en';

export type Key = keyof typeof en;
/** The page's texts in one language. */
export type Words = Record<Key, Message>;

const loaders: Record<Exclude<Language, 'en'>, () => Promise<{ words: Words }>> = {
  es: () => import('./es'),
  ko: () => import('./ko'),
  zh: () => import('./zh'),
};
const words = signal<Words>(en);

export async function loadWords(): Promise<void> {
  const wanted = language.value;
  const loaded = wanted === 'en' ? en : (await loaders[wanted]()).words;
  if (language.value === wanted) words.value = loaded;
}

/** A text of the fleet's page. */
export function w(key: Key, values: Values = {}): string {
  return said(words.value[key], values);
}
