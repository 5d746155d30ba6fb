import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { open, speakAddress, url } from './page';
import { recordings } from './recordings';

const { text } = recordings.nextYear;

async function post<Answer>(path: string, type: string, body: string): Promise<Answer> {
  const answer = await fetch(`${url()}/api/v1/${path}`, { method: 'POST', headers: { 'Content-Type': type }, body });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Answer;
}

/** Somebody new, so that what she reads is all that she has read. */
async function somebody(name: string): Promise<{ id: string; name: string; first_language: string }> {
  return post('learners', 'application/json', JSON.stringify({ name, first_language: 'de' }));
}

async function read(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Speak', exact: true }).click();
  await expect(page.locator('.score')).toBeVisible({ timeout: 20_000 });
}

test('a whole lesson is read, kept, found, heard again, and counts as practice', async ({ page }) => {
  const learner = await somebody(`Reader ${Date.now()}`);
  const title = `Twice ${Date.now()}`;
  const lesson = await post<{ name: string }>(`lessons?title=${encodeURIComponent(title)}`, 'text/plain', `${text}\n\n${text}`);
  await open(page, `#/speak/${lesson.name}/1`, { learner });
  await read(page);
  await page.locator('[data-shortcut=n]').click();
  await expect(page.getByText('Sentence 2 of 2')).toBeVisible();
  await expect(page).toHaveURL(/\/2$/);
  await expect(page.locator('.sentence').first()).toHaveText(text);
  await read(page);
  const kept = async (): Promise<{ item: string; has_recording: boolean }[]> =>
    ((await (await fetch(`${url()}/api/v1/takes?learner=${learner.id}`)).json()) as { takes: { item: string; has_recording: boolean }[] }).takes;
  await expect.poll(kept).toMatchObject([{ item: '2', has_recording: true }, { item: '1', has_recording: true }]);

  await page.getByRole('link', { name: 'Recordings' }).click();
  await expect(page.locator('.take')).toHaveCount(2);
  await page.getByRole('searchbox').fill('differ');
  await expect(page.locator('.take')).toHaveCount(2);
  await page.getByRole('link', { name: 'Progress' }).click();
  await expect(page.getByRole('heading', { name: 'What comes next' })).toBeVisible();
  await page.getByRole('link', { name: 'Lessons' }).click();
  await expect(page.getByText(title)).toBeVisible();
});

/** A book with one chapter, zipped as its makers do. */
function book(folder: string, paragraphs: string[]): string {
  mkdirSync(join(folder, 'META-INF'), { recursive: true });
  writeFileSync(join(folder, 'mimetype'), 'application/epub+zip');
  writeFileSync(join(folder, 'META-INF/container.xml'), '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>');
  writeFileSync(join(folder, 'book.opf'), '<package><manifest><item id="one" href="one.xhtml"/></manifest><spine><itemref idref="one"/></spine></package>');
  writeFileSync(join(folder, 'one.xhtml'), `<html><body>${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')}</body></html>`);
  execFileSync('/usr/bin/python3', ['-m', 'zipfile', '-c', 'the_red_fox.epub', 'mimetype', 'META-INF', 'book.opf', 'one.xhtml'], { cwd: folder });
  return join(folder, 'the_red_fox.epub');
}

test('a book becomes a lesson, sentence by sentence', async ({ page }, info) => {
  await open(page, '#/lessons');
  await page.locator('input[type=file]').setInputFiles(book(info.outputPath('book'), ['A <b>red</b> fox ran. It was quick.', 'Was it yours?']));
  await expect(page.getByText('the red fox')).toBeVisible();
  for (const sentence of ['A red fox ran.', 'It was quick.', 'Was it yours?']) await expect(page.getByText(sentence)).toBeVisible();
  await page.getByText('Was it yours?').click();
  await expect(page.locator('.sentence').first()).toHaveText('Was it yours?');
  await expect(page.getByText('Sentence 3 of 3')).toBeVisible();
});

test('two tabs listen side by side, and neither hears of the other', async ({ context }) => {
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await open(tab, speakAddress(text));
  for (const tab of tabs) await tab.getByRole('button', { name: 'Speak', exact: true }).click();
  for (const tab of tabs) {
    await expect(tab.locator('.score')).toBeVisible({ timeout: 30_000 });
    await expect(tab.locator('button.word')).toHaveCount(7);
  }
});

test('a German keyboard writes its letters, and AltGr presses nothing', async ({ page }) => {
  await open(page, '#/lessons');
  const field = page.getByLabel('What do you want to read?');
  await field.focus();
  const keys = await page.context().newCDPSession(page);
  const press = async (key: string, code: string, modifiers = 0): Promise<void> => {
    for (const type of ['keyDown', 'keyUp'] as const) {
      await keys.send('Input.dispatchKeyEvent', { type, key, code, modifiers, ...(type === 'keyDown' && { text: key }) });
    }
  };
  for (const [key, code] of [['Z', 'KeyY'], ['ö', 'Semicolon'], ['ß', 'Minus'], ['y', 'KeyZ']] as const) await press(key, code);
  await expect(field).toHaveValue('Zößy');

  await page.goto(`${url()}/${speakAddress(text)}`);
  await read(page);
  await page.locator('main').focus();
  const noted = page.getByText('Thank you. I have noted it on this device.').last();
  const [alt, control] = [1, 2];
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'x', code: 'KeyX', modifiers: alt | control });
  await expect(noted).toHaveCount(0);
  await press('x', 'KeyX');
  await expect(noted).toBeVisible();
});
