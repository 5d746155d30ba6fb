import { t } from '../../i18n';

export default function Progress() {
  return (
    <section class="page">
      <h1>{t('nav_progress')}</h1>
    </section>
  );
}
