import { useState } from 'preact/hooks';
import { decimal, t } from '../../i18n';
import { Icon } from '../../ui/icon';
import { hub } from '../api';
import { waitsForApproval } from '../figures';
import { Ago, Bar, Confirm, Failure, StateMark } from '../parts';
import type { Rollout, Stage } from '../records';
import { may } from '../session';
import { usePolled } from '../use_polled';
import { Rules, WaveMap } from '../wave_map';
import { w } from '../words';

type Word = 'approve' | 'pause' | 'resume' | 'abort';

/** What an operator may say of it now. */
function words(rollout: Rollout): Word[] {
  const ended = ['completed', 'aborted', 'halted'].includes(rollout.state);
  const all: [Word, boolean][] = [
    ['approve', waitsForApproval(rollout) > 0],
    ['pause', !ended && rollout.state !== 'paused'],
    ['resume', rollout.state === 'paused'],
    ['abort', !ended],
  ];
  return all.filter(([word, sense]) => sense && may(`rollouts.${word}`)).map(([word]) => word);
}

function Say({ rollout, word, onClose, said }: { rollout: Rollout; word: Word; onClose: () => void; said: () => void }) {
  const [reason, setReason] = useState('');
  const id = rollout.rollout;
  const wave = waitsForApproval(rollout);
  const act = async (): Promise<void> => {
    if (word === 'approve') await hub.approve(id, wave);
    else if (word === 'abort') await hub.abort(id, reason.trim());
    else await hub[word](id);
    said();
  };
  const values = { rollout: id, wave };
  return (
    <Confirm title={w(word, values)} text={w(`${word}_ask`, values)} button={w(word, values)} onClose={onClose} act={act}>
      {word === 'abort' && (
        <label>
          {w('reason')}
          <input maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
      )}
    </Confirm>
  );
}

function InStage({ id, stage }: { id: string; stage: Stage }) {
  const { value, failure } = usePolled(() => hub.inStage(id, stage), 5000, [id, stage]);
  const devices = value?.of_devices ?? [];
  return (
    <section class="in-stage" aria-live="polite">
      <h3>{w('in_stage', { stage: w(`stage_${stage}`) })}</h3>
      <Failure failure={failure} />
      {value && (
        <table class="table sound-table">
          <thead>
            <tr><th scope="col">{w('device')}</th><th scope="col">{w('in_wave')}</th><th scope="col">{w('attempt')}</th><th scope="col">{w('why')}</th></tr>
          </thead>
          <tbody>
            {devices.map((one) => (
              <tr key={one.device}>
                <th scope="row"><a href={`#/devices/${one.device}`}>{one.device}</a></th>
                <td data-label={w('in_wave')}>{one.wave}</td>
                <td data-label={w('attempt')}>{one.attempt}</td>
                <td data-label={w('why')}>{one.reason || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {value?.more && <p class="quiet">…</p>}
    </section>
  );
}

function Head({ rollout, say }: { rollout: Rollout; say: (word: Word) => void }) {
  return (
    <section class="card">
      <p class="rollout-state">
        <StateMark state={rollout.state} />{' '}
        <strong>{rollout.bundle} {rollout.version}</strong>{' '}
        {w('wave_of', { wave: rollout.wave, waves: rollout.waves })}
      </p>
      {rollout.reason && <p class="notice bad">{rollout.reason}</p>}
      {rollout.plan?.note && <p>{rollout.plan.note}</p>}
      <p>
        {w('progress_line', { succeeded: decimal(rollout.succeeded, 0), devices: decimal(rollout.devices, 0), errors: decimal(rollout.errors, 0) })}
        <Bar share={rollout.devices > 0 ? rollout.succeeded / rollout.devices : 0} tone={rollout.state === 'halted' ? 'wrong' : ''} />
      </p>
      <p class="row">
        {words(rollout).map((word) => (
          <button key={word} type="button" class={`button${word === 'approve' || word === 'resume' ? ' primary' : ''}`} onClick={() => say(word)}>
            {w(word, { wave: waitsForApproval(rollout) })}
          </button>
        ))}
      </p>
      <p class="quiet small"><Ago at={rollout.at} /> · {rollout.submitted_by}{rollout.plan?.filter && <> · <code>{rollout.plan.filter}</code></>}</p>
    </section>
  );
}

export function RolloutPage({ id }: { id: string }) {
  const { value, failure, reload } = usePolled(() => hub.rollout(id), 3000, [id]);
  const [saying, setSaying] = useState<Word | null>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  return (
    <section class="page wide stack">
      <p><a class="back" href="#/rollouts"><Icon name="back" />{w('nav_rollouts')}</a></p>
      <h1>{id}</h1>
      <Failure failure={value ? null : failure} />
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {value && (
        <>
          <Head rollout={value} say={setSaying} />
          <section class="card">
            <h2>{w('map')}</h2>
            <WaveMap rollout={value} chosen={stage} choose={setStage} />
            {stage && <InStage key={stage} id={id} stage={stage} />}
          </section>
          <section class="card">
            <h2>{w('rules')}</h2>
            <Rules rollout={value} />
          </section>
          <details class="card">
            <summary>{w('plan')}</summary>
            <pre class="plan" tabIndex={0}>{JSON.stringify(value.plan, null, 2)}</pre>
          </details>
          {saying && <Say rollout={value} word={saying} onClose={() => setSaying(null)} said={reload} />}
        </>
      )}
    </section>
  );
}
