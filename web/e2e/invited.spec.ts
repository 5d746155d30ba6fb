import AxeBuilder from '@axe-core/playwright';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { expect, test, type Page } from '@playwright/test';

let home: string;
let program: ChildProcess;
let lines: AsyncIterator<string>;
let reader: Interface;
let url: string;
let code: string;

async function next(): Promise<Record<string, unknown>> {
  return JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
}

/** A program that is open to the network, as a class has it, with nothing in its store. */
test.beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'euphone-lan-'));
  const env = { ...process.env, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') };
  program = spawn(resolve(process.env.EUPHONE_PROGRAM ?? '../build/release/euphone'), ['serve', '--lan', '--port', '0', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  reader = createInterface({ input: program.stdout! });
  lines = reader[Symbol.asyncIterator]();
  url = `https://127.0.0.1:${String((await next()).port)}`;
  code = String((await next()).code);
});
test.afterAll(() => {
  reader.close();
  program.kill();
  rmSync(home, { recursive: true, force: true });
});

async function pair(page: Page, with_code: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Code').fill(with_code);
  await page.getByRole('button', { name: 'Connect' }).click();
}

test('a learner’s own device is let in by the teacher’s, and sees that learner alone', async ({ page: teacher, browser }) => {
  await pair(teacher, code);
  await teacher.getByLabel('your name').fill('Robin');
  await teacher.getByRole('button', { name: 'Start' }).click();
  await teacher.getByRole('link', { name: 'Teacher' }).click();
  const invite = teacher.locator('.invite');
  await invite.getByLabel('Learner').selectOption('Robin');
  await invite.getByRole('button', { name: 'Make a code' }).click();
  const invitation = (await invite.locator('.code').textContent())!;
  expect((await new AxeBuilder({ page: teacher }).analyze()).violations).toEqual([]);

  const learner = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await pair(learner, invitation);
  await expect(learner.locator('.learner-name')).toHaveText('Robin');
  await expect(learner.getByRole('link', { name: 'Teacher' })).toHaveCount(0);
  await expect(learner.getByRole('link', { name: 'Progress' })).toBeVisible();
  await learner.context().close();
});
