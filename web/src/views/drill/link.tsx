import { t } from '../../i18n';
import { learnerId } from '../../state/learner';
import { link } from '../../state/router';
import { Icon } from '../../ui/icon';
import '../../style/tutor.css';

/** The way to the exercises that are made for who learns here; nothing where nobody does. */
export function ToExercises() {
  if (!learnerId.value) return null;
  return (
    <section class="card to-drill" aria-label={t('nav_practice')}>
      <p>{t('drill_lead')}</p>
      <a class="button primary" href={link('practice')}><Icon name="target" />{t('nav_practice')}</a>
    </section>
  );
}
