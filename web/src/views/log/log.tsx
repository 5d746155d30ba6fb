import { t } from '../../i18n';

export default function Log() {
  return (
    <section class="page">
      <h1>{t('nav_log')}</h1>
    </section>
  );
}
