/** `euphone serve` with the client library that programs talk to Flowise with. */
import { FlowiseClient } from 'flowise-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serve, type Served } from './serve';

// Models are opened by the first request that needs them, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const question = "Why do I say 'sink' for 'think'?";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface Source {
  pageContent: string;
  metadata: { source: string; title: string };
}
interface Told {
  text: string;
  question: string;
  chatId: string;
  chatMessageId: string;
  sessionId: string;
  sourceDocuments?: Source[];
}
/** What is no answer. */
interface Refused {
  statusCode: number;
  success: boolean;
  message: string;
}
interface StreamEvent {
  event: string;
  data: unknown;
}
/** What a test may send; the library's own types ask for less than its users send. */
interface Asked {
  chatflowId: string;
  question: string;
  chatId?: string;
  overrideConfig?: Record<string, unknown>;
  uploads?: { type: string; name: string; mime: string; data: string }[];
}

let server: Served;
let client: FlowiseClient;

const ask = async (asked: Partial<Asked> = {}): Promise<Told> =>
  (await client.createPrediction({ chatflowId: 'tutor', question, ...asked })) as unknown as Told;
const refused = async (asked: Partial<Asked>): Promise<Refused> => (await ask(asked)) as unknown as Refused;

/** All events of an answer, in their order. */
const stream = async (asked: Partial<Asked> = {}): Promise<StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const event of await client.createPrediction({ chatflowId: 'tutor', question, ...asked, streaming: true })) events.push(event);
  return events;
};
const dataOf = (events: StreamEvent[], name: string): unknown => events.find((one) => one.event === name)?.data;

beforeAll(async () => {
  server = await serve();
  client = new FlowiseClient({ baseUrl: server.url });
});
afterAll(async () => server.end());

test('an answer is one document with its sources, which are those of the tutor', async () => {
  const told = await ask();
  const own = (await server.post('/ask', JSON.stringify({ question }))) as { answer: { passage: string; lines: string[] }[] };
  expect(told.question).toBe(question);
  expect(told.sourceDocuments?.map((one) => one.metadata.source)).toEqual(own.answer.map((one) => one.passage));
  expect(told.sourceDocuments?.map((one) => one.pageContent)).toEqual(own.answer.map((one) => one.lines.join('\n')));
  for (const one of own.answer) for (const line of one.lines) expect(told.text).toContain(line);
  for (const one of told.sourceDocuments ?? []) expect(told.text).toContain(one.metadata.title);
});

test('streamed, the words join to the same text, and the sources come after them', async () => {
  const [told, events] = [await ask(), await stream()];
  const order = events.map((one) => one.event);
  expect(order.filter((name, at) => name !== order[at - 1])).toEqual(['start', 'token', 'sourceDocuments', 'metadata', 'end']);
  expect(order.filter((name) => name === 'start')).toHaveLength(1);
  const tokens = events.filter((one) => one.event === 'token').map((one) => one.data as string);
  expect(tokens.join('')).toBe(told.text);
  expect(tokens.length).toBeGreaterThan(20);
  expect(dataOf(events, 'sourceDocuments')).toEqual(told.sourceDocuments);
  expect(dataOf(events, 'metadata')).toMatchObject({ question });
  expect(dataOf(events, 'end')).toBe('[DONE]');
});

test('characters of any script come back whole, streamed or not', async () => {
  const strange = "Why 'sink' for 'think'? 왜 그래요? 🙂";
  expect((await ask({ question: strange })).question).toBe(strange);
  expect(dataOf(await stream({ question: strange }), 'metadata')).toMatchObject({ question: strange });
});

test('a session keeps the name that it was given, and each answer has one of its own', async () => {
  const told = await ask({ overrideConfig: { sessionId: 'monday' }, chatId: 'window 7' });
  expect(told).toMatchObject({ sessionId: 'monday', chatId: 'window 7' });
  expect(await ask({ overrideConfig: { sessionId: 'monday' } })).toMatchObject({ sessionId: 'monday', chatId: 'monday' });
  expect(await ask({ chatId: 'window 7' })).toMatchObject({ sessionId: 'window 7', chatId: 'window 7' });
  const events = await stream({ overrideConfig: { sessionId: 'monday' } });
  expect(dataOf(events, 'metadata')).toMatchObject({ sessionId: 'monday', chatId: 'monday' });
  const [one, other] = [await ask(), await ask()];
  for (const answer of [told, one, other]) expect(answer.chatMessageId).toMatch(uuid);
  expect(one.chatId).toMatch(uuid);
  expect(one.sessionId).toBe(one.chatId);
  expect(new Set([one.chatId, one.chatMessageId, other.chatId, other.chatMessageId]).size).toBe(4);
});

test('nothing is made up where nothing is known', async () => {
  const told = await ask({ question: 'What is the weather like?' });
  expect(told.text).toContain('I know nothing of that');
  expect(told.sourceDocuments).toBeUndefined();
  const events = await stream({ question: 'What is the weather like?' });
  expect(events.map((one) => one.event)).not.toContain('sourceDocuments');
});

test("a learner's own record is told to who asks for that learner", async () => {
  const learner = await server.learner('Ana');
  await server.read(learner);
  const own = (await server.post('/ask', JSON.stringify({ question, learner }))) as { record: string[] };
  expect(own.record.length).toBeGreaterThan(0);
  const overrideConfig = { vars: { learner } };
  for (const line of own.record) expect((await ask({ overrideConfig })).text).toContain(line);
  for (const line of own.record) expect((await ask()).text).not.toContain(line);
});

test('what cannot be answered is refused in words', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  const upload = { type: 'file', name: 'a.wav', mime: 'audio/wav', data: 'data:audio/wav;base64,AAAA' };
  for (const wrong of [
    { question: '' }, { question: '?!' }, { question: 'why '.repeat(20_000) }, { uploads: [upload] },
    { overrideConfig: { vars: { learner: 'Ana' } } }, { overrideConfig: { vars: { learner: nobody } } },
  ]) {
    const told = await refused(wrong);
    expect(told).toMatchObject({ success: false });
    expect(told.statusCode).toBeGreaterThanOrEqual(400);
    expect(told.statusCode).toBeLessThan(500);
    expect(told.message).not.toBe('');
    expect(await stream(wrong)).toEqual([{ event: 'error', data: told.message }, { event: 'end', data: '[DONE]' }]);
  }
});

test('another chatflow than the tutor is not there, and the library is told so before it streams', async () => {
  const wrong = { chatflowId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' };
  expect(await refused(wrong)).toMatchObject({ statusCode: 404, success: false });
  const told: unknown = await client.createPrediction({ ...wrong, question, streaming: true });
  expect(told).toMatchObject({ statusCode: 404, success: false });
});

test('a server that has ended is an error of the library', async () => {
  expect(await ask()).toMatchObject({ question });
  await server.end();
  await expect(ask()).rejects.toThrow();
  await expect(stream()).rejects.toThrow();
});
