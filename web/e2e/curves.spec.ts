import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open } from './page';
import { past } from './past';

const { uuid, name, first_language } = past[0]!;
const learner = { id: uuid, name, first_language };

/** A line as the program gives it, so that every state can be seen. */
function line(title: string, values: object): object {
  const points = Array.from({ length: 12 }, (_, i) => ({ x: 4 * i + 2, y: 78 - 24 * Math.exp(-i / 4), low: null, high: null, count: 4, label: `2026-10-${i + 10}` }));
  const curve = Array.from({ length: 40 }, (_, i) => ({ x: 2 + 1.8 * i, y: 78 - 24 * Math.exp(-i / 9), low: 70 - 24 * Math.exp(-i / 9), high: 84 - 20 * Math.exp(-i / 9) }));
  const value = (score: number) => ({ value: score, low: score - 3, high: score + 3 });
  return {
    name: title, state: 'learning', now: 48, points, mean: value(70), no_fit: null, curve, plateau: null, notes: [],
    fit: { shape: 'power', limit: 80, gap: -24, rate: 0.1, spread: 6, practices: 48, points: 12, now: value(76) },
    forecast: { ...value(78), more: 20 }, target: { y: 80, more: 31.2, low: 20, high: null }, ...values,
  };
}

test('the curve says where it leads, where it stays the same, and where nothing can be told', async ({ page }) => {
  const rows = ['TH /θ/', 'S /s/'].map((title, i) => ({ name: title, practices: 30, state: i === 0 ? 'plateau' : 'no change', mean: null, now: null, forecast: null }));
  const plateau = { points: 10, from_x: 10, mean: 71, expected_gain: 0.1 };
  await page.route('**/curves*', async (route) => {
    const sound = new URL(route.request().url()).searchParams.get('sound');
    const lines = sound === 'TH' ? [line('TH /θ/', { plateau })]
      : sound === 'S' ? [line('S /s/', { fit: null, no_fit: 'no_change', curve: [], forecast: null, target: null, plateau })] : [line('all sounds', {})];
    await route.fulfill({ json: { schema: 'euphone.curves/1', kind: 'learner', title: name, lines, rows: sound ? [] : rows, compared: [], notes: [] } });
  });
  await open(page, '#/progress', { learner });
  const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Your scores over time' }) });
  await expect(card).toContainText('You now reach about 76 of 100, most likely between 73 and 79.');
  await expect(card).toContainText('After 20 more I expect about 78');
  await expect(card).toContainText('80 should come after about 32 more.');
  await card.getByLabel('Show').selectOption({ label: '“th” (as in “think”) · stays the same' });
  await expect(card).toContainText('it has stayed at about 71.');
  await expect(card.getByRole('link', { name: 'Exercises may help.' })).toHaveAttribute('href', '#/practice?sound=TH');
  await card.getByText('As a table').click();
  await expect(card.locator('tbody tr')).toHaveCount(12);
  const found = await new AxeBuilder({ page }).include('.card').analyze();
  expect(found.violations.map((one) => one.id)).toEqual([]);
  await card.getByLabel('Show').selectOption('S');
  await expect(card).toContainText('I cannot tell a trend from chance yet.');
  await expect(card.locator('.curve-line')).toHaveCount(0);
});

test('the curve is the program’s own, of all sounds and of one', async ({ page }) => {
  await open(page, '#/progress', { learner });
  const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Your scores over time' }) });
  await expect(card).toContainText(/You now reach about \d+ of 100|I cannot tell a trend/);
  await expect(card.locator('.curve-day')).toHaveCount(past[0]!.days.length);
  await card.getByLabel('Show').selectOption('TH');
  await expect(card).toContainText('times said so far');
  await expect(card.locator('.curve-day').first()).toBeVisible();
});
