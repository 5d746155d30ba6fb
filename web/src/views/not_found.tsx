import { t } from '../i18n';
import { link } from '../state/router';

export function NotFound() {
  return (
    <section class="page">
      <h1>{t('not_found')}</h1>
      <p><a href={link('speak')}>{t('to_start')}</a></p>
    </section>
  );
}
