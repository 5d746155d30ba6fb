import { t } from '../../i18n';

export default function Settings() {
  return (
    <section class="page">
      <h1>{t('nav_settings')}</h1>
    </section>
  );
}
