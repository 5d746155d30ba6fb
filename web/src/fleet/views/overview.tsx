import { useState } from 'preact/hooks';
import { decimal } from '../../i18n';
import { clock } from '../moments';
import { hub } from '../api';
import { conditions, driftAlarms, hardwareOf, versionsHeld, type Condition } from '../figures';
import { Bar, Failure, StateMark } from '../parts';
import type { Device, HubStatus, RolloutBrief } from '../records';
import { may } from '../session';
import { usePolled } from '../use_polled';
import { w } from '../words';

interface Seen {
  status: HubStatus;
  devices: Device[];
  rollouts: RolloutBrief[];
  at: number;
}

async function look(): Promise<Seen> {
  const [status, devices, rollouts] = await Promise.all([hub.status(), hub.devices(), hub.rollouts()]);
  return { status, devices, rollouts, at: Date.now() };
}

function Tile({ value, text, href = '', bad = false }: { value: number; text: string; href?: string; bad?: boolean }) {
  const inner = <><strong>{decimal(value, 0)}</strong> <span>{text}</span></>;
  const style = `tile card${bad ? ' bad' : ''}`;
  return href ? <a class={style} href={href}>{inner}</a> : <div class={style}>{inner}</div>;
}

const filters: Record<Condition, string> = {
  well: '', crashing: 'crash_loops > 0', self_test: 'not self_test', silent: 'seen_hours > 0.25',
};
const tones: Record<Condition, string> = { well: '', crashing: 'wrong', self_test: 'wrong', silent: 'unsure' };

function Bars({ rows, all }: { rows: { name: string; count: number; tone?: string; href?: string }[]; all: number }) {
  return (
    <ul class="figures">
      {rows.map(({ name, count, tone, href }) => (
        <li key={name}>
          <span>{href ? <a href={href}>{name}</a> : name}</span>
          <span class="figure">{decimal(count, 0)}</span>
          <Bar share={all > 0 ? count / all : 0} tone={tone ?? ''} />
        </li>
      ))}
    </ul>
  );
}

function devicesLink(filter: string): string {
  return `#/devices?filter=${encodeURIComponent(filter)}`;
}

function Health({ devices }: { devices: Device[] }) {
  const counts = conditions(devices, Date.now() / 1000);
  return (
    <section class="card">
      <h2>{w('health')}</h2>
      <Bars
        all={devices.length}
        rows={(Object.keys(counts) as Condition[]).map((condition) => ({
          name: w(`is_${condition}`),
          count: counts[condition],
          tone: tones[condition],
          ...(filters[condition] && counts[condition] > 0 && { href: devicesLink(filters[condition]) }),
        }))}
      />
      <h3>{w('hardware')}</h3>
      <Bars
        all={devices.length}
        rows={hardwareOf(devices).slice(0, 12).map((one) => ({
          name: one.hardware || '–', count: one.devices,
          ...(one.hardware && { href: devicesLink(`hardware = ${JSON.stringify(one.hardware)}`) }),
        }))}
      />
    </section>
  );
}

function Versions({ devices }: { devices: Device[] }) {
  const [whole, setWhole] = useState(false);
  const most = whole ? Infinity : 8;
  const bars = versionsHeld(devices);
  const hidden = bars.some(({ versions }) => versions.length > most);
  return (
    <section class="card">
      <h2>{w('versions')}</h2>
      {bars.map(({ bundle, versions }) => (
        <section key={bundle} class="bundle">
          <h3>{bundle}</h3>
          <Bars
            all={devices.length}
            rows={versions.slice(0, most).map(({ version, devices: held }) => ({
              name: version, count: held, href: devicesLink(`version(${bundle}) = ${version}`),
            }))}
          />
        </section>
      ))}
      {hidden && <p><button type="button" class="button small" onClick={() => setWhole(true)}>{w('more')}</button></p>}
    </section>
  );
}

function Open({ rollouts }: { rollouts: RolloutBrief[] }) {
  const open = rollouts.filter((one) => !['completed', 'aborted'].includes(one.state) || !one.settled).reverse().slice(0, 5);
  if (open.length === 0) return null;
  return (
    <section class="card">
      <h2>{w('nav_rollouts')}</h2>
      <ul class="figures">
        {open.map((one) => (
          <li key={one.rollout}>
            <span><a href={`#/rollouts/${encodeURIComponent(one.rollout)}`}>{one.rollout}</a> <StateMark state={one.state} /> <small>{w('wave_of', { wave: one.wave, waves: one.waves })}</small></span>
            <span class="figure">{decimal(one.succeeded, 0)}/{decimal(one.devices, 0)}</span>
            <Bar share={one.devices > 0 ? one.succeeded / one.devices : 0} tone={one.state === 'halted' ? 'wrong' : ''} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The hub's metrics are long, and alarms come after hours. */
function Drift() {
  const { value } = usePolled(() => hub.metrics().then(driftAlarms), 60_000, []);
  if (!value || value.length === 0) return null;
  return (
    <section class="card alarm" role="alert">
      <h2>{w('drift')}</h2>
      <ul>{value.map((one) => <li key={`${one.bundle} ${one.version} ${one.unit}`}>{w('drift_line', { ...one })}</li>)}</ul>
    </section>
  );
}

export function Overview() {
  const { value, failure } = usePolled(look, 5000, []);
  return (
    <section class="page wide stack">
      <h1>{w('nav_overview')}</h1>
      <Failure failure={value ? null : failure} />
      {value && (
        <>
          <div class="tiles">
            <Tile value={value.status.devices} text={w('tile_devices')} href="#/devices" />
            <Tile value={value.status.heard_within_15_minutes} text={w('tile_heard')} />
            <Tile value={value.status.rollouts_open} text={w('tile_open')} href="#/rollouts" />
            <Tile value={value.status.set_aside} text={w('tile_aside')} bad={value.status.set_aside > 0} />
          </div>
          {may('hub.metrics') && <Drift />}
          {value.devices.length === 0 && <p class="notice">{w('no_devices')}</p>}
          <Open rollouts={value.rollouts} />
          {value.devices.length > 0 && <div class="two"><Health devices={value.devices} /><Versions devices={value.devices} /></div>}
          <p class="quiet small">{w('updated', { time: clock(value.at) })}</p>
        </>
      )}
    </section>
  );
}
