/** Which articles stand where, and which of them have to do with one another. */
import type { ArticleBrief, ArticleKind } from '../../api/tutor';

export type Group = 'for_you' | ArticleKind;
const kinds: readonly ArticleKind[] = ['sound', 'contrast', 'prosody', 'language'];

/** "zh-TW" and "yue" count as Chinese. */
export function primary(language: string): string {
  const tag = language.toLowerCase().split('-')[0] ?? '';
  return tag === 'yue' ? 'zh' : tag;
}

/** What is usual for those who speak this language first: its own article, then the rest. */
export function forLanguage<T extends Pick<ArticleBrief, 'kind' | 'languages'>>(articles: readonly T[], language: string): T[] {
  const tag = primary(language);
  if (tag === '') return [];
  const usual = articles.filter((article) => article.languages.includes(tag));
  return [...usual.filter((article) => article.kind === 'language'), ...usual.filter((article) => article.kind !== 'language')];
}

/** Words that all stand in the title or the sounds, in any order. */
export function matches(article: Pick<ArticleBrief, 'title' | 'sounds'>, search: string): boolean {
  const text = `${article.title} ${article.sounds.map((sound) => `${sound.arpabet} /${sound.ipa}/`).join(' ')}`.toLowerCase();
  return search.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
}

/** Groups that hold something. Within a kind they stand as the program lists them. */
export function grouped<T extends ArticleBrief>(articles: readonly T[], search: string, language: string): [Group, T[]][] {
  const found = articles.filter((article) => matches(article, search));
  const own = forLanguage(found, language);
  const all: [Group, T[]][] = [['for_you', own], ...kinds.map((kind): [Group, T[]] => [kind, found.filter((article) => article.kind === kind)])];
  return all.filter(([, list]) => list.length > 0);
}

/** The sounds of a pair; pairs that hold a sound; what is usual for a language. */
export function related<T extends ArticleBrief>(article: ArticleBrief, all: readonly T[]): T[] {
  const names = new Set(article.sounds.map((sound) => sound.arpabet));
  const shares = (other: T): boolean => other.sounds.some((sound) => names.has(sound.arpabet));
  const others = all.filter((other) => other.id !== article.id);
  switch (article.kind) {
    case 'contrast':
      return others.filter((other) => other.kind === 'sound' && shares(other));
    case 'sound':
      return others.filter((other) => other.kind === 'contrast' && shares(other));
    case 'language':
      return others.filter((other) => other.kind !== 'sound' && other.languages.includes(article.languages[0] ?? ''));
    case 'prosody':
      return others.filter((other) => other.kind === 'sound' && shares(other));
  }
}
