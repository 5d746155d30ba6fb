import { t } from '../i18n';
import { access } from '../state/device';
import { link, viewName } from '../state/router';
import { views } from '../views';
import { Icon } from './icon';

export function Nav() {
  return (
    <nav class="nav" aria-label={t('main_menu')}>
      <ul>
        {views.filter((view) => view.name !== 'teacher' || access.value.learner === null).map((view) => (
          <li key={view.name}>
            <a href={link(view.name)} aria-current={viewName.value === view.name ? 'page' : undefined}>
              <Icon name={view.icon} />
              <span>{t(view.title)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
