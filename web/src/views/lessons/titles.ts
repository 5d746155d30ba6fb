import type { LessonBrief } from '../../api/records';
import { languageName, t, type Key } from '../../i18n';
import { en } from '../../i18n/en';
import { meantFor } from './grouping';

/** The title in the learner's language where the lesson comes with the program; else as its writer gave it. */
export function titleOf(lesson: Pick<LessonBrief, 'name' | 'title' | 'own'>): string {
  if (lesson.own) return lesson.title || lesson.name;
  const language = meantFor(lesson.name);
  if (language) return t('lesson_for', { language: languageName(language) });
  const key = `lesson_${lesson.name.replaceAll('-', '_')}`;
  return key in en ? t(key as Key) : lesson.title || lesson.name;
}
