import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { fillStore } from './past';
import { prepareRecordings } from './recordings';

const web = fileURLToPath(new URL('..', import.meta.url));

/** Starts the program on a port that is free, with folders of its own and weeks of practice in its store. */
async function startProgram(home: string): Promise<{ program: ChildProcess; url: string }> {
  const path = resolve(web, process.env.EUPHONE_PROGRAM ?? '../build/release/euphone');
  const env = { ...process.env, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') };
  fillStore(path, env, join(home, 'past'));
  const program = spawn(path, ['serve', '--port', '0', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: program.stdout! })) {
    const said = JSON.parse(line) as { urls?: string[] };
    if (said.urls?.[0]) return { program, url: said.urls[0] };
  }
  throw new Error(`${path} did not say where it serves.`);
}

export default async function start(): Promise<() => Promise<void>> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  await prepareRecordings(browser);
  await browser.close();
  if (process.env.EUPHONE_URL) return async () => {};
  const home = mkdtempSync(join(tmpdir(), 'euphone-e2e-'));
  const { program, url } = await startProgram(home);
  process.env.EUPHONE_URL = url;
  return async () => {
    program.kill();
    rmSync(home, { recursive: true, force: true });
  };
}
