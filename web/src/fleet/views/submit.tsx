import { useState } from 'preact/hooks';
import { Icon } from '../../ui/icon';
import { hub } from '../api';
import { filterOf, readPlan } from '../figures';
import { Confirm, Failure } from '../parts';
import { w } from '../words';

type Plan = Record<string, unknown>;

/** How many devices a plan's filter picks now; null where that cannot be said: submitting tells why. */
async function picked(plan: Plan): Promise<number | null> {
  try {
    return (await hub.devices(filterOf(plan))).length;
  } catch {
    return null;
  }
}

export function Submit() {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState('');
  const [asked, setAsked] = useState<{ plan: Plan; devices: number | null } | null>(null);
  const choose = async (event: Event & { currentTarget: HTMLInputElement }): Promise<void> => {
    const file = event.currentTarget.files?.[0];
    if (file) setText(await file.text());
  };
  const check = async (event: Event): Promise<void> => {
    event.preventDefault();
    setFailure('');
    try {
      const plan = readPlan(text);
      setAsked({ plan, devices: await picked(plan) });
    } catch (error) {
      setFailure(w('no_json', { why: (error as Error).message }));
    }
  };
  const plan = asked?.plan;
  const values = { id: String(plan?.id ?? '?'), bundle: String(plan?.bundle ?? '?'), version: String(plan?.version ?? '?') };
  return (
    <section class="page stack">
      <p><a class="back" href="#/rollouts"><Icon name="back" />{w('nav_rollouts')}</a></p>
      <h1>{w('submit')}</h1>
      <form class="card form" onSubmit={(event) => void check(event)}>
        <label>
          {w('paste')}
          <small>{w('paste_how')}</small>
          <textarea class="plan" rows={16} required spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <Failure failure={failure} />
        <div class="row">
          <button type="submit" class="button primary">{w('submit')}</button>
          <label class="button file-button">
            <Icon name="book" />{w('choose_file')}
            <input type="file" class="hidden" accept=".json,application/json" onChange={(event) => void choose(event)} />
          </label>
        </div>
      </form>
      {asked && (
        <Confirm
          title={w('submit')}
          text={w('submit_ask', values)}
          button={w('submit')}
          onClose={() => setAsked(null)}
          act={async () => {
            const begun = await hub.submit(asked.plan);
            location.hash = `#/rollouts/${encodeURIComponent(begun.rollout)}`;
          }}
        >
          {asked.devices !== null && <p>{w('submit_for', { count: asked.devices })}</p>}
        </Confirm>
      )}
    </section>
  );
}
