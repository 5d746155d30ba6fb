import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { decimal, percent, t } from '../../i18n';
import { Icon } from '../../ui/icon';
import { hub } from '../api';
import { conditionOf, medianWait } from '../figures';
import { Ago, Confirm, Failure } from '../parts';
import type { Device, DeviceDetail, Telemetry, UpdateEvent } from '../records';
import { may } from '../session';
import { usePolled } from '../use_polled';
import { w } from '../words';

/** Names and what they are; what is not known is left out. */
function Facts({ of }: { of: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {of.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

function yes(value: boolean): string | null {
  return value ? w('yes') : null;
}

function held(bundles: readonly { bundle: string; version: string }[]): string {
  return bundles.map(({ bundle, version }) => `${bundle} ${version}`).join(', ');
}

function Labels({ device, what, saved }: { device: Device; what: 'tags' | 'groups'; saved: () => void }) {
  const before = device[what];
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState('');
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const after = [...new Set((typed ?? '').split(/[\s,]+/).filter(Boolean))];
    const set = what === 'tags' ? hub.tag : hub.group;
    setFailure('');
    try {
      await set(device.id, after.filter((one) => !before.includes(one)), before.filter((one) => !after.includes(one)));
      setTyped(null);
      saved();
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const text = before.join(' ');
  return (
    <form class="labels" onSubmit={(event) => void save(event)}>
      <label for={what}>{w(what)}</label>
      <div class="row">
        <input id={what} value={typed ?? text} placeholder={w('labels_how')} onInput={(event) => setTyped(event.currentTarget.value)} />
        <button type="submit" class="button small" disabled={typed === null || typed.trim() === text}>{w('save')}</button>
      </div>
      <Failure failure={failure} />
    </form>
  );
}

function Events({ events }: { events: readonly UpdateEvent[] }) {
  if (events.length === 0) return <p class="quiet">{w('no_events')}</p>;
  return (
    <table class="table sound-table">
      <thead>
        <tr><th scope="col">{w('what')}</th><th scope="col">{w('when')}</th><th scope="col">{w('version')}</th><th scope="col">{w('why')}</th></tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.number}>
            <th scope="row">{event.what}</th>
            <td data-label={w('when')}><Ago at={event.at} /></td>
            <td data-label={w('version')}>{event.name} {event.version}</td>
            <td data-label={w('why')}>{event.reason || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Told({ telemetry }: { telemetry: Telemetry }) {
  const { total, recent } = telemetry;
  const wait = medianWait(telemetry);
  const count = (value: number | undefined): string | null => (value === undefined ? null : decimal(value, 0));
  return (
    <section class="card">
      <h2>{w('telemetry')}</h2>
      <Facts
        of={[
          [w('when'), telemetry.at ? <Ago at={telemetry.at} /> : null],
          [w('program'), telemetry.program],
          [w('takes'), count(total?.takes)],
          [w('takes_recent'), count(recent?.takes)],
          [w('not_scored'), recent?.takes ? percent((recent.not_scored ?? 0) / recent.takes) : null],
          [w('wait'), wait === null ? null : w('seconds', { value: decimal(wait, 2) })],
          [w('starts'), total?.starts === undefined ? null : w('of_which', { all: total.starts, bad: total.crashes ?? 0 })],
          [w('memory'), telemetry.memory_mb === undefined ? null : `${decimal(telemetry.memory_mb, 0)} MB`],
          [w('temperature'), telemetry.temperature_c === undefined ? null : `${decimal(telemetry.temperature_c, 0)} °C`],
        ]}
      />
    </section>
  );
}

function Detail({ detail, reload, ask }: { detail: DeviceDetail; reload: () => void; ask: (what: 'forget' | 'revoke') => void }) {
  const { device, orders, events, telemetry } = detail;
  const condition = conditionOf(device, Date.now() / 1000);
  return (
    <>
      <div class="two">
        <section class="card">
          <Facts
            of={[
              [w('condition'), <span class={`condition ${condition}`}>{w(`is_${condition}`)}</span>],
              [w('heard'), <Ago at={device.last_seen} />],
              [w('hardware'), device.hardware],
              [w('program'), device.runtime],
              [w('holds'), held(device.bundles) || w('none')],
              [w('refused'), held(device.refused)],
              [w('site'), device.site],
              [w('locale'), device.locale],
              [w('battery'), device.battery === undefined ? w('battery_none') : percent(device.battery / 100) + (device.charging ? `, ${w('charging')}` : '')],
              [w('metered'), yes(device.metered)],
              [w('in_lesson'), yes(device.in_lesson)],
              [w('orders'), orders.map((one) => w('order_line', { ...one, attempt: one.attempt })).join('; ') || w('none')],
              ...(may('devices.tag') ? [] : ([[w('tags'), device.tags.join(', ')], [w('groups'), device.groups.join(', ')]] as [string, string][])),
            ]}
          />
          {may('devices.tag') && <Labels device={device} what="tags" saved={reload} />}
          {may('devices.group') && <Labels device={device} what="groups" saved={reload} />}
          <p class="row">
            {may('devices.revoke') && <button type="button" class="button small" onClick={() => ask('revoke')}>{w('revoke')}</button>}
            {may('devices.forget') && <button type="button" class="button small" onClick={() => ask('forget')}><Icon name="trash" />{w('forget')}</button>}
          </p>
        </section>
        {telemetry && <Told telemetry={telemetry} />}
      </div>
      <section class="card">
        <h2>{w('events')}</h2>
        <Events events={events} />
      </section>
    </>
  );
}

export function DevicePage({ id }: { id: string }) {
  const { value, failure, reload } = usePolled(() => hub.device(id), 5000, [id]);
  const [asking, setAsking] = useState<'forget' | 'revoke' | null>(null);
  return (
    <section class="page wide stack">
      <p><a class="back" href="#/devices"><Icon name="back" />{w('nav_devices')}</a></p>
      <h1>{id}</h1>
      <Failure failure={failure} />
      {value && <Detail detail={value} reload={reload} ask={setAsking} />}
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {asking === 'revoke' && (
        <Confirm title={w('revoke')} text={w('revoke_ask', { device: id })} button={w('revoke')} onClose={() => setAsking(null)} act={() => hub.revoke(id)} />
      )}
      {asking === 'forget' && (
        <Confirm
          title={w('forget')} text={w('forget_ask', { device: id })} button={w('forget')} onClose={() => setAsking(null)}
          act={async () => { await hub.forget(id); location.hash = '#/devices'; }}
        />
      )}
    </section>
  );
}
