import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { t } from '../i18n';
import { pairingNeeded } from '../state/device';
import { loadLearners } from '../state/learner';

/** Where the program serves a network: a code that its own screen shows. */
export function Pair() {
  const [code, setCode] = useState('');
  const [message, setMessage] = useState('');
  const connect = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await api.pair(code);
      pairingNeeded.value = false;
      await loadLearners();
    } catch {
      setMessage(t('pair_wrong'));
    }
  };
  const showCode = (): void => {
    api.pair('').then(() => setMessage(t('pair_shown')), (error: Error) => setMessage(error.message));
  };
  return (
    <section class="page narrow">
      <h1>{t('pair_title')}</h1>
      <p class="lead">{t('pair_why')}</p>
      <form class="form" onSubmit={(event) => void connect(event)}>
        <label>
          {t('pair_code')}
          <input
            class="code" inputMode="numeric" autocomplete="one-time-code" required value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <p role="status">{message}</p>
        <div class="row">
          <button class="button primary" type="submit">{t('pair_button')}</button>
          <button class="button" type="button" onClick={showCode}>{t('pair_show')}</button>
        </div>
      </form>
    </section>
  );
}
