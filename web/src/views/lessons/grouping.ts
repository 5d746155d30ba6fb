/** What a lesson trains, by its name, and which lessons come first for whom. */
import type { LessonBrief } from '../../api/records';

export type Group = 'for_you' | 'sounds' | 'stress' | 'melody' | 'everyday' | 'own' | 'others';
export const groupOrder: readonly Group[] = ['for_you', 'own', 'sounds', 'stress', 'melody', 'everyday', 'others'];

/** "l1-ko" is for those who speak Korean first; "zh-TW" and "yue" count as Chinese. */
export function forFirstLanguage(lesson: string, firstLanguage: string): boolean {
  const primary = firstLanguage.toLowerCase().split('-')[0] ?? '';
  return primary !== '' && lesson === `l1-${primary === 'yue' ? 'zh' : primary}`;
}

/** The language of "l1-ko"; null: for all. */
export function meantFor(lesson: string): string | null {
  return /^l1-([a-z]{2,3})$/.exec(lesson)?.[1] ?? null;
}

export function groupOf(lesson: Pick<LessonBrief, 'name' | 'own'>, firstLanguage: string): Group {
  if (lesson.own) return 'own';
  if (forFirstLanguage(lesson.name, firstLanguage)) return 'for_you';
  if (/^(l1-|minimal-pairs)/.test(lesson.name)) return 'sounds';
  if (lesson.name.startsWith('stress')) return 'stress';
  if (lesson.name.startsWith('intonation')) return 'melody';
  return lesson.name.startsWith('everyday') ? 'everyday' : 'others';
}

/** Groups that have a lesson. Within one those for everybody stand first, then by title. */
export function grouped<T extends LessonBrief>(lessons: readonly T[], firstLanguage: string): [Group, T[]][] {
  const sorted = [...lessons].sort((one, other) =>
    Number(meantFor(one.name) !== null) - Number(meantFor(other.name) !== null) || one.title.localeCompare(other.title));
  return groupOrder
    .map((group): [Group, T[]] => [group, sorted.filter((lesson) => groupOf(lesson, firstLanguage) === group)])
    .filter(([, found]) => found.length > 0);
}
