import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { open, speakAddress } from './page';
import { past } from './past';
import { recordings } from './recordings';

const { uuid, name, first_language } = past[0]!;
const learner = { id: uuid, name, first_language };
const { text } = recordings.nextYear;

async function mistakes(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`);
}

/** Sounds that were asked for. */
function played(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.pathname === '/api/v1/reference') asked.push(address.searchParams.get('text')!);
  });
  return asked;
}

test.describe('articles', () => {
  test('are found by a word, and lead to one another', async ({ page }) => {
    await open(page, '#/articles', { learner });
    await expect(page.getByRole('heading', { name: 'For you first' })).toBeVisible();
    await page.getByLabel('Find an article').fill('sink');
    await expect(page.locator('.articles')).toHaveCount(2);
    await page.getByRole('link', { name: '"s" as in sink, "th" as in think' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('"s" as in sink, "th" as in think');
    await expect(page.locator('.mouth')).toHaveCount(2);
    await page.getByRole('link', { name: '"th" as in think' }).click();
    await expect(page).toHaveURL(/#\/articles\/sound\/th$/);
    await page.getByText('Where this comes from').click();
    await expect(page.getByText('A Course in Phonetics')).toBeVisible();
  });

  test('say their words and pairs, and have them read aloud', async ({ page }) => {
    const asked = played(page);
    await open(page, '#/articles/contrast/s-th', { learner });
    await page.getByRole('button', { name: 'Hear think', exact: true }).click();
    await expect.poll(() => asked).toContain('think');
    await page.getByRole('button', { name: 'Both: hear sink and think' }).click();
    await expect.poll(() => asked).toContain('sink, think');
    await page.getByRole('link', { name: 'Read the pairs aloud' }).click();
    await expect(page.locator('.sentence')).toHaveText('Sink, think.');
    await expect(page.getByText('Sentence 1 of 5')).toBeVisible();
  });

  test('are where a tip comes from', async ({ page }) => {
    await open(page, speakAddress(text), { strictness: 'near_native' });
    await page.getByRole('button', { name: 'Speak', exact: true }).click();
    await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: /^thought:/ }).click();
    await page.locator('.sound').first().click();
    await page.locator('#sound-panel').getByRole('link', { name: 'Read more about it' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('"th" as in think');
  });

  test('say so where there is none', async ({ page }) => {
    await open(page, '#/articles/sound/none', { learner });
    await expect(page.getByText('There is no such article.')).toBeVisible();
  });
});

test.describe('exercises', () => {
  test('say which sound and why, and go from one to the next by keys alone', async ({ page }) => {
    await open(page, '#/practice', { learner });
    await expect(page.locator('.drill-sound')).toBeVisible();
    await expect(page.getByText(/\d exercises\. I chose them/)).toBeVisible();
    await page.getByRole('button', { name: 'Begin' }).press('Enter');
    await expect(page.locator('#drill-at')).toHaveText('Exercise 1 of 8');
    await expect(page.locator('[aria-live=polite]')).toHaveText(/^Exercise 1 of 8: \w/);
    await expect(page.locator('.stage')).toBeFocused();
    const first = await page.locator('.sentence').textContent();
    await page.keyboard.press('n');
    await expect(page.locator('#drill-at')).toHaveText('Exercise 2 of 8');
    await page.keyboard.press('p');
    await expect(page.locator('.sentence')).toHaveText(first!);
    for (let i = 0; i < 8; i += 1) await page.keyboard.press('n');
    await expect(page.getByRole('heading', { name: 'That was your round' })).toBeFocused();
    await expect(page.locator('.drill-end .lead')).toHaveText(/^Nothing was read this time\./);
    expect(await mistakes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to what is open' }).click();
    await expect(page.locator('#drill-at')).toHaveText('Exercise 1 of 8');
    expect(await mistakes(page)).toEqual([]);
  });

  test('are read, told of their sound alone, and end with what went well', async ({ page }) => {
    test.setTimeout(120_000);
    await page.route('**/drills*', async (route) => {
      const practised = (await (await route.fetch()).json()) as { drill: { items: object[] } };
      const item = { kind: 'sentence', text, words: [], place: null, lesson: null, item: null, times: 1, chance: 0.8 };
      practised.drill.items = [item, { ...item, kind: 'word', text: 'think', words: [{ text: 'think', ipa: 'θɪŋk' }] }];
      await route.fulfill({ json: practised });
    });
    await open(page, '#/practice?sound=TH', { learner, strictness: 'child' });
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.locator('main').focus();
    await page.keyboard.press(' ');
    await expect(page.getByText('I am listening')).toBeVisible();
    await expect(page.locator('.focus-message')).toContainText('thought', { timeout: 20_000 });
    await expect(page.getByRole('button', { name: 'Hear yours' })).toBeVisible();
    expect(await mistakes(page)).toEqual([]);
    await page.getByRole('button', { name: /^thought:/ }).click();
    await expect(page.locator('#sound-panel')).toBeVisible();
    await page.getByRole('button', { name: 'Next exercise' }).click();
    await expect(page.locator('#drill-at')).toHaveText('Exercise 2 of 2');
    await page.getByRole('navigation', { name: 'Tutor' }).getByRole('link', { name: 'Articles' }).click();
    await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Tutor' }).click();
    await page.goBack();
    await page.goBack();
    await expect(page.locator('#drill-at')).toHaveText('Exercise 2 of 2');
    await expect(page.locator('.stage')).toBeFocused();
    await page.keyboard.press('n');
    await expect(page.locator('.drill-end .lead')).toHaveText('One of 1 exercises went well.');
    await expect(page.locator('.drill-texts.good')).toHaveText(text);
  });

  test('need somebody whose they are', async ({ page }) => {
    await open(page, '#/practice');
    await expect(page.getByText('Choose who is learning, above.')).toBeVisible();
  });
});

/** The tutor's answers, as docs/formats/ask.md has them. `lost`: so many requests are lost first. */
async function answers(page: Page, values: object, lost = 0): Promise<{ question: string; learner?: string; compose?: boolean }[]> {
  const asked: { question: string; learner?: string; compose?: boolean }[] = [];
  await page.route('**/api/v1/ask', async (route) => {
    if ((lost -= 1) >= 0) return route.abort();
    asked.push(route.request().postDataJSON() as { question: string });
    const passage = 'contrast/s-th#when-th-is-said-as-s';
    const part = { passage, title: '"s" as in sink, "th" as in think', heading: 'When TH is said as S', lines: ['Let the tip of your tongue come out.', 'Let the air flow softly.'] };
    return route.fulfill({ json: { question: '', about: {}, answered: true, record: ['TH: said 14 times in the last 28 days.'], answer: [part], ...(asked.at(-1)!.compose ? values : {}) } });
  });
  return asked;
}

test.describe('the tutor', () => {
  test('answers out of its articles and of the record, without any language model', async ({ page }) => {
    await open(page, '#/tutor', { learner });
    await page.getByLabel('Your question, in English').fill('My "th" in "think" sounds like "s". What can I do?');
    await page.getByRole('button', { name: 'Ask it' }).click();
    await expect(page.locator('.own-record li').first()).toContainText('TH: said');
    await expect(page.locator('.quote').first()).toContainText('When TH is said as S');
    await expect(page.getByText('A language model is writing')).toHaveCount(0);
    await page.getByLabel('Your question, in English').fill('?!');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'That did not work' })).toBeVisible();
    await page.locator('.asked', { hasText: 'sounds like' }).getByRole('link').first().click();
    await expect(page.locator('.article-part.cited h2, .article-text.cited')).toBeVisible();
  });

  test('suggests what the record shows, and answers with what stands where', async ({ page }) => {
    const asked = await answers(page, {});
    await open(page, '#/tutor', { learner });
    await page.getByRole('button', { name: /^My "/ }).first().click();
    await expect(page.getByRole('heading', { name: 'From your recordings' })).toBeVisible();
    expect(asked[0]!.learner).toBe(learner.id);
    await expect(page.locator('[aria-live=polite]')).toContainText('Let the tip of your tongue come out.');
    expect(await mistakes(page)).toEqual([]);
    await page.getByRole('link', { name: '"s" as in sink, "th" as in think: When TH is said as S' }).click();
    await expect(page.locator('.article-part.cited h2')).toHaveText('When TH is said as S');
    await page.goBack();
    await expect(page.locator('.asked')).toHaveCount(1);
  });

  test('takes Enter for an end and Shift and Enter for a new line', async ({ page }) => {
    const asked = await answers(page, {});
    await open(page, '#/tutor', { learner });
    const box = page.getByLabel('Your question, in English');
    await box.pressSequentially('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    expect(asked).toHaveLength(0);
    await box.press('Enter');
    await expect(page.locator('.asked h2')).toHaveText('one\ntwo');
    await expect(box).toHaveValue('');
    await expect(box).toBeFocused();
    await box.press('Enter');
    await expect(page.locator('.asked')).toHaveCount(1);
  });

  test('marks what a language model wrote, and keeps the passages beside it', async ({ page }) => {
    const passages = ['contrast/s-th#when-th-is-said-as-s'];
    await answers(page, { composed: { text: 'Tongue out.\n\nAir on.', passages, model: 'small-1' } });
    await open(page, '#/tutor?q=th', { learner });
    await expect(page.locator('.composed')).toContainText('Written by a language model (small-1) out of these passages.');
    await expect(page).toHaveURL(/#\/tutor$/);
    await page.getByText('The passages themselves').click();
    await expect(page.getByText('Let the air flow softly.')).toBeVisible();
    expect(await mistakes(page)).toEqual([]);
  });

  test('says quietly that what a model wrote was thrown away', async ({ page }) => {
    await answers(page, { rejected: 'a sentence stands in no passage' });
    await open(page, '#/tutor?q=th', { learner });
    await expect(page.getByText('I show no answer of the language model: a sentence stands in no passage')).toBeVisible();
    await expect(page.getByText('Let the air flow softly.')).toBeVisible();
  });

  test('keeps a question that got no answer, and asks it again', async ({ page }) => {
    await answers(page, {}, 1);
    await open(page, '#/tutor', { learner });
    await page.getByLabel('Your question, in English').fill('th?');
    await page.getByRole('button', { name: 'Ask it' }).click();
    await expect(page.getByText('Your question is still here.')).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Let the air flow softly.')).toBeVisible();
    await expect(page.getByText('Your question is still here.')).toHaveCount(0);
  });

  test('forgets what it told when another learner is chosen', async ({ page }) => {
    await answers(page, {});
    await open(page, '#/tutor?q=th', { learner });
    await expect(page.locator('.asked')).toHaveCount(1);
    await page.getByLabel('Learner').selectOption(past[1]!.uuid);
    await expect(page.locator('.asked')).toHaveCount(0);
  });
});
