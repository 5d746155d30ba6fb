import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Hub, type Device } from './hub';

const hub = new Hub();
const devices: Device[] = [];
const count = 24;
/** Pictures of the documentation: EUPHONE_PICTURES=../docs/images npm run e2e -- fleet */
const pictures = process.env.EUPHONE_PICTURES;
const plan = {
  schema: 'euphone.rollout/1', id: 'may', bundle: 'en-us-standard', version: '1.3.0', filter: 'version < 1.3.0', note: 'New calibration of word scores.',
  waves: [{ count: 2 }, { rest: true }], success: { at_least: 2 }, errors: { at_most: 0 }, approvals: [2],
};

test.beforeAll(async () => {
  await hub.start();
  for (let i = 0; i < count; ++i) devices.push(await hub.device(`pi-${i}`));
  const telemetry = { schema: 'euphone.telemetry/1', at: Math.floor(Date.now() / 1000), program: '0.2.0', total: { takes: 12, starts: 2, crashes: 0 } };
  devices.forEach((device, i) => device.heartbeat(i === 7 ? '1.1.0' : '1.2.0', i === 6 ? { health: { crash_loops: 2 } } : {}, telemetry));
  await expect.poll(async () => (await hub.ask<{ devices: number }>('hub.status')).devices).toBe(count);
});
test.afterAll(async () => {
  for (const device of devices) device.close();
  await hub.stop();
});

/** As somebody who has a token. */
async function open(page: Page, hash: string, token = hub.token): Promise<void> {
  await page.addInitScript((value) => sessionStorage.setItem('euphone.fleet.token', value), token);
  await page.goto(`${hub.url}/${hash}`);
}

async function user(name: string, role: string): Promise<string> {
  return (await hub.ask<{ token: string }>('users.add', { name, role })).token;
}

test('the link that the hub prints lets one in once, and leaves no trace in the address', async ({ page, browser }) => {
  await page.goto(`${hub.url}/#/enter/${hub.code}`);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect(page.url()).not.toContain(hub.code);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const later = await browser.newPage();
  await later.goto(`${hub.url}/#/enter/${hub.code}`);
  await expect(later.getByRole('alert').first()).toContainText('used up');
  await later.close();
});

test('a token lets one in, and a wrong one does not', async ({ page }) => {
  await page.goto(hub.url);
  await page.getByLabel('Token').fill('admin.0');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('.notice')).toContainText('not known');
  await page.getByLabel('Token').fill(hub.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('.tile').first()).toContainText(String(count));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Token')).toBeVisible();
});

test('the overview tells how the devices are, and leads to those that are not well', async ({ page }) => {
  await open(page, '#/overview');
  await expect(page.getByText('1.2.0')).toBeVisible();
  await page.getByRole('link', { name: 'crash again and again' }).click();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await expect(page.locator('tbody')).toContainText('pi-6');
});

test('a filter picks devices, and what is wrong with one is told', async ({ page }) => {
  await open(page, '#/devices');
  await expect(page.locator('tbody tr')).toHaveCount(count);
  await page.getByRole('textbox', { name: 'Filter' }).fill('version(en-us-standard) < 1.2.0');
  await page.keyboard.press('Enter');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Filter' }).fill('version(en-us-standard) <');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').first()).toContainText('filter');
});

test('a device shows what it told, and can be tagged', async ({ page }) => {
  await open(page, '#/devices/pi-1');
  await expect(page.getByText('en-us-standard 1.2.0')).toBeVisible();
  await expect(page.getByText('Readings since it began')).toBeVisible();
  await page.getByLabel('Tags').fill('pilot school');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.reload();
  await expect(page.getByLabel('Tags')).toHaveValue('pilot school');
});

