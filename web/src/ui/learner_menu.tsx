import { t } from '../i18n';
import { access } from '../state/device';
import { chooseLearner, chosen, learners, welcomed } from '../state/learner';

const another = '+';

/** Who is learning: several may share one device. */
export function LearnerMenu() {
  const now = chosen.value;
  // A device of one learner's.
  if (access.value.learner !== null) return now && <span class="learner-name">{now.name || t('someone')}</span>;
  const all = learners.value;
  const change = (id: string): void => {
    if (id === another) welcomed.value = false;
    else chooseLearner(id);
  };
  return (
    <label class="switch">
      <span class="hidden">{t('learner_menu')}</span>
      <select value={now?.id ?? ''} onChange={(event) => change(event.currentTarget.value)}>
        {!now?.id && <option value="">{now?.name || t(now ? 'someone' : 'nobody_chosen')}</option>}
        {all.map((learner) => (
          <option key={learner.id} value={learner.id}>{learner.name || t('someone')}</option>
        ))}
        <option value={another}>{t('add_learner')}</option>
      </select>
    </label>
  );
}
