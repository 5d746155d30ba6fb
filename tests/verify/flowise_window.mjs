/**
 * Flowise's chat window (flowise-embed) in Chromium, asking the tutor of a running `euphone serve`. Arguments: its address, the window's package,
 * a question. First from a page of the same origin, which a proxy makes; then from another one, which must be refused.
 */
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [server, window_, question] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');
const script = readFileSync(join(window_, 'dist', 'web.js'));

/** The page, and with `pass` Euphone's API behind the same address: the Host that the browser names is kept. */
const serve = (apiHost, pass) =>
  new Promise((resolve) => {
    const listener = createServer((asked, answer) => {
      if (asked.url === '/web.js') return answer.setHeader('Content-Type', 'text/javascript').end(script);
      if (asked.url.startsWith('/api/') && pass) {
        const onward = request(server + asked.url, { method: asked.method, headers: asked.headers }, (got) => {
          answer.writeHead(got.statusCode, got.headers);
          got.pipe(answer);
        });
        return asked.pipe(onward);
      }
      const init = `import Chatbot from './web.js'; Chatbot.initFull({ chatflowid: 'tutor', apiHost: ${apiHost} });`;
      return answer.setHeader('Content-Type', 'text/html').end(
        `<!doctype html><title>A page</title><flowise-fullchatbot></flowise-fullchatbot><script type="module">${init}</script>`,
      );
    });
    listener.listen(0, '127.0.0.1', () => resolve({ listener, url: `http://127.0.0.1:${listener.address().port}/` }));
  });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** What the window shows of an answer, and what the page asked of the API. */
const ask = async ({ url }, wait) => {
  const page = await browser.newPage();
  const asked = [];
  const note = (one, how) => one.url().includes('/api/') && asked.push(`${one.method()} ${new URL(one.url()).pathname} ${how}`);
  page.on('response', (got) => note(got.request(), got.status()));
  page.on('requestfailed', (one) => note(one, 'kept from the page'));
  await page.goto(url);
  const input = page.locator('textarea');
  await input.fill(question);
  await input.press('Enter');
  await wait(page);
  const bubbles = await page.locator('.chatbot-host-bubble').allInnerTexts();
  await page.close();
  return { bubbles, asked };
};

const own = await serve('location.origin', true);
const told = await ask(own, async (page) => {
  await page.getByText('When TH is said as S').first().waitFor({ timeout: 60_000 });
  await page.locator('[title*="When TH is said as S"]').waitFor();
});
const other = await serve(JSON.stringify(server), false);
const refused = await ask(other, (page) => page.waitForTimeout(3000));
await browser.close();
own.listener.close();
other.listener.close();

const answer = told.bubbles.at(-1) ?? '';
if (!answer.includes('between your teeth')) throw new Error(`no answer in the window: ${JSON.stringify(told)}`);
if (answer.includes('**')) throw new Error(`its Markdown was not drawn: ${answer}`);
if (refused.bubbles.some((text) => text.includes('between your teeth'))) throw new Error('another site was answered');
console.log(JSON.stringify({ asked: told.asked, answer: answer.length, other_site: refused.asked }));
