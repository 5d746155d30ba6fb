import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { open, speakAddress } from './page';
import { recordings } from './recordings';

const { text } = recordings.nextYear;

async function pages(browser: Browser): Promise<{ learner: Page; teacher: Page }> {
  const learner = await (await browser.newContext({ permissions: ['microphone'] })).newPage();
  const teacher = await (await browser.newContext()).newPage();
  await open(learner, speakAddress(text), { let_watch: true, learner: { id: '', name: 'Robin', first_language: 'ko' } });
  await open(teacher, '#/teacher/live', { teacher_name: 'Ms Kim' });
  return { learner, teacher };
}

test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
});

test('a teacher follows a reading and writes to the learner, who knows of both', async ({ browser }) => {
  const { learner, teacher } = await pages(browser);
  await teacher.getByRole('button', { name: 'Robin' }).click();
  await expect(learner.getByText('Ms Kim can see what you read.')).toBeVisible();

  await learner.getByRole('button', { name: 'Speak', exact: true }).click();
  const panel = teacher.locator('.follow');
  await expect(panel.locator('.sentence')).toHaveText(text);
  await expect(panel.locator('.word[class*=band-]').first()).toBeVisible({ timeout: 20_000 });
  await expect(learner.locator('.score')).toBeVisible({ timeout: 20_000 });
  await expect(panel.locator('.heard')).toHaveCount(1);
  await expect(panel.locator('.heard')).toContainText((await learner.locator('.score').textContent())!.trim());

  await panel.getByLabel('About the word').selectOption('thought');
  await panel.getByLabel('Write to the learner').fill('tongue between the teeth!');
  await panel.getByRole('button', { name: 'Send' }).click();
  const advice = learner.locator('.advice');
  await expect(advice).toContainText('Ms Kim');
  await expect(advice).toContainText('a person, not the program');
  await expect(advice).toContainText('thought: tongue between the teeth!');
  await expect(panel.locator('.said-log')).toContainText('tongue between the teeth!');
  for (const page of [learner, teacher]) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await advice.getByRole('button', { name: 'Put the message away' }).click();
  await expect(advice).toHaveCount(0);

  await teacher.getByRole('link', { name: 'Lessons' }).click();
  await expect(learner.getByText('Ms Kim can see what you read.')).toHaveCount(0);
});

test('nobody can be followed who has not allowed it, and whoever stops allowing it is gone', async ({ browser }) => {
  const { learner, teacher } = await pages(browser);
  await teacher.getByRole('button', { name: 'Robin' }).click();
  await learner.getByRole('link', { name: 'Settings' }).click();
  await learner.getByLabel('A teacher may follow what I read').uncheck();
  await expect(teacher.getByText('Nobody can be followed just now.')).toBeVisible();
  await expect(teacher.locator('.follow')).toHaveCount(0);
});
