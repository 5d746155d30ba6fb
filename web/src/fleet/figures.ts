import type { Device, ErrorRule, Plan, Rollout, Stage, StageCounts, SuccessRule, Telemetry } from './records';
import { stages } from './records';

/** So long a device may be silent before it counts as not heard of. */
export const silentAfterS = 15 * 60;

export type Condition = 'well' | 'crashing' | 'self_test' | 'silent';

/** What is worst about a device. */
export function conditionOf(device: Device, nowS: number): Condition {
  if (device.health.crash_loops > 0) return 'crashing';
  if (!device.health.self_test) return 'self_test';
  return nowS - device.last_seen > silentAfterS ? 'silent' : 'well';
}

export function conditions(devices: readonly Device[], nowS: number): Record<Condition, number> {
  const counts = { well: 0, crashing: 0, self_test: 0, silent: 0 };
  for (const device of devices) counts[conditionOf(device, nowS)] += 1;
  return counts;
}

/** By Semantic Versioning 2.0.0, without what stands after '+'. */
export function compareVersions(a: string, b: string): number {
  const split = (text: string): [number[], string[]] => {
    const [core = '', ...rest] = text.replace(/\+.*/, '').split('-');
    return [core.split('.').map(Number), rest.length > 0 ? rest.join('-').split('.') : []];
  };
  const [[ours, before], [theirs, after]] = [split(a), split(b)];
  for (let i = 0; i < 3; ++i) if (ours[i] !== theirs[i]) return (ours[i] ?? 0) - (theirs[i] ?? 0);
  if (before.length === 0 || after.length === 0) return after.length - before.length;
  for (let i = 0; i < Math.max(before.length, after.length); ++i) {
    const [x, y] = [before[i], after[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [numeric, other] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (numeric !== other) return numeric ? -1 : 1;
    if (x !== y) return numeric ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return 0;
}

export interface VersionBars {
  bundle: string;
  /** The newest first. */
  versions: { version: string; devices: number }[];
}

/** Which versions of what are held by how many devices. */
export function versionsHeld(devices: readonly Device[]): VersionBars[] {
  const bundles = new Map<string, Map<string, number>>();
  for (const device of devices) {
    for (const { bundle, version } of device.bundles) {
      const versions = bundles.get(bundle) ?? new Map<string, number>();
      bundles.set(bundle, versions.set(version, (versions.get(version) ?? 0) + 1));
    }
  }
  return [...bundles]
    .map(([bundle, versions]) => ({
      bundle,
      versions: [...versions]
        .map(([version, held]) => ({ version, devices: held }))
        .sort((a, b) => compareVersions(b.version, a.version)),
    }))
    .sort((a, b) => (a.bundle < b.bundle ? -1 : 1));
}

/** Devices by their hardware, most first. */
export function hardwareOf(devices: readonly Device[]): { hardware: string; devices: number }[] {
  const counts = new Map<string, number>();
  for (const { hardware } of devices) counts.set(hardware, (counts.get(hardware) ?? 0) + 1);
  return [...counts].map(([hardware, held]) => ({ hardware, devices: held })).sort((a, b) => b.devices - a.devices);
}

export const mostBlocks = 60;

/**
 * A wave as blocks in the order of the stages, at most `most`: one for each device, or one for several. A stage with any
 * device has a block; beyond that, blocks are shared out by what is left over (Hamilton's method).
 */
export function blocksOf(counts: StageCounts, most = mostBlocks): { blocks: Stage[]; devicesPerBlock: number } {
  const there = stages.filter((stage) => (counts[stage] ?? 0) > 0);
  const size = there.reduce((sum, stage) => sum + counts[stage]!, 0);
  if (size <= most) return { blocks: there.flatMap((stage) => Array<Stage>(counts[stage]!).fill(stage)), devicesPerBlock: 1 };
  const shares = there.map((stage) => {
    const exact = (counts[stage]! / size) * most;
    return { stage, exact, blocks: Math.max(1, Math.floor(exact)) };
  });
  let left = most - shares.reduce((sum, share) => sum + share.blocks, 0);
  const byRest = [...shares].sort((a, b) => b.exact - b.blocks - (a.exact - a.blocks));
  for (const share of byRest) if (left > 0) [(share.blocks += 1), (left -= 1)];
  // Where rare ones have got more than their share, the largest give.
  for (; left < 0; ++left) shares.reduce((a, b) => (b.blocks > a.blocks ? b : a)).blocks -= 1;
  return { blocks: shares.flatMap(({ stage, blocks }) => Array<Stage>(blocks).fill(stage)), devicesPerBlock: Math.round(size / most) };
}

export function total(rollout: Pick<Rollout, 'in_waves'>): StageCounts {
  const sum: StageCounts = {};
  for (const { stages: counts } of rollout.in_waves) {
    for (const stage of stages) if (counts[stage]) sum[stage] = (sum[stage] ?? 0) + counts[stage];
  }
  return sum;
}

/** What a wave must reach and must not exceed, as the plan has it, with what holds where it says nothing. */
export function rulesOf(plan: Plan | null, wave: number): { success: SuccessRule; errors: ErrorRule; observe: string } {
  const own = plan?.waves?.[wave];
  return {
    success: own?.success ?? plan?.success ?? { at_least_percent: 95 },
    errors: own?.errors ?? plan?.errors ?? { at_most_percent: 2 },
    observe: own?.observe ?? plan?.observe ?? '',
  };
}

/** The wave that waits for an operator's yes, from 1; 0: none. */
export function waitsForApproval(rollout: Rollout): number {
  return rollout.state === 'awaiting_approval' ? rollout.wave + 1 : 0;
}

/** A value below which this share of a histogram lies, as Prometheus reckons it. */
export function quantile(counts: readonly number[], bounds: readonly number[], share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let before = 0;
  for (let i = 0; i < counts.length; ++i) {
    const here = counts[i]!;
    const low = bounds[i - 1] ?? 0;
    if (before + here >= share * all && here > 0) {
      const high = bounds[i];
      return high === undefined ? low : low + ((share * all - before) / here) * (high - low);
    }
    before += here;
  }
  return bounds.at(-1) ?? null;
}

const latencyBounds = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];

/** Seconds that half of the readers waited at most for their score. */
export function medianWait(telemetry: Telemetry): number | null {
  const counts = telemetry.recent?.latency?.counts;
  return counts ? quantile(counts, latencyBounds, 0.5) : null;
}

export interface DriftAlarm {
  bundle: string;
  version: string;
  unit: string;
}

/** Alarms of drift in the hub's metrics: lines of euphone_fleet_drift_alarm that are not 0. */
export function driftAlarms(metrics: string): DriftAlarm[] {
  const alarms: DriftAlarm[] = [];
  for (const [, labels, value] of metrics.matchAll(/^euphone_fleet_drift_alarm\{([^}]*)\} (\S+)$/gm)) {
    if (Number(value) === 0) continue;
    const of = (name: string): string => new RegExp(`(?:^|,)${name}="((?:[^"\\\\]|\\\\.)*)"`).exec(labels!)?.[1] ?? '';
    const alarm = { bundle: of('bundle'), version: of('version'), unit: of('unit') };
    // Against the bundle's reference, and against the version before: told once.
    if (!alarms.some((one) => JSON.stringify(one) === JSON.stringify(alarm))) alarms.push(alarm);
  }
  return alarms;
}

/** A rollout that was pasted or chosen; throws what is wrong with it. */
export function readPlan(text: string): Record<string, unknown> {
  const plan: unknown = JSON.parse(text);
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan)) throw new SyntaxError('{ … }');
  return plan as Record<string, unknown>;
}

/** A plan's filter as it can be asked for devices alone: there `version` has to say of which bundle. */
export function filterOf(plan: Record<string, unknown>): string {
  const filter = typeof plan.filter === 'string' ? plan.filter : '';
  const bundle = typeof plan.bundle === 'string' ? plan.bundle : '';
  // What stands in quotation marks is no field.
  return filter.replace(/"(?:[^"\\]|\\.)*"|\bversion\b(?!\s*\()/g, (found) => (found === 'version' ? `version(${bundle})` : found));
}
