import { t } from '../../i18n';

export default function Teacher() {
  return (
    <section class="page">
      <h1>{t('nav_teacher')}</h1>
    </section>
  );
}
