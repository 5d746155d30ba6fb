import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, url } from './page';

async function judge(): Promise<string> {
  return ((await (await fetch(`${url()}/api/v1/models`)).json()) as { judge: string }).judge;
}

test.afterEach(async () => {
  await fetch(`${url()}/api/v1/models`, { method: 'PATCH', body: JSON.stringify({ judge: 'en-us-standard' }) });
});

test('another model is chosen, says what it is worth, and judges', async ({ page }) => {
  await open(page, '#/settings');
  const models = page.getByRole('group', { name: 'Which model judges' });
  await expect(models.getByRole('radio')).toHaveCount(4);
  await expect(models.getByRole('radio', { name: /^en-us-standard .* sounds 0\.\d\d, sentences 0\.\d\d · \d+ MB$/ })).toBeChecked();
  await models.getByRole('radio', { name: /^en-us-tiny / }).check();
  await expect.poll(judge).toBe('en-us-tiny');
  await expect(models).toBeEnabled();
  await expect(models.getByRole('radio', { name: /^en-us-tiny / })).toBeChecked();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.reload();
  await expect(models.getByRole('radio', { name: /^en-us-tiny / })).toBeChecked();
  await expect(page.locator('.facts')).toContainText('en-us-tiny');
});
