import { expect, test } from '@playwright/test';
import { open, speakAddress } from './page';
import { recordings } from './recordings';

const { text } = recordings.nextYear;

test('words light up while somebody reads, then come a number, praise and one thing to do', async ({ page }) => {
  await open(page, speakAddress(text));
  const sentence = page.locator('.sentence').first();
  await expect(sentence).toHaveText(text);
  const before = await sentence.boundingBox();
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.speak-says')).toHaveText('I am listening');
  await expect(page.locator('.word.current')).toBeVisible();
  await expect(page.locator('.word.provisional').first()).toBeVisible();
  expect(await sentence.boundingBox()).toEqual(before);
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  expect(Number(await page.locator('.score').textContent())).toBeGreaterThan(30);
  expect(await sentence.boundingBox()).toEqual(before);
  await expect(page.locator('button.word')).toHaveCount(7);
  await expect(page.locator('.praise')).not.toBeEmpty();
  await expect(page.locator('.focus-message')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Say it again' })).toBeEnabled();
});

test('everything can be done by keyboard', async ({ page }) => {
  await open(page, speakAddress(text), { strictness: 'near_native' });
  await expect(page.locator('.sentence')).toHaveText(text);
  await page.keyboard.press('Space');
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.speak-says')).toHaveText('or press the space bar');

  const picture = page.getByRole('application');
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#panel-title')).toContainText('Next');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.sound[aria-pressed=true]')).toContainText('ɛ');
  await expect(page.locator('#sound-panel .mouth')).toBeVisible();

  await page.locator('main').focus();
  await page.keyboard.press('x');
  await expect(page.getByText('Thank you. I have noted it on this device.').last()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toBeVisible();
});

test('a sound shows what was heard, how sure that is, and how to make it', async ({ page }) => {
  await open(page, speakAddress(text));
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: /^thought:/ }).click();
  const panel = page.locator('#sound-panel');
  await panel.getByRole('button', { name: /^θ/ }).click();
  await expect(panel.getByText('Put the tip of your tongue between your teeth and let the air out.')).toBeVisible();
  await expect(panel.getByText('TH', { exact: true })).toBeVisible();
  await expect(panel.getByText(/of 100/)).toBeVisible();
  await expect(panel.getByRole('img', { name: /Tip of the tongue between the teeth/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Hear yours' }).click();
  await expect(panel.getByRole('button', { name: 'Hear yours' })).toHaveAttribute('aria-pressed', 'false', { timeout: 5000 });
});

test('a second try stands beside the first', async ({ page }) => {
  await open(page, speakAddress(text));
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Say it again' }).click();
  await expect(page.locator('.tries li')).toHaveCount(2, { timeout: 25_000 });
  await expect(page.locator('.tries .gain')).toBeVisible();
  await page.getByRole('button', { name: 'Listen to try 1' }).click();
});

test('one word can be said alone, and what comes is compared', async ({ page }) => {
  await open(page, speakAddress(text), { strictness: 'near_native' });
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: /^Say only/ }).click();
  await page.getByRole('button', { name: 'Try 1 of 3' }).click();
  await expect(page.locator('.drill .speak-button.active')).toBeVisible();
  await page.locator('.drill .speak-button').click();
  await expect(page.locator('.drill .speak-button')).toBeEnabled({ timeout: 20_000 });
  await page.locator('.drill').getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('.drill')).toHaveCount(0);
});

test('the model voice can be heard', async ({ page }) => {
  await open(page, speakAddress('I think so.'));
  const hear = page.getByRole('button', { name: 'Hear it' });
  await hear.click();
  await expect(hear).toHaveAttribute('aria-pressed', 'true');
  await expect(hear).toHaveAttribute('aria-pressed', 'false', { timeout: 10_000 });
});

test('a lost connection costs nothing that was said', async ({ page }) => {
  const sockets: { close: () => Promise<void> }[] = [];
  await page.routeWebSocket(/\/api\/v1\/live/, (socket) => {
    const server = socket.connectToServer();
    sockets.push({ close: () => socket.close({ code: 4999 }) });
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => socket.send(message));
  });
  await open(page, speakAddress(text));
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.word[class*=band-]').first()).toBeVisible({ timeout: 15_000 });
  await sockets[0]!.close();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
  expect(sockets.length).toBe(2);
  await expect(page.locator('button.word')).toHaveCount(7);
});

test('the microphone check says something useful', async ({ page }) => {
  await open(page, '#/settings');
  await page.getByRole('button', { name: 'Check the microphone' }).click();
  await expect(page.locator('.mic-says')).toContainText(/I can (still )?hear you well/, { timeout: 10_000 });
});
