import { expect, it } from 'vitest';
import {
  blocksOf, compareVersions, conditionOf, conditions, driftAlarms, filterOf, hardwareOf, medianWait, quantile, readPlan, rulesOf, total,
  versionsHeld, waitsForApproval,
} from './figures';
import type { Device, Rollout } from './records';

const now = 1_790_000_000;

function device(id: string, more: Partial<Device> = {}): Device {
  return {
    id, tags: [], groups: [], hardware: 'rpi4', runtime: '0.2.0', bundles: [], refused: [], site: '', locale: '', charging: false,
    metered: false, in_lesson: false, last_seen: now - 60, health: { crash_loops: 0, self_test: true, anomaly_rate: 0 }, ...more,
  };
}

it('versions are ordered as Semantic Versioning orders them', () => {
  const ordered = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0'];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
});

it('the worst of a device is its condition', () => {
  expect(conditionOf(device('a'), now)).toBe('well');
  expect(conditionOf(device('a', { last_seen: now - 1000 }), now)).toBe('silent');
  const failed = { crash_loops: 0, self_test: false, anomaly_rate: 0 };
  expect(conditionOf(device('a', { last_seen: 0, health: failed }), now)).toBe('self_test');
  expect(conditionOf(device('a', { health: { ...failed, crash_loops: 2 } }), now)).toBe('crashing');
  expect(conditions([device('a'), device('b', { last_seen: 0 })], now)).toEqual({ well: 1, crashing: 0, self_test: 0, silent: 1 });
});

it('versions are counted by bundle, the newest first', () => {
  const holds = (...versions: string[]): Device => device('a', { bundles: versions.map((version) => ({ bundle: 'b', version })) });
  expect(versionsHeld([holds('1.9.0'), holds('1.10.0'), holds('1.9.0'), device('none')])).toEqual([
    { bundle: 'b', versions: [{ version: '1.10.0', devices: 1 }, { version: '1.9.0', devices: 2 }] },
  ]);
  expect(hardwareOf([device('a'), device('b', { hardware: 'n100' }), device('c')])[0]).toEqual({ hardware: 'rpi4', devices: 2 });
});

it('a small wave has a block for each device', () => {
  expect(blocksOf({ failed: 1, succeeded: 2, pending: 1 })).toEqual({
    blocks: ['succeeded', 'succeeded', 'pending', 'failed'], devicesPerBlock: 1,
  });
  expect(blocksOf({}).blocks).toEqual([]);
});

it('a large wave has as many blocks as there is room for, and no stage vanishes', () => {
  for (const counts of [
    { succeeded: 1997, failed: 1, lost: 1, pending: 1 },
    { pending: 100_000 },
    { pending: 61 },
    { pending: 500, offered: 500, downloading: 500, staged: 500, shadowing: 1, succeeded: 1, skipped: 1, lost: 1, failed: 1, rolled_back: 1 },
  ]) {
    const { blocks, devicesPerBlock } = blocksOf(counts);
    expect(blocks).toHaveLength(60);
    expect(new Set(blocks)).toEqual(new Set(Object.keys(counts)));
    expect(devicesPerBlock).toBe(Math.round(Object.values(counts).reduce((a, b) => a + b) / 60));
  }
});

it('blocks are shared out as the devices are', () => {
  const { blocks } = blocksOf({ pending: 300, succeeded: 700 }, 10);
  expect(blocks.filter((stage) => stage === 'succeeded')).toHaveLength(7);
});

it('a rollout is the sum of its waves', () => {
  const wave = { size: 2, started: true, errors: 0 };
  expect(total({ in_waves: [{ ...wave, stages: { pending: 1, failed: 1 } }, { ...wave, stages: { pending: 2, lost: 0 } }] })).toEqual({ pending: 3, failed: 1 });
});

it("a wave's own rules count before the plan's, and those before what holds without any", () => {
  expect(rulesOf(null, 0)).toEqual({ success: { at_least_percent: 95 }, errors: { at_most_percent: 2 }, observe: '' });
  const plan = { waves: [{ observe: '2d', errors: { at_most: 1 } }, {}], success: { at_least: 3 }, observe: '1d' };
  expect(rulesOf(plan, 0)).toEqual({ success: { at_least: 3 }, errors: { at_most: 1 }, observe: '2d' });
  expect(rulesOf(plan, 7).observe).toBe('1d');
});

it('the wave after the one that runs waits for a yes', () => {
  expect(waitsForApproval({ state: 'awaiting_approval', wave: 2 } as Rollout)).toBe(3);
  expect(waitsForApproval({ state: 'running', wave: 2 } as Rollout)).toBe(0);
});

it('a share of a histogram lies where Prometheus would put it', () => {
  expect(quantile([0, 0], [1], 0.5)).toBe(null);
  expect(quantile([2, 2, 0], [1, 2], 0.5)).toBe(1);
  expect(quantile([0, 4, 0], [1, 2], 0.5)).toBe(1.5);
  expect(quantile([0, 0, 3], [1, 2], 0.5)).toBe(2);
  expect(medianWait({})).toBe(null);
});

it('alarms are those that the metrics raise', () => {
  const metrics = [
    '# HELP euphone_fleet_drift_alarm …',
    'euphone_fleet_drift_alarm{bundle="en-us-standard",version="1.3.0",unit="phone",against="reference"} 1',
    'euphone_fleet_drift_alarm{bundle="en-us-standard",version="1.3.0",unit="phone",against="1.2.0"} 1',
    'euphone_fleet_drift_alarm{bundle="en-us-standard",version="1.2.0",unit="word"} 0',
    'euphone_fleet_devices 7',
  ].join('\n');
  expect(driftAlarms(metrics)).toEqual([{ bundle: 'en-us-standard', version: '1.3.0', unit: 'phone' }]);
});

it('a filter that asks for the version of its bundle says which one where there is no rollout', () => {
  expect(filterOf({ bundle: 'x', filter: 'version < 1.0.0 and version(y) = 2.0.0 and site = "version"' })).toBe(
    'version(x) < 1.0.0 and version(y) = 2.0.0 and site = "version"',
  );
  expect(filterOf({})).toBe('');
});

it('a plan is a JSON object', () => {
  expect(readPlan('{"id":"a"}')).toEqual({ id: 'a' });
  for (const text of ['', '[]', 'null', '{']) expect(() => readPlan(text)).toThrow(SyntaxError);
});
