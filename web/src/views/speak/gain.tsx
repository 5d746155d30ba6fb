import { t } from '../../i18n';

/** How much better, as an arrow and in words. Less than three points is no difference. */
export function Gain({ points }: { points: number | null }) {
  if (points === null) return null;
  const way = points >= 3 ? 'better' : points <= -3 ? 'lower' : 'same';
  const path = way === 'better' ? 'M4 17C10 17 13 14 19 6M13 6h6v6' : way === 'lower' ? 'M4 8C10 8 13 11 19 17M13 17h6v-6' : 'M4 12h15M14 7l5 5-5 5';
  return (
    <p class={`gain ${way}`}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
      {way === 'same' ? t('same') : t(way, { count: Math.abs(points) })}
    </p>
  );
}
