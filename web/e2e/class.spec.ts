import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { open, url, type Settings } from './page';
import { recordings } from './recordings';

interface Learner {
  id: string;
  name: string;
  first_language: string;
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${url()}/api/v1${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as T;
}

/** Somebody new, who goes away with the test. */
let learner: Learner;
test.beforeEach(async () => {
  learner = await post<Learner>('/learners', { name: `Mina ${Math.random().toString(36).slice(2, 8)}`, first_language: 'ko' });
});
test.afterEach(async () => {
  await fetch(`${url()}/api/v1/learners/${learner.id}`, { method: 'DELETE' });
});

async function look(page: Page, hash: string, settings: Settings = {}): Promise<void> {
  await open(page, hash, { teacher_name: 'Ms Kim', ...settings });
}

/** Opens a view as the learner. */
async function learn(page: Page, hash: string, settings: Settings = {}): Promise<void> {
  await look(page, hash, { learner, ...settings });
}

async function mistakes(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function lessonOfOwn(): Promise<string> {
  const answer = await fetch(`${url()}/api/v1/lessons?title=Next+year`, {
    method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: `${recordings.nextYear.text} Then it was over.`,
  });
  return ((await answer.json()) as { name: string }).name;
}

async function read(): Promise<string> {
  const { readFileSync } = await import('node:fs');
  const text = encodeURIComponent(recordings.nextYear.text);
  const answer = await fetch(`${url()}/api/v1/analyses?text=${text}&learner=${learner.id}`, { method: 'POST', body: readFileSync(recordings.nextYear.opus) });
  return answer.headers.get('Euphone-Take')!;
}

test('a lesson that is set is read by the learner, and the teacher sees how far she is', async ({ page, browser }) => {
  const lesson = await lessonOfOwn();
  const teacher = await (await browser.newContext()).newPage();
  await look(teacher, '#/teacher');
  await teacher.locator('details.assign').evaluate((one: HTMLDetailsElement) => { one.open = true; });
  const form = teacher.locator('.assign-form');
  await form.getByRole('button', { name: 'Set it' }).click();
  await expect(form.getByText('Choose who is to read it.')).toBeVisible();
  await form.getByLabel(learner.name).check();
  await form.getByLabel('Lesson').selectOption(lesson);
  await form.getByLabel('By (may stay empty)').fill('2031-05-06');
  await form.getByLabel('Note').fill('Slowly, please.');
  await form.getByRole('button', { name: 'Set it' }).click();
  const row = teacher.locator('.assignments tr', { hasText: learner.name });
  await expect(row).toContainText('0 of 2');
  await expect(row).toContainText('May 6, 2031');

  await learn(page, '#/lessons');
  const task = page.locator('.set-for-you .task');
  await expect(task).toContainText('Next year');
  await expect(task).toContainText('Slowly, please.');
  await task.getByRole('link', { name: /Read the next sentence/ }).click();
  await expect(page.locator('.sentence')).toHaveText(recordings.nextYear.text);
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  await expect(async () => {
    await page.goto(`${url()}/#/lessons`);
    await page.reload();
    await expect(task).toContainText('1 of 2', { timeout: 1000 });
  }).toPass({ timeout: 15_000 });

  await teacher.reload();
  await expect(row).toContainText('1 of 2');
  await expect(row.getByRole('progressbar', { name: '1 of 2 sentences are read' })).toBeVisible();
  await row.getByRole('button', { name: /^Take back: Next year/ }).click();
  await expect(row).toHaveCount(0);
  await fetch(`${url()}/api/v1/lessons/${lesson}`, { method: 'DELETE' });
});

test('a comment with a recorded model reaches the learner, who hears it and has then seen it', async ({ page, browser }) => {
  const take = await read();
  const teacher = await (await browser.newContext({ permissions: ['microphone'] })).newPage();
  await look(teacher, `#/log/${take}`, { teacher_name: '' });
  const form = teacher.locator('.comment-form');
  await form.getByLabel('Your name, as learners see it').fill('Ms Kim');
  await form.getByLabel('Comment for the learner').fill('Listen to the th.');
  await form.getByRole('button', { name: 'Record how it should sound' }).click();
  await teacher.waitForTimeout(600);
  await form.getByRole('button', { name: 'Stop recording' }).click();
  await form.getByRole('button', { name: 'Discard the recording' }).click();
  await form.getByRole('button', { name: 'Record how it should sound' }).click();
  await teacher.waitForTimeout(1500);
  await form.getByRole('button', { name: 'Stop recording' }).click();
  await form.getByRole('button', { name: 'Hear the recording' }).click();
  await form.getByRole('button', { name: 'Keep the comment' }).click();
  await expect(teacher.locator('.comment')).toContainText('Ms Kim');
  await expect(teacher.locator('.comment')).toContainText('new');
  await expect(form.getByLabel('Comment for the learner')).toHaveValue('');

  await learn(page, '#/lessons');
  const recordingsLink = page.getByRole('navigation').getByRole('link', { name: 'Recordings' });
  await expect(recordingsLink).toContainText('one new comment');
  await recordingsLink.click();
  const inbox = page.locator('.inbox');
  await expect(inbox.locator('.comment')).toContainText('a person, not the program');
  await expect(inbox.locator('.comment')).toContainText('Listen to the th.');
  await expect(recordingsLink).not.toContainText('new comment');
  const answer = page.waitForResponse((one) => /comments\/.*\/audio/.test(one.url()));
  await inbox.getByRole('button', { name: 'Hear the model' }).click();
  expect((await answer).headers()['content-type']).toBe('audio/flac');
  await expect(inbox.getByRole('button', { name: 'Hear the model' })).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(page.locator('.take').first()).toContainText('One comment');
  await expect(page.locator('.inbox')).toHaveCount(0);
  await page.locator('.take-text').first().click();
  await expect(page.locator('.comment')).toContainText('Listen to the th.');
  await expect(page.locator('.comment .pill')).toHaveCount(0);
  await page.getByRole('button', { name: 'Delete the comment' }).click();
  await expect(page.locator('.comment')).toHaveCount(0);
});

test('the map of sounds leads to the takes where a sound went worst, and to a comment there', async ({ page }) => {
  await read();
  await look(page, '#/teacher');
  const cell = page.getByRole('button', { name: new RegExp(`^${learner.name}, `) }).first();
  await cell.click();
  const panel = page.locator('.cell-panel');
  await expect(panel.locator('.worst')).toHaveCount(1);
  await panel.getByLabel('Comment for the learner').fill('Together, next time.');
  await panel.getByRole('button', { name: 'Keep the comment' }).click();
  await expect(panel.locator('.comment')).toContainText('Together, next time.');
});

for (const [theme, width] of [['light', 1280], ['dark', 1280], ['light', 320], ['dark', 320]] as const) {
  test(`everybody can use what a teacher sets and says, ${theme}, ${width} pixels wide`, async ({ page }) => {
    test.slow();
    const take = await read();
    await post(`/takes/${take}/comments`, { author: 'Ms Kim', text: 'Good. '.repeat(40) });
    for (const due of ['2020-01-31', null]) await post('/assignments', { learners: [learner.id], lesson: 'everyday', due, note: 'All of it.' });
    await page.setViewportSize({ width, height: 860 });
    for (const [hash, there] of [['#/teacher', '.assignments'], ['#/lessons', '.task'], [`#/log/${take}`, '.comment'], ['#/log', '.take-comments']] as const) {
      await learn(page, hash, { theme });
      await expect(page.locator(there).first()).toBeVisible();
      for (const summary of await page.locator('details.assign:not([open]) > summary, details.comment-open > summary').all()) await summary.click();
      await page.waitForTimeout(300);
      expect(await mistakes(page)).toEqual([]);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    }
  });
}
