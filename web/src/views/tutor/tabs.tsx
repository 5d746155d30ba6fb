import { t } from '../../i18n';
import { link, viewName } from '../../state/router';

const parts = [
  ['tutor', 'tutor_ask'],
  ['practice', 'nav_practice'],
  ['articles', 'nav_articles'],
] as const;

/** What the tutor can do: answer, practise, be read. */
export function TutorTabs() {
  return (
    <nav class="tutor-tabs" aria-label={t('nav_tutor')}>
      {parts.map(([name, key]) => (
        <a key={name} href={link(name)} aria-current={viewName.value === name ? 'page' : undefined}>{t(key)}</a>
      ))}
    </nav>
  );
}
