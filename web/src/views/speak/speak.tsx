import { t } from '../../i18n';

export default function Speak() {
  return (
    <section class="page">
      <h1>{t('nav_speak')}</h1>
    </section>
  );
}
