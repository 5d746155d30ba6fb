import { decimal, t } from '../i18n';

/** A score, with how sure it is; in words for those who do not see it. */
export function ScoreNumber({ value, uncertainty = null, large = false }: { value: number | null; uncertainty?: number | null; large?: boolean }) {
  if (value === null) return <span class={`score-number none${large ? ' large' : ''}`} title={t('no_score')}>–<span class="hidden"> {t('no_score')}</span></span>;
  return (
    <span class={`score-number${large ? ' large' : ''}`}>
      {decimal(value, 0)}
      {uncertainty !== null && <small> {t('score_give', { points: decimal(uncertainty, 0) })}</small>}
    </span>
  );
}
