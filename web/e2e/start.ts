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

/** Serves the built page, which asks the program. */
async function startPage(api: string): Promise<{ page: ChildProcess; url: string }> {
  const page = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', '--port', '4173', '--strictPort', '--host', '127.0.0.1'], {
    cwd: web, env: { ...process.env, EUPHONE_API: api }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: page.stdout! })) {
    if (line.includes('Local')) return { page, url: 'http://127.0.0.1:4173' };
  }
  throw new Error('The page is not served: was it built?');
}

export default async function start(): Promise<() => Promise<void>> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  await prepareRecordings(browser);
  await browser.close();
  if (process.env.EUPHONE_URL) return async () => {};
  const home = mkdtempSync(join(tmpdir(), 'euphone-e2e-'));
  const { program, url: api } = await startProgram(home);
  const { page, url } = await startPage(api);
  process.env.EUPHONE_URL = url;
  return async () => {
    page.kill();
    program.kill();
    rmSync(home, { recursive: true, force: true });
  };
}
