import { api } from '../../api/client';
import type { Lesson } from '../../api/records';

/** What is read at a time: an item of a lesson, or a sentence of one's own text. */
export interface Item {
  text: string;
  note: string;
  /** Both empty for one's own text. */
  lesson: string;
  item: string;
  recorded: boolean;
}

/** Items in the order in which they are practised. */
export interface Course {
  title: string;
  /** Empty for one's own text. */
  lesson: string;
  items: Item[];
}

export function courseOf(lesson: Lesson): Course {
  return {
    title: lesson.title,
    lesson: lesson.name,
    items: lesson.items.map((item) => ({
      text: item.text, note: item.note, lesson: lesson.name, item: item.id, recorded: item.recorded,
    })),
  };
}

/** Sentences of a text, by its punctuation. */
export function sentencesOf(text: string): string[] {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean === '' ? [] : (clean.match(/.*?[.!?…]+["'”’)\]]*(?=\s|$)|.+$/g) ?? [clean]).map((one) => one.trim()).filter(Boolean);
}

export function courseOfText(text: string, title: string): Course {
  return {
    title,
    lesson: '',
    items: sentencesOf(text).map((sentence) => ({ text: sentence, note: '', lesson: '', item: '', recorded: false })),
  };
}

/** What a session is started with. */
export function startOf(item: Item): { text: string } | { lesson: string; item: string } {
  return item.lesson ? { lesson: item.lesson, item: item.item } : { text: item.text };
}

/** How it should sound. */
export function modelAudio(item: Item, slow: boolean): Promise<Blob> {
  return item.lesson ? api.itemAudio(item.lesson, item.item, slow) : api.reference(item.text, { slow });
}
