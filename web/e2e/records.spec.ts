import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { open, url, type Settings } from './page';
import { past } from './past';

const robin = past[0]!;
const first = { id: robin.uuid, name: robin.name, first_language: robin.first_language };

/** Opens a view as the learner who has weeks of practice behind her. */
async function look(page: Page, hash: string, settings: Settings & { learner?: unknown } = {}): Promise<void> {
  await open(page, hash, { learner: first, ...settings } as Settings);
}

async function mistakes(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`);
}

interface Take {
  id: string;
  text: string;
  total: number;
  starred: boolean;
  note: string;
}

async function takes(query = ''): Promise<Take[]> {
  const answer = await fetch(`${url()}/api/v1/takes?learner=${robin.uuid}&limit=200${query}`);
  return ((await answer.json()) as { takes: Take[] }).takes;
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForTimeout(300);
}

async function addresses(): Promise<[string, string][]> {
  const all = await takes();
  const same = all.filter((take) => take.text === all[0]!.text);
  return [
    ['log', '#/log'], ['take', `#/log/${all[0]!.id}`], ['comparison', `#/log/${same.at(-1)!.id}/${same[0]!.id}`], ['progress', '#/progress'],
    ['lessons', '#/lessons'], ['lesson', '#/lessons/l1-ko'], ['tutor', '#/tutor'], ['exercises', '#/practice?sound=TH&against=S'],
    ['articles', '#/articles'], ['pair', '#/articles/contrast/s-th'], ['first language', '#/articles/language/ko'], ['class', '#/teacher'], ['report', `#/teacher/report/${robin.uuid}`],
  ];
}

test.describe('what looks back', () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`can be used by everybody, ${theme}`, async ({ page }) => {
      test.setTimeout(300_000);
      for (const [name, address] of await addresses()) {
        await look(page, address, { theme });
        await settled(page);
        expect({ name, mistakes: await mistakes(page) }).toEqual({ name, mistakes: [] });
      }
    });
  }

  for (const language of ['en', 'es', 'ko', 'zh']) {
    test(`goes nowhere sideways on a telephone, ${language}`, async ({ page }) => {
      test.setTimeout(300_000);
      await page.setViewportSize({ width: 320, height: 640 });
      for (const [name, address] of await addresses()) {
        await look(page, address, { language });
        await settled(page);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect({ name, sideways }).toEqual({ name, sideways: 0 });
      }
    });
  }
});

