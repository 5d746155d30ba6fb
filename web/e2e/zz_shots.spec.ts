import { test } from '@playwright/test';
import { open, speakAddress } from './page';
import { recordings } from './recordings';

const dir = '/work/scratch/shots';
for (const [name, width, height] of [['desk', 1280, 860], ['phone', 390, 844]] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`shots ${name} ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      page.on('console', (message) => console.log('console:', message.type(), message.text()));
      page.on('pageerror', (error) => console.log('error:', error.message));
      await open(page, speakAddress(recordings.nextYear.text), { theme, strictness: 'near_native' });
      await page.getByRole('button', { name: 'Speak', exact: true }).waitFor();
      await page.screenshot({ path: `${dir}/${name}-${theme}-1before.png` });
      await page.getByRole('button', { name: 'Speak', exact: true }).click();
      await page.locator('.word[class*=band-]').nth(2).waitFor();
      await page.screenshot({ path: `${dir}/${name}-${theme}-2during.png` });
      await page.locator('.score').waitFor();
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `${dir}/${name}-${theme}-3after.png`, fullPage: true });
      await page.locator('button.word').nth(2).click();
      await page.locator('.sound').first().click();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${dir}/${name}-${theme}-4panel.png`, fullPage: true });
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${dir}/${name}-${theme}-5settings.png`, fullPage: true });
    });
  }
}
