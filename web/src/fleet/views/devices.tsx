import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../../api/request';
import { decimal, t } from '../../i18n';
import { route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { Dialog } from '../../ui/dialog';
import { hub } from '../api';
import { conditionOf } from '../figures';
import { Ago, Failure, Secret } from '../parts';
import type { Device } from '../records';
import { may } from '../session';
import { usePolled } from '../use_polled';
import { w } from '../words';
import { DevicePage } from './device';

const shownAtOnce = 100;

function Invite({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [join, setJoin] = useState('');
  const [failure, setFailure] = useState('');
  const invite = async (event: Event): Promise<void> => {
    event.preventDefault();
    setFailure('');
    try {
      setJoin((await hub.invite(name)).join);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <Dialog title={w('invite')} onClose={onClose}>
      {join ? (
        <>
          <p>{w('invite_run')}</p>
          <Secret text={join} />
          <p><button type="button" class="button" onClick={onClose}>{t('close')}</button></p>
        </>
      ) : (
        <form class="form" onSubmit={(event) => void invite(event)}>
          <label>
            {w('invite_name')}
            <input data-first required pattern="[A-Za-z0-9_\-]{1,64}" value={name} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <Failure failure={failure} />
          <div class="row">
            <button type="submit" class="button primary">{w('invite')}</button>
            <button type="button" class="button" onClick={onClose}>{t('cancel')}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Row({ device }: { device: Device }) {
  const condition = conditionOf(device, Date.now() / 1000);
  return (
    <tr>
      <th scope="row"><a href={`#/devices/${device.id}`}>{device.id}</a> <small>{device.hardware}</small></th>
      <td data-label={w('heard')}><Ago at={device.last_seen} /></td>
      <td data-label={w('holds')}>{device.bundles.map(({ bundle, version }) => `${bundle} ${version}`).join(', ') || '–'}</td>
      <td data-label={w('condition')}><span class={`condition ${condition}`}>{w(`is_${condition}`)}</span></td>
      <td data-label={w('tags')}>{[...device.tags, ...device.groups].join(', ') || '–'}</td>
    </tr>
  );
}

function Table({ devices }: { devices: readonly Device[] }) {
  const [shown, setShown] = useState(shownAtOnce);
  return (
    <>
      <table class="table sound-table">
        <thead>
          <tr>
            <th scope="col">{w('device')}</th>
            <th scope="col">{w('heard')}</th>
            <th scope="col">{w('holds')}</th>
            <th scope="col">{w('condition')}</th>
            <th scope="col">{w('tags')}, {w('groups')}</th>
          </tr>
        </thead>
        <tbody>{devices.slice(0, shown).map((device) => <Row key={device.id} device={device} />)}</tbody>
      </table>
      {devices.length > shown && (
        <p class="center">
          <button type="button" class="button" onClick={() => setShown(shown + shownAtOnce)}>
            {w('more')} <small>{decimal(shown, 0)} / {decimal(devices.length, 0)}</small>
          </button>
        </p>
      )}
    </>
  );
}

function List() {
  const filter = route.value.query.get('filter') ?? '';
  const [typed, setTyped] = useState(filter);
  const [inviting, setInviting] = useState(false);
  const { value, failure } = usePolled(() => hub.devices(filter), 10_000, [filter]);
  useEffect(() => setTyped(filter), [filter]);
  const use = (event: Event): void => {
    event.preventDefault();
    location.hash = typed.trim() ? `#/devices?filter=${encodeURIComponent(typed.trim())}` : '#/devices';
  };
  const wrong = failure instanceof ApiError && failure.status === 422;
  return (
    <section class="page wide stack">
      <div class="card-head">
        <h1>{w('nav_devices')}</h1>
        {may('devices.invite') && <button type="button" class="button" onClick={() => setInviting(true)}><Icon name="plus" />{w('invite')}</button>}
      </div>
      <form class="card filter" role="search" onSubmit={use}>
        <label for="filter">{w('filter')}</label>
        <div class="row">
          <input id="filter" value={typed} spellcheck={false} autoCapitalize="off" aria-describedby="filter-how" aria-invalid={wrong} onInput={(event) => setTyped(event.currentTarget.value)} />
          <button type="submit" class="button">{w('filter_use')}</button>
          {filter && <a class="button plain" href="#/devices">{w('filter_all')}</a>}
        </div>
        <small id="filter-how">{w('filter_how')}</small>
        <Failure failure={failure} />
      </form>
      {value && !wrong && (
        <section class="card">
          <p role="status">{w('of_devices', { count: value.length })}</p>
          {value.length > 0 && <Table key={filter} devices={value} />}
          {value.length === 0 && !filter && <p class="notice">{w('no_devices')}</p>}
        </section>
      )}
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </section>
  );
}

/** #/devices?filter=…, #/devices/NAME. */
export function DevicesView() {
  const id = route.value.parts[1];
  return id ? <DevicePage key={id} id={id} /> : <List />;
}
