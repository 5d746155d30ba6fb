import { expect } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const needed = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

export interface Served {
  url: string;
  /** What its API answers, which must be good. */
  post(path: string, body: BodyInit): Promise<unknown>;
  /** A new learner's id. */
  learner(name: string): Promise<string>;
  /** A sample recording is read by that learner. */
  read(learner: string): Promise<void>;
  /** Ends well, with nothing left behind. */
  end(): Promise<void>;
}

/** `euphone serve` on a port and with a store of its own: EUPHONE_PROGRAM, EUPHONE_SAMPLES. */
export async function serve(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'euphone-flowise-'));
  const program = spawn(needed('EUPHONE_PROGRAM'), ['serve', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      HOME: folder,
      PATH: process.env.PATH ?? '',
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  });
  const [greeting] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
  const url = `http://127.0.0.1:${(JSON.parse(greeting) as { port: number }).port}`;
  const post = async (path: string, body: BodyInit): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', body });
    expect(answer.ok, path).toBe(true);
    return answer.json();
  };
  return {
    url,
    post,
    learner: async (name) => ((await post('/learners', JSON.stringify({ name }))) as { id: string }).id,
    read: async (learner) => {
      const text = encodeURIComponent('Next year will be different, she thought.');
      await post(`/analyses?text=${text}&learner=${learner}`, readFileSync(join(needed('EUPHONE_SAMPLES'), 'so762-014070336.opus')));
    },
    end: async () => {
      if (program.exitCode !== null || program.signalCode !== null) return;
      program.kill('SIGTERM');
      const ended = await once(program, 'exit');
      rmSync(folder, { recursive: true });
      expect(ended).toEqual([0, null]);
    },
  };
}
