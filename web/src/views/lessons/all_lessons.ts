import { api } from '../../api/client';
import type { Lesson } from '../../api/records';

/** Every lesson with its sentences; one that cannot be read is left out. */
export async function allLessons(): Promise<Lesson[]> {
  const briefs = await api.lessons();
  const loaded = await Promise.all(briefs.map((brief) => api.lesson(brief.name).catch(() => null)));
  return loaded.filter((lesson) => lesson !== null);
}
