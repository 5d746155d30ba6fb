import type { Lesson, LessonItem, Practice } from '../../api/records';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { forFirstLanguage } from './grouping';
import { hasSpelling, trains } from './trains';

export interface Found {
  text: string;
  address: string;
}

function having(lessons: readonly Lesson[], test: (item: LessonItem) => boolean): { lesson: Lesson; item: LessonItem }[] {
  return lessons.flatMap((lesson) => lesson.items.filter(test).map((item) => ({ lesson, item })));
}

/** A sentence that has this sound or word, another one each day; those for the learner's first language come before the rest. */
export function sentenceFor(
  one: Pick<Practice, 'kind' | 'what'>, lessons: readonly Lesson[], firstLanguage: string, day: number,
): Found | null {
  const own = lessons.filter((lesson) => forFirstLanguage(lesson.name, firstLanguage));
  const general = lessons.filter((lesson) => !/^l1-/.test(lesson.name));
  const word = new RegExp(`(^|[^a-z'])${one.what.replace(/[^a-z']/gi, '.')}($|[^a-z'])`, 'i');
  const tests: ((item: LessonItem) => boolean)[] = one.kind === 'word'
    ? [(item) => word.test(readable(item.text))]
    : [(item) => trains(item, one.what), (item) => hasSpelling(readable(item.text), one.what)];
  for (const test of tests) {
    for (const among of [own, general, lessons]) {
      const found = having(among, test);
      const { lesson, item } = found[day % Math.max(1, found.length)] ?? {};
      if (lesson && item) return { text: item.text, address: link('speak', lesson.name, item.id) };
    }
  }
  return one.kind === 'word' ? { text: one.what, address: `#/speak?text=${encodeURIComponent(one.what)}` } : null;
}