test.describe('the log', () => {
  test('finds while one types, sorts, filters, and keeps that in its address', async ({ page }) => {
    await look(page, '#/log');
    await settled(page);
    await page.getByRole('searchbox').fill('brilliant');
    await expect(page.locator('.take').first()).toContainText('brilliant');
    await expect(page.locator('.take', { hasNotText: 'brilliant' })).toHaveCount(0);
    await expect(page).toHaveURL(/search=brilliant/);
    await page.getByLabel('Order').selectOption('worst');
    await expect.poll(() => page.locator('.take .score-number').evaluateAll((all) => {
      const scores = all.map((one) => parseInt(one.textContent!, 10));
      return scores.every((score, i) => i === 0 || scores[i - 1]! <= score);
    })).toBe(true);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Score below').selectOption('50');
    await expect(page).toHaveURL(/below=50/);
    await page.reload();
    await expect(page.getByRole('searchbox')).toHaveValue('brilliant');
    await page.getByRole('searchbox').fill('there is no such sentence');
    await expect(page.getByText('Nothing fits.')).toBeVisible();
  });

  test('shows all takes, page by page, by the keyboard alone', async ({ page }) => {
    await look(page, '#/log');
    await settled(page);
    const all = (await takes()).length;
    expect(all).toBeGreaterThanOrEqual(60);
    const more = page.getByRole('button', { name: 'Show more' });
    await more.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.take')).toHaveCount(all);
    await expect(more).toHaveCount(0);
  });

  test('keeps a star and a note', async ({ page }) => {
    const [take] = (await takes()).filter((one) => !one.starred);
    await look(page, `#/log/${take!.id}`);
    await page.getByRole('button', { name: /^Star for/ }).click();
    await expect(page.getByRole('button', { name: /^Star for/ })).toHaveAttribute('aria-pressed', 'true');
    await page.getByLabel('Note').fill('Softer at the end.');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await takes()).find((one) => one.id === take!.id)).toMatchObject({ starred: true, note: 'Softer at the end.' });
  });

  test('deletes after a question, and takes it back', async ({ page }) => {
    const before = await takes();
    await look(page, '#/log');
    await settled(page);
    await page.getByRole('checkbox', { name: /^Choose “/ }).first().check();
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Delete this recording?');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.locator('.toast')).toContainText('One recording is deleted.');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.waitForTimeout(300);
    expect(await takes()).toHaveLength(before.length);
    await page.getByRole('checkbox', { name: /^Choose “/ }).last().check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(async () => (await takes()).length, { timeout: 20_000 }).toBe(before.length - 1);
  });

  test('exports what was chosen', async ({ page }) => {
    await look(page, '#/log');
    await settled(page);
    for (const i of [1, 3, 4]) await page.getByRole('checkbox', { name: /^Choose “/ }).nth(i).check();
    const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Table (CSV)' }).click()]);
    const lines = readFileSync(await table.path(), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(4);
    const [archive] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'With sound (ZIP)' }).click()]);
    expect(readFileSync(await archive.path()).subarray(0, 2).toString()).toBe('PK');
  });

  test('plays a take, and another in its place', async ({ page }) => {
    await look(page, '#/log');
    await settled(page);
    const buttons = page.getByRole('button', { name: /^(Play|Stop) “/ });
    await buttons.nth(0).click();
    await expect(buttons.nth(0)).toHaveAttribute('aria-label', /^Stop/);
    await buttons.nth(1).click();
    await expect(buttons.nth(0)).toHaveAttribute('aria-label', /^Play/);
    await expect(buttons.nth(1)).toHaveAttribute('aria-label', /^Stop/);
    await buttons.nth(1).click();
    await expect(buttons.nth(1)).toHaveAttribute('aria-label', /^Play/);
  });

  test('shows a take close up: its words, its sounds, the voice as a picture', async ({ page }) => {
    const [take] = await takes();
    await look(page, `#/log/${take!.id}`);
    await expect(page.locator('.picture canvas')).toBeVisible();
    await page.locator('.judged button.word').first().click();
    await expect(page.locator('#sound-panel')).toBeVisible();
  });

  test('compares two takes of one text', async ({ page }) => {
    const all = await takes('&order=oldest');
    const same = all.filter((take) => take.text === all[0]!.text);
    await look(page, `#/log/${same[0]!.id}`);
    await page.getByRole('link', { name: /^Compare with/ }).first().click();
    await expect(page.getByRole('heading', { name: 'Before and after' })).toBeVisible();
    await expect(page.locator('.side')).toHaveCount(2);
    await expect(page.getByRole('table').first()).toContainText('Together');
    await expect(page.getByText(/points? (better|lower)|About the same/)).toBeVisible();
  });
});

test('a take is judged anew by the model of now, and words that changed are shown', async ({ page }) => {
  const kim = past.find((learner) => learner.older)!;
  const found = (await (await fetch(`${url()}/api/v1/takes?learner=${kim.uuid}&order=oldest`)).json()) as { takes: Take[] };
  await look(page, `#/log/${found.takes[0]!.id}`);
  await expect(page.locator('.judgements li')).toHaveCount(1);
  await page.getByRole('button', { name: 'Judge it anew' }).click();
  await expect(page.locator('.judgements li')).toHaveCount(2, { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'What the newer judgement says about words' })).toBeVisible();
  await expect(page.locator('.points').first()).toBeVisible();
  await expect(page.getByText('The model that judges now has judged it last.')).toBeVisible();
});

