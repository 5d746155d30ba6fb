/** The pictures of the documentation: EUPHONE_PICTURES=../docs/images npm run e2e -- pictures */
import { test } from '@playwright/test';
import { open, speakAddress } from './page';
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
  await open(page, '#/progress', { theme: 'light', learner: { id, name, first_language } });
  for (const view of ['progress', 'log', 'lessons', 'teacher']) {
    await page.goto(`${process.env.EUPHONE_URL}/#/${view}`);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${folder}/page-${view}.png` });
  }
});

test('the tutor', async ({ page }) => {
  const { uuid: id, name, first_language } = past[0]!;
  await open(page, '#/tutor', { theme: 'light', learner: { id, name, first_language } });
  await page.getByLabel('Your question, in English').fill('My "th" in "think" sounds like "s". What can I do?');
  await page.keyboard.press('Enter');
  await page.locator('.quote').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/page-tutor.png` });
  await page.goto(`${process.env.EUPHONE_URL}/#/practice?sound=TH&against=S`);
  await page.locator('.drill-sound').waitFor();
  await page.screenshot({ path: `${folder}/page-exercises.png` });
  await page.goto(`${process.env.EUPHONE_URL}/#/articles/contrast/s-th`);
  await page.locator('.article-part').first().waitFor();
  await page.screenshot({ path: `${folder}/page-article.png` });
});

test('a teacher who follows, and a learner who is followed', async ({ page, browser }) => {
  const teacher = await (await browser.newContext({ viewport: { width: 1100, height: 820 } })).newPage();
  await open(page, speakAddress(recordings.nextYear.text), { theme: 'light', let_watch: true, learner: { id: past[0]!.uuid, name: 'Robin', first_language: 'ko' } });
  await open(teacher, '#/teacher/live', { theme: 'light', strictness: 'near_native', teacher_name: 'Ms Kim' });
  await teacher.getByRole('button', { name: 'Robin' }).click();
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await page.locator('.score').waitFor();
  await teacher.getByLabel('About the word').selectOption('thought');
  await teacher.getByLabel('Write to the learner').fill('tongue between the teeth!');
  await teacher.getByRole('button', { name: 'Send' }).click();
  await page.locator('.advice').waitFor();
  await page.waitForTimeout(1500);
  await teacher.screenshot({ path: `${folder}/page-following.png` });
  await page.screenshot({ path: `${folder}/page-followed.png` });
});
