/** The tools that Flowise imports (integrations/flowise), run as Flowise runs them, against `euphone serve`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serve, type Served } from './serve';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: Served;
let learner: string;

/** Flowise puts a tool's code into a function of its own, with its arguments as variables, and gives it one library. */
async function run(name: string, args: Record<string, string> = {}, vars: Record<string, string> = {}): Promise<unknown> {
  const file = fileURLToPath(new URL(`../../integrations/flowise/tools/euphone_${name}.json`, import.meta.url));
  const tool = JSON.parse(readFileSync(file, 'utf8')) as { schema: string; func: string };
  const known = (JSON.parse(tool.schema) as { property: string }[]).map((one) => one.property);
  for (const given of Object.keys(args)) expect(known).toContain(given);
  const names = ['require', '$vars', ...Object.keys(args).map((one) => `$${one}`)];
  const wrapped = new Function(...names, `return (async function() {${tool.func}})()`) as (...values: unknown[]) => Promise<unknown>;
  return wrapped(() => fetch, { EUPHONE_URL: server.url, ...vars }, ...Object.values(args));
}

beforeAll(async () => {
  server = await serve();
  learner = await server.learner('Ana');
});
afterAll(async () => server.end());

test('the tutor is asked, and its answer names the passages', async () => {
  const question = "Why do I say 'sink' for 'think'?";
  expect(await run('ask_tutor', { question })).toMatch(/\[contrast\/s-th/);
  expect(await run('ask_tutor', { question: 'What is the weather like?' })).toBe('The tutor knows nothing of that.');
  expect(await run('ask_tutor', { question: '' })).not.toMatch(/\[contrast/);
});

test('words are looked up', async () => {
  expect(await run('look_up_word', { word: 'photograph' })).toBe('photograph: /f oʊ t ə ɡ ɹ æ f/, ARPAbet F OW1 T AH0 G R AE2 F');
});

test('who the learner is comes from a variable, and without it nothing is told of anybody', async () => {
  for (const name of ['progress', 'drills']) expect(await run(name)).toContain('EUPHONE_LEARNER');
  const nobody = '00000000-0000-4000-8000-000000000000';
  for (const name of ['progress', 'drills']) expect(await run(name, {}, { EUPHONE_LEARNER: nobody })).toMatch(/learner/);
});

test('what a learner has read is told, and what to practise', async () => {
  expect(await run('progress', {}, { EUPHONE_LEARNER: learner })).toBe('This learner has not read anything yet.');
  await server.read(learner);
  expect(await run('progress', {}, { EUPHONE_LEARNER: learner })).toMatch(/^1 readings on 1 days\.\nWeakest sounds:\nTH \/θ\/: \d+ of 100/);
  expect(await run('drills', {}, { EUPHONE_LEARNER: learner })).toMatch(/^Practise TH \/θ\//);
  expect(await run('drills', { sound: 'R', against: 'L' }, { EUPHONE_LEARNER: learner })).toMatch(/^Practise R \/ɹ\/, which is mixed up with \/l\/\./);
  expect(await run('drills', { sound: 'QQ' }, { EUPHONE_LEARNER: learner })).toContain('`sound`');
  expect(await run('ask_tutor', { question: 'How do I make the th sound?' }, { EUPHONE_LEARNER: learner })).toMatch(/last 28 days|readings/);
});

test('a server that is not there is told in words that a model can read', async () => {
  expect(await run('look_up_word', { word: 'think' }, { EUPHONE_URL: 'http://127.0.0.1:1' })).toMatch(/^Euphone cannot be reached: /);
});