test.describe('progress', () => {
  test('says what comes next and why, with a sentence to do it', async ({ page }) => {
    await look(page, '#/progress');
    const card = page.locator('.practice').first();
    await expect(card).toBeVisible();
    await card.getByText('How do I know?').click();
    await expect(card).toContainText('FSRS');
    await card.getByRole('link', { name: 'Practise it' }).click();
    await expect(page).toHaveURL(/#\/speak/);
    await expect(page.locator('.sentence')).toBeVisible();
  });

  test('says every chart in figures, too', async ({ page }) => {
    await look(page, '#/progress');
    await settled(page);
    await expect(page.locator('.sound-table tbody tr').first()).toContainText(/\d+ \(\d+–\d+\)/);
    for (const summary of await page.getByText('As a table').all()) await summary.click();
    const days = page.locator('.days tbody tr');
    await expect(days).toHaveCount(robin.days.length);
    await expect(page.locator('.chart')).toHaveAttribute('aria-label', /Chart with \d+ days/);
  });

  test('is honest where there is no trend, and where there is nothing', async ({ page }) => {
    const [, , , sam] = past;
    await look(page, '#/progress', { learner: { id: sam!.uuid, name: sam!.name, first_language: '' } });
    await expect(page.getByText('It is too early for a curve')).toBeVisible();
    await page.evaluate(() => { localStorage.setItem('euphone.learner', 'null'); });
    await page.reload();
    await expect(page.getByText('Choose who is learning')).toBeVisible();
  });
});

test.describe('lessons', () => {
  test('begin with those for the first language, and lead to speaking', async ({ page }) => {
    await look(page, '#/lessons');
    await expect(page.locator('.packs').first()).toContainText('Korean');
    await page.getByRole('link', { name: /speakers of: Korean/ }).click();
    await expect(page.getByRole('link', { name: 'Start' })).toBeVisible();
    await page.getByRole('link', { name: 'Speak: He laughed when he fell off the pile.' }).click();
    await expect(page).toHaveURL(/#\/speak\/l1-ko\/p-f-2/);
    await expect(page.locator('.sentence')).toHaveText('He laughed when he fell off the pile.');
  });

  test('are made of one’s own text and file, and deleted', async ({ page }) => {
    await look(page, '#/lessons');
    await page.getByLabel('What do you want to read?').fill('The moon is bright tonight. Can you see it?');
    await page.getByLabel('Title').fill('Moon');
    await page.getByRole('button', { name: 'Keep as a lesson' }).click();
    await expect(page.getByRole('heading', { name: 'Moon' })).toBeVisible();
    await expect(page.locator('.item')).toHaveCount(2);
    await page.getByRole('button', { name: 'Delete this lesson' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Lessons', exact: true })).toBeVisible();
    await expect(page.getByText('Moon')).toHaveCount(0);
    await page.locator('input[type=file]').setInputFiles({
      name: 'at the market.tsv', mimeType: 'text/tab-separated-values',
      buffer: Buffer.from('# title: At the market\n# language: en-US\nid\ttext\none\tHow much are the pears?\n'),
    });
    await expect(page.getByRole('heading', { name: 'At the market' })).toBeVisible();
    await page.goto(`${url()}/#/lessons`);
    await page.locator('input[type=file]').setInputFiles({ name: 'song.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('x') });
    await expect(page.getByText('I can read files that end in')).toBeVisible();
  });
});

test.describe('the class', () => {
  test('is a table and a map that the arrow keys walk through', async ({ page }) => {
    await look(page, '#/teacher');
    const names = page.locator('.table.class tbody th');
    for (const { name } of past) await expect(names.getByText(name, { exact: true })).toBeVisible();
    const cells = page.locator('button.heat');
    await cells.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const label = await page.evaluate(() => document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.textContent);
    expect(label).not.toBe(await cells.first().getAttribute('aria-label'));
    await cells.first().click();
    const panel = page.locator('.cell-panel');
    await expect(panel.locator('.worst').first()).toBeVisible();
  });

  test('goes into a spreadsheet, and onto paper', async ({ page }) => {
    await look(page, '#/teacher');
    const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Table (CSV)' }).click()]);
    expect(readFileSync(await table.path(), 'utf8')).toContain('Robin,ko,');
    await page.locator('tr', { hasText: 'Robin' }).getByRole('link', { name: 'Report' }).click();
    await expect(page.locator('.parent-report')).toContainText('What to practise next');
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.header')).toBeHidden();
    await expect(page.locator('.parent-report')).toBeVisible();
    const height = await page.locator('.parent-report').evaluate((one) => one.getBoundingClientRect().height);
    expect(height).toBeLessThan(1050);
  });
});
