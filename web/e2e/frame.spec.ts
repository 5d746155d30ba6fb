import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { forward } from './forward';
import { open, speakAddress, url } from './page';
import { recordings } from './recordings';

const views = ['speak', 'lessons', 'tutor', 'practice', 'articles', 'progress', 'log', 'teacher', 'settings'];

async function mistakes(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

for (const theme of ['light', 'dark'] as const) {
  for (const view of views) {
    test(`everybody can use ${view}, ${theme}`, async ({ page }) => {
      await open(page, `#/${view}`, { theme });
      await expect(page.locator('h1')).toBeAttached();
      await page.waitForTimeout(300);
      expect(await mistakes(page)).toEqual([]);
    });
  }

  test(`everybody can use the first visit, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(url());
    await expect(page.getByLabel('What is your first language?')).toBeVisible();
    expect(await mistakes(page)).toEqual([]);
  });

  test(`everybody can use a result, ${theme}`, async ({ page }) => {
    await open(page, speakAddress(recordings.nextYear.text), { theme, strictness: 'near_native' });
    await page.getByRole('button', { name: 'Speak', exact: true }).click();
    await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: /^thought:/ }).click();
    await page.locator('.sound').first().click();
    await page.waitForTimeout(400);
    expect(await mistakes(page)).toEqual([]);
  });
}

test('the first visit asks two things, and both can be skipped', async ({ page }) => {
  await page.goto(url());
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByRole('heading', { name: 'Microphone check' })).toBeVisible();
  await page.getByRole('button', { name: 'Skip the check' }).click();
  await expect(page.locator('.sentence')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Speak', exact: true })).toBeVisible();
});

test('each view is reached by the menu, and the focus goes there', async ({ page }) => {
  await open(page, '');
  for (const name of ['Lessons', 'Tutor', 'Progress', 'Recordings', 'Teacher', 'Settings']) {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(page.locator('h1')).toHaveText(name);
    await expect(page.locator('main')).toBeFocused();
    await expect(page).toHaveTitle(`${name} · Euphone`);
  }
});

for (const [language, speak] of [['es', 'Hablar'], ['ko', '말하기'], ['zh', '朗读']] as const) {
  test(`the page speaks ${language}`, async ({ page }) => {
    await open(page, speakAddress('I think so.'));
    await page.getByLabel('Language of the page').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.getByRole('button', { name: speak, exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: speak, exact: true })).toBeVisible();
  });
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const [name, width, height] of [['a telephone', 320, 640], ['200 %', 640, 430]] as const) {
  test(`nothing goes sideways at ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const view of views) {
      await open(page, `#/${view}`, { language: 'es' });
      await expect(page.locator('h1')).toBeAttached();
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    }
    await open(page, speakAddress(recordings.nextYear.text));
    await page.getByRole('button', { name: 'Hablar', exact: true }).click();
    await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
    await page.locator('button.word').last().click();
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
}

test('the page and lessons seen before are there while the program is away', async ({ page }) => {
  const between = await forward(url());
  await open(page, '#/speak/everyday', {}, between.url);
  await expect(page.locator('.sentence')).toBeVisible();
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.reload();
  const sentence = (await page.locator('.sentence').textContent())!;
  await page.waitForTimeout(500);
  await between.close();
  await page.reload();
  await expect(page.locator('.sentence')).toHaveText(sentence);
  await expect(page.locator('.away')).toBeVisible();
  const again = await forward(url(), between.port);
  await expect(page.locator('.away')).toHaveCount(0, { timeout: 10_000 });
  await again.close();
});

test('it is small and quick', async ({ page, browserName }) => {
  expect(browserName).toBe('chromium');
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await open(page, '#/speak');
  await expect(page.locator('.sentence')).toBeVisible();
  const ready = await page.evaluate(() => performance.getEntriesByType('navigation')[0]!.toJSON().domContentLoadedEventEnd as number);
  expect(ready).toBeLessThan(1000);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(500_000);
});

test('nothing is asked of anybody but the program', async ({ page }) => {
  const others: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url()) && !/^(blob|data):/.test(request.url())) others.push(request.url());
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  for (const view of views) {
    await open(page, `#/${view}`);
    await page.waitForTimeout(200);
  }
  expect(others).toEqual([]);
  expect(complaints).toEqual([]);
});
