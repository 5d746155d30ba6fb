import { ApiError } from '../api/request';
import type { Audit, Device, DeviceDetail, HubStatus, Me, Rollout, RolloutBrief, Stage, User } from './records';
import { signedOut, token } from './session';

async function failureOf(answer: Response): Promise<ApiError> {
  try {
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    return new ApiError(answer.status, error.code, error.message);
  } catch {
    return new ApiError(answer.status, 'unknown', answer.statusText);
  }
}

async function post<T>(path: string, body: unknown, bearer: string): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(body),
      // A cookie of another program on this host is none of the hub's business.
      credentials: 'omit',
    });
  } catch {
    throw new ApiError(0, 'away', '');
  }
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as T;
}

/** What the hub replies to a verb. A token that it does not know any more ends the session. */
export async function ask<T>(verb: string, args: object = {}, as = token.value): Promise<T> {
  try {
    return await post<T>(`/api/v1/fleet/${verb}`, args, as);
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 401 && as === token.value) signedOut(failure.message);
    throw failure;
  }
}

/** The token that the link's code stands for; it works once. */
export const enter = (code: string): Promise<string> =>
  post<{ token: string }>('/api/v1/enter', { code }, '').then((answer) => answer.token);

/** All that a filter picks, a page at a time. */
async function devices(filter = ''): Promise<Device[]> {
  const all: Device[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await ask<{ devices: Device[]; more: boolean }>('devices.list', {
      ...(filter && { filter }), ...(after !== undefined && { after }), most: 5000,
    });
    all.push(...page.devices);
    if (!page.more || page.devices.length === 0) return all;
  }
}

export const hub = {
  me: (as: string) => ask<Me>('hub.whoami', {}, as),
  status: () => ask<HubStatus>('hub.status'),
  /** As Prometheus reads it. */
  metrics: () => ask<{ text: string }>('hub.metrics').then((reply) => reply.text),
  devices,
  device: (device: string) => ask<DeviceDetail>('devices.show', { device }),
  tag: (device: string, add: string[], remove: string[]) => ask('devices.tag', { device, add, remove }),
  group: (device: string, add: string[], remove: string[]) => ask('devices.group', { device, add, remove }),
  forget: (device: string) => ask('devices.forget', { device }),
  revoke: (device: string) => ask('devices.revoke', { device }),
  invite: (device: string) => ask<{ join: string; url: string }>('devices.invite', { device }),
  rollouts: () => ask<{ rollouts: RolloutBrief[] }>('rollouts.list').then((reply) => reply.rollouts),
  rollout: (rollout: string) => ask<Rollout>('rollouts.show', { rollout }),
  /** Its devices in one stage. */
  inStage: (rollout: string, stage: Stage) => ask<Rollout>('rollouts.show', { rollout, devices: true, stage, most: 500 }),
  submit: (plan: unknown) => ask<RolloutBrief>('rollouts.submit', { plan }),
  approve: (rollout: string, wave: number) => ask('rollouts.approve', { rollout, wave }),
  pause: (rollout: string) => ask('rollouts.pause', { rollout }),
  resume: (rollout: string) => ask('rollouts.resume', { rollout }),
  abort: (rollout: string, reason: string) => ask('rollouts.abort', { rollout, ...(reason && { reason }) }),
  audit: (after: number, most: number, check = false) => ask<Audit>('audit.list', { after, most, ...(check && { check }) }),
  users: () => ask<{ users: User[] }>('users.list').then((reply) => reply.users),
  addUser: (name: string, role: string) => ask<{ token: string }>('users.add', { name, role }),
  removeUser: (name: string) => ask('users.remove', { name }),
};