test('who may only look is offered nothing to do', async ({ page }) => {
  await open(page, '#/devices/pi-2', await user('looks', 'viewer'));
  await expect(page.getByText('en-us-standard 1.2.0')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Forget' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
  await page.goto(`${hub.url}/#/rollouts`);
  await expect(page.getByRole('heading', { name: 'Rollouts' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Begin a rollout' })).toHaveCount(0);
});

test('a rollout is begun, watched and approved, and a failure halts it', async ({ page }) => {
  await open(page, '#/rollouts?new=1');
  await page.getByLabel('A rollout').fill('{');
  await page.getByRole('button', { name: 'Begin a rollout' }).click();
  await expect(page.getByRole('alert').first()).toContainText('no JSON');
  await page.getByLabel('A rollout').fill(JSON.stringify(plan));
  await page.getByRole('button', { name: 'Begin a rollout' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('picks 24 devices');
  await dialog.getByRole('button', { name: 'Begin a rollout' }).click();
  await expect(page.getByRole('heading', { name: 'may' })).toBeVisible();
  await expect(page.locator('.legend')).toContainText('offered 2');
  const { of_devices: all } = await hub.ask<{ of_devices: { device: string; wave: number }[] }>('rollouts.show', { rollout: 'may', devices: true });
  const [first, second] = all.filter((one) => one.wave === 1).map((one) => devices.find(({ name }) => name === one.device)!);
  first!.report('may', 'succeeded');
  second!.report('may', 'downloading');
  await expect(page.locator('.legend')).toContainText('has it 1');
  second!.report('may', 'succeeded');
  await page.getByRole('button', { name: 'Let wave 2 start' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Let wave 2 start' }).click();
  // One crashes again and again and is passed over.
  await expect(page.locator('.legend')).toContainText('offered 21');
  const others = devices.filter((device) => device !== first && device !== second && device !== devices[6]);
  const bad = others.pop()!;
  ['downloading', 'downloading', 'staged', 'shadowing', 'shadowing', ...Array<string>(9).fill('succeeded')].forEach((stage, i) => others[i]!.report('may', stage));
  await expect(page.locator('.legend')).toContainText('has it 11');
  if (pictures) await page.screenshot({ path: `${pictures}/fleet-rollout.png` });
  bad.report('may', 'failed', 'self_test');
  await expect(page.locator('.state')).toHaveText('halted');
  await expect(page.locator('.notice.bad')).toBeVisible();
  await page.getByRole('button', { name: /^failed/ }).click();
  await expect(page.locator('.in-stage')).toContainText(bad.name);
  await page.goto(`${hub.url}/#/audit`);
  await expect(page.getByText('are as they were written')).toBeVisible();
  await expect(page.locator('tbody')).toContainText('rollouts.approve');
});

test('an admin adds a user, whose token is shown once, and removes them', async ({ page }) => {
  await open(page, '#/users');
  await page.getByRole('textbox', { name: 'User' }).fill('kim');
  await page.getByLabel('Role').selectOption('operator');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.locator('.secret')).toContainText('kim.');
  await page.getByRole('button', { name: 'Remove: kim' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.locator('tbody')).not.toContainText('kim');
});

test('a device is invited', async ({ page }) => {
  await open(page, '#/devices');
  await page.getByRole('button', { name: 'Invite a device' }).click();
  await page.getByLabel('Its name').fill('pi-new');
  await page.getByRole('dialog').getByRole('button', { name: 'Invite a device' }).click();
  await expect(page.locator('.secret')).toContainText('euphone agent join');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const view of ['overview', 'devices', 'devices/pi-0', 'rollouts', 'rollouts/may', 'rollouts?new=1', 'audit', 'users']) {
    test(`everybody can use the fleet's ${view}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, `#/${view}`);
      await expect(page.locator('.card').first()).toBeVisible();
      const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}

test('the words are there in other languages', async ({ page }) => {
  await open(page, '#/overview');
  await page.getByLabel('Language').selectOption('ko');
  await expect(page.getByRole('heading', { name: '개요' })).toBeVisible();
});
