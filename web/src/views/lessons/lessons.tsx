import { t } from '../../i18n';

export default function Lessons() {
  return (
    <section class="page">
      <h1>{t('nav_lessons')}</h1>
    </section>
  );
}
