import { t } from '../i18n';
import { access } from '../state/device';
import { inbox } from '../state/inbox';
import { link, viewName } from '../state/router';
import { menuName, views } from '../views';
import { Icon } from './icon';

/** How much is new. */
function Badge({ count }: { count: number }) {
  return <span class="badge"><span aria-hidden="true">{count}</span><span class="hidden"> ({t('comments_badge', { count })})</span></span>;
}

/** The page itself, or the part of the menu that it belongs to. */
function current(name: string): 'page' | 'true' | undefined {
  if (viewName.value === name) return 'page';
  return menuName(viewName.value) === name ? 'true' : undefined;
}

export function Nav() {
  return (
    <nav class="nav" aria-label={t('main_menu')}>
      <ul>
        {views.filter((view) => !view.under && (view.name !== 'teacher' || access.value.learner === null)).map((view) => (
          <li key={view.name}>
            <a href={link(view.name)} aria-current={current(view.name)}>
              <Icon name={view.icon} />
              <span>{t(view.title)}</span>
              {view.name === 'log' && inbox.value.length > 0 && <Badge count={inbox.value.length} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
