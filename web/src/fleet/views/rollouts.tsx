import { decimal, t } from '../../i18n';
import { route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { hub } from '../api';
import { Ago, Bar, Failure, StateMark } from '../parts';
import { may } from '../session';
import { usePolled } from '../use_polled';
import { w } from '../words';
import { RolloutPage } from './rollout';
import { Submit } from './submit';

function List() {
  const { value, failure } = usePolled(hub.rollouts, 3000, []);
  return (
    <section class="page wide stack">
      <div class="card-head">
        <h1>{w('nav_rollouts')}</h1>
        {may('rollouts.submit') && <a class="button" href="#/rollouts?new=1"><Icon name="plus" />{w('submit')}</a>}
      </div>
      <Failure failure={value ? null : failure} />
      {value?.length === 0 && <p class="notice">{w('no_rollouts')}</p>}
      {value && value.length > 0 && (
        <section class="card">
          <table class="table sound-table">
            <thead>
              <tr><th scope="col">{w('rollout')}</th><th scope="col">{w('state')}</th><th scope="col">{w('progress')}</th><th scope="col">{w('when')}</th></tr>
            </thead>
            <tbody>
              {[...value].reverse().map((one) => (
                <tr key={one.rollout}>
                  <th scope="row"><a href={`#/rollouts/${encodeURIComponent(one.rollout)}`}>{one.rollout}</a> <small>{one.bundle} {one.version}</small></th>
                  <td data-label={w('state')}><StateMark state={one.state} /> <small>{w('wave_of', { wave: one.wave, waves: one.waves })}</small></td>
                  <td data-label={w('progress')}>
                    {w('progress_line', { succeeded: decimal(one.succeeded, 0), devices: decimal(one.devices, 0), errors: decimal(one.errors, 0) })}
                    <Bar share={one.devices > 0 ? one.succeeded / one.devices : 0} tone={one.state === 'halted' ? 'wrong' : ''} />
                  </td>
                  <td data-label={w('when')}><Ago at={one.at} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
    </section>
  );
}

/** #/rollouts, #/rollouts?new=1, #/rollouts/ID. */
export function RolloutsView() {
  const { parts, query } = route.value;
  if (parts[1]) return <RolloutPage key={parts[1]} id={parts[1]} />;
  return query.has('new') && may('rollouts.submit') ? <Submit /> : <List />;
}
