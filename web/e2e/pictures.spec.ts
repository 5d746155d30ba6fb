/** The pictures of the documentation: EUPHONE_PICTURES=../docs/images npm run e2e -- pictures */
import { test } from '@playwright/test';
import { open, speakAddress, type Settings } from './page';
import { past } from './past';
import { recordings } from './recordings';

const folder = process.env.EUPHONE_PICTURES;
test.skip(folder === undefined, 'EUPHONE_PICTURES says where pictures go');
test.use({ viewport: { width: 1100, height: 760 } });

test('speaking, and what came of it', async ({ page }) => {
  await open(page, speakAddress(recordings.nextYear.text), { theme: 'light', strictness: 'near_native' });
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await page.locator('.word[class*=band-]').nth(2).waitFor();
  await page.screenshot({ path: `${folder}/page-speaking.png` });
  await page.locator('.score').waitFor();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}/page-result.png`, fullPage: true });
});

test('what looks back', async ({ page }) => {
  const { uuid: id, name, first_language } = past[0]!;
  await open(page, '#/progress', { theme: 'light', learner: { id, name, first_language } } as Settings);
  for (const view of ['progress', 'log', 'lessons', 'teacher']) {
    await page.goto(`${process.env.EUPHONE_URL}/#/${view}`);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${folder}/page-${view}.png` });
  }
});
