import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ExportFormat } from '../../api/records';
import { t, type Key } from '../../i18n';
import { announce } from '../../state/announce';
import { chosen, eraseChosen, learnerId, welcomed } from '../../state/learner';
import { letWatch } from '../../state/room';
import { reports } from '../../state/reports';
import { forgetStored } from '../../state/stored';
import { Icon } from '../../ui/icon';

const downloads: [ExportFormat, Key][] = [
  ['archive.zip', 'export_archive'], ['takes.csv', 'export_takes'], ['sounds.csv', 'export_sounds'], ['deck.apkg', 'export_deck'],
];

function Export({ learner }: { learner: string }) {
  return (
    <>
      <h3>{t('export_title')}</h3>
      <p class="downloads">
        {downloads.map(([format, label]) => (
          <a key={format} class="button small" download href={api.exportAddress(learner, format)}><Icon name="download" />{t(label)}</a>
        ))}
      </p>
    </>
  );
}

function LetWatch() {
  return (
    <label class="choice">
      <input type="checkbox" checked={letWatch.value} onChange={(event) => { letWatch.value = event.currentTarget.checked; }} />
      <span class="choice-text">{t('let_watch')}<small>{t('let_watch_means')}</small></span>
    </label>
  );
}

/** Two presses: nobody loses everything by a slip. */
function Erase() {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState('');
  const name = chosen.value?.name || t('someone');
  const erase = async (): Promise<void> => {
    try {
      await eraseChosen();
      welcomed.value = false;
      announce(t('erase_done'));
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <div>
      {!asking && <button type="button" class="button" onClick={() => setAsking(true)}><Icon name="trash" />{t('erase', { name })}</button>}
      {asking && (
        <div class="notice" role="alertdialog" aria-labelledby="erase-sure">
          <p id="erase-sure">{t('erase_sure', { name })}</p>
          <div class="row">
            <button type="button" class="button primary" onClick={() => void erase()}>{t('erase_yes')}</button>
            <button type="button" class="button" onClick={() => setAsking(false)}>{t('cancel')}</button>
          </div>
        </div>
      )}
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
    </div>
  );
}

async function forgetBrowser(): Promise<void> {
  forgetStored();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  location.reload();
}

export function Privacy() {
  const learner = learnerId.value;
  return (
    <section>
      <h2>{t('set_privacy')}</h2>
      <p>{t('privacy_lead')}</p>
      <p>{t(learner ? 'privacy_kept' : 'privacy_not_kept')}</p>
      <p>{t('privacy_browser')} {reports.value.length > 0 && t('reports_count', { count: reports.value.length })}</p>
      <LetWatch />
      {learner && <Export learner={learner} />}
      <div class="row">
        {chosen.value && <Erase />}
        <button type="button" class="button" onClick={() => void forgetBrowser()}>{t('erase_browser')}</button>
      </div>
    </section>
  );
}
