/** The hub's replies, docs/formats/hub.md. */
export interface BundleVersion {
  bundle: string;
  version: string;
}

export interface Device {
  id: string;
  tags: string[];
  groups: string[];
  hardware: string;
  runtime: string;
  bundles: BundleVersion[];
  refused: BundleVersion[];
  site: string;
  locale: string;
  battery?: number;
  charging: boolean;
  metered: boolean;
  in_lesson: boolean;
  /** Seconds since 1970. */
  last_seen: number;
  health: { crash_loops: number; self_test: boolean; anomaly_rate: number };
}

export interface HubStatus {
  devices: number;
  heard_within_15_minutes: number;
  rollouts: number;
  rollouts_open: number;
  set_aside: number;
  records_since_start: number;
}

export type Role = 'viewer' | 'operator' | 'signer' | 'admin';

/** Who a token is, and which verbs they may use. */
export interface Me {
  name: string;
  role: Role;
  may: string[];
}

/** From those who have it to those for whom it went wrong, as the page shows them. */
export const stages = [
  'succeeded', 'shadowing', 'staged', 'downloading', 'offered', 'pending', 'skipped', 'lost', 'failed', 'rolled_back',
] as const;
export type Stage = (typeof stages)[number];
export type StageCounts = Partial<Record<Stage, number>>;

export type RolloutState = 'draft' | 'awaiting_approval' | 'running' | 'paused' | 'completed' | 'aborted' | 'halted';

export interface RolloutBrief {
  rollout: string;
  bundle: string;
  version: string;
  state: RolloutState;
  reason: string;
  settled: boolean;
  submitted_by: string;
  at: number;
  wave: number;
  waves: number;
  devices: number;
  in_flight: number;
  succeeded: number;
  errors: number;
}

export interface Wave {
  size: number;
  started: boolean;
  errors: number;
  stages: StageCounts;
}

export interface SuccessRule {
  at_least?: number;
  at_least_percent?: number;
}
export interface ErrorRule {
  at_most?: number;
  at_most_percent?: number;
  of?: 'wave' | 'done';
  minimum?: number;
}

/** The fields of a plan that the page tells of; all of it is docs/formats/rollout.md. */
export interface Plan {
  note?: string;
  filter?: string;
  when?: string;
  waves?: { success?: SuccessRule; errors?: ErrorRule; observe?: string }[];
  success?: SuccessRule;
  errors?: ErrorRule;
  observe?: string;
  approvals?: number[];
}

export interface DeviceInRollout {
  device: string;
  wave: number;
  stage: Stage;
  attempt: number;
  reason: string;
}

export interface Rollout extends RolloutBrief {
  plan: Plan | null;
  in_waves: Wave[];
  of_devices?: DeviceInRollout[];
  more?: boolean;
}

export interface Offer {
  rollout: string;
  attempt: number;
  bundle: string;
  version: string;
}

export interface UpdateEvent {
  number: number;
  at: number;
  name: string;
  version: string;
  what: string;
  reason: string;
}

interface Histogram {
  counts: number[];
  sum: number;
}

/** euphone.telemetry/1; a program that is newer may say more, an older one less. */
export interface Telemetry {
  at?: number;
  program?: string;
  total?: { takes?: number; not_scored?: number; starts?: number; crashes?: number; xruns?: number; audio_seconds?: number };
  recent?: { since?: number; takes?: number; not_scored?: number; crash_loops?: number; latency?: Histogram };
  scores?: { bundle: string; version: string; takes: number }[];
  memory_mb?: number;
  temperature_c?: number;
}

export interface DeviceDetail {
  device: Device;
  orders: Offer[];
  events: UpdateEvent[];
  telemetry?: Telemetry;
}

export interface AuditLine {
  number: number;
  at: number;
  who: string;
  verb: string;
  what: unknown;
  outcome: string;
  digest: string;
}

export interface Audit {
  lines: AuditLine[];
  more: boolean;
  checked?: number;
  /** 0: all lines are what was written. */
  first_changed?: number;
}

export interface User {
  name: string;
  role: Role;
  at: number;
}
