import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { t } from '../../i18n';
import { learners } from '../../state/learner';
import { Icon } from '../../ui/icon';

/** A learner's own telephone or computer is let in: it sees this learner's things and nobody else's. */
export function Invite() {
  const [learner, setLearner] = useState('');
  const [told, setTold] = useState<{ code: string; name: string } | null>(null);
  const [failure, setFailure] = useState('');
  const invite = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTold(null);
    setFailure('');
    try {
      const { code } = await api.invite(learner);
      setTold({ code, name: learners.value.find((one) => one.id === learner)?.name ?? '' });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <section class="card invite">
      <h2>{t('invite_title')}</h2>
      <p class="quiet">{t('invite_means', { address: location.origin })}</p>
      <form class="row" onSubmit={(event) => void invite(event)}>
        <select required aria-label={t('class_learner')} value={learner} onChange={(event) => setLearner(event.currentTarget.value)}>
          <option value="">{t('invite_whose')}</option>
          {learners.value.map((one) => <option key={one.id} value={one.id}>{one.name || t('someone')}</option>)}
        </select>
        <button type="submit" class="button" disabled={!learner}><Icon name="plus" />{t('invite_make')}</button>
      </form>
      <div role="status">
        {told && <p class="invite-code"><strong class="code">{told.code}</strong> <small>{t('invite_good', { name: told.name || t('someone') })}</small></p>}
        {failure && <p>{t('failed', { why: failure })}</p>}
      </div>
    </section>
  );
}
