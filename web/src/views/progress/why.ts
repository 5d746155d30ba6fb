import type { Practice } from '../../api/records';

export type Why = 'new' | 'weak' | 'due';

/** Why something should be practised now; null: it need not be. */
export function whyOf(one: Practice): Why | null {
  if (one.reviews <= 1) return 'new';
  if (one.last_mean < 70) return 'weak';
  return one.due ? 'due' : null;
}

/** What comes next: what is due and what is hard before what was heard once only, each as the scheduler orders it. */
export function comesNext(practice: readonly Practice[], most: number): { one: Practice; why: Why }[] {
  const all = practice.flatMap((one) => {
    const why = whyOf(one);
    return why ? [{ one, why }] : [];
  });
  const known = all.filter(({ why }) => why !== 'new');
  return [...known, ...all.filter(({ why }) => why === 'new')].slice(0, most);
}
