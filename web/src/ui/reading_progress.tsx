import type { Assignment } from '../api/classroom';
import { t } from '../i18n';
import { Icon } from './icon';

/** How much of a lesson that was set is read, as a bar and in words. */
export function ReadingProgress({ assignment }: { assignment: Assignment }) {
  const { items, read, done } = assignment;
  if (items === 0) return <span class="quiet small">{t('assignment_gone')}</span>;
  return (
    <span class="reading-progress">
      <progress max={items} value={read} aria-label={t('assignment_bar', { read, items })} />
      <span>{done ? <><Icon name="check" />{t('assignment_done')}</> : t('assignment_count', { read, items })}</span>
    </span>
  );
}
