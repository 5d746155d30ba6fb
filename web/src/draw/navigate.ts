import type { Word } from '../api/analysis';
import type { Selection } from './tracks';

/** Words that can be chosen: those with something to hear. */
function heard(words: readonly Word[]): number[] {
  return words.flatMap((word, i) => (word.end_s > word.start_s ? [i] : []));
}

/** Where an arrow key leads; null: nowhere. */
export function moved(words: readonly Word[], from: Selection | null, key: string): Selection | null {
  const order = heard(words);
  if (order.length === 0) return null;
  if (!from) return { word: key === 'ArrowLeft' || key === 'End' ? order.at(-1)! : order[0]!, phone: null };
  const place = order.indexOf(from.word);
  switch (key) {
    case 'ArrowDown':
      return from.phone === null && words[from.word]!.phones.length > 0 ? { word: from.word, phone: 0 } : null;
    case 'ArrowUp':
      return from.phone === null ? null : { word: from.word, phone: null };
    case 'Home':
      return { word: order[0]!, phone: from.phone === null ? null : 0 };
    case 'End':
      return { word: order.at(-1)!, phone: from.phone === null ? null : words[order.at(-1)!]!.phones.length - 1 };
    case 'ArrowRight':
    case 'ArrowLeft':
      return beside(words, order, place, from, key === 'ArrowRight' ? 1 : -1);
    default:
      return null;
  }
}

function beside(words: readonly Word[], order: number[], place: number, from: Selection, step: 1 | -1): Selection | null {
  if (from.phone !== null) {
    const phone = from.phone + step;
    if (words[from.word]!.phones[phone]) return { word: from.word, phone };
  }
  const word = order[place + step];
  if (word === undefined) return null;
  if (from.phone === null) return { word, phone: null };
  return { word, phone: step === 1 ? 0 : Math.max(0, words[word]!.phones.length - 1) };
}

/** What lies at a moment: a sound of a word, or the word. */
export function atTime(words: readonly Word[], time: number, sounds: boolean): Selection | null {
  const word = words.findIndex((one) => time >= one.start_s && time < one.end_s);
  if (word < 0) return null;
  const phone = sounds ? words[word]!.phones.findIndex((one) => time >= one.start_s && time < one.end_s) : -1;
  return { word, phone: phone < 0 ? null : phone };
}
