import { link } from './router';

/** Where a passage that an answer cites can be read: "contrast/s-th#about", "lesson/everyday#hello", "note/TAKE". */
export function addressOf(passage: string): string {
  const [id = '', part = ''] = passage.split('#');
  const [kind = '', ...name] = id.split('/');
  if (kind === 'lesson') return part ? link('speak', name.join('/'), part) : link('lessons', name.join('/'));
  if (kind === 'note') return link('log', name.join('/'));
  return link('articles', kind, ...name) + (part ? `?part=${encodeURIComponent(part)}` : '');
}
