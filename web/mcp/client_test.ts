/** `euphone mcp` with the client library that other programs use: EUPHONE_PROGRAM, EUPHONE_SAMPLES. */
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Models are opened by the first call that needs them, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const needed = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const program = needed('EUPHONE_PROGRAM');
const clip = 'so762-014070336.opus';
const text = 'Next year will be different, she thought.';
const always = ['analyze_recording', 'explain', 'plan_practice', 'look_up_word'];

interface Told {
  content: { type: string; text?: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
}

let folder: string;
let client: Client;
let said: string[];

/** The library validates what each tool gives by the schema that tools/list told. */
const call = async (name: string, args: Record<string, unknown> = {}): Promise<Told> =>
  (await client.callTool({ name, arguments: args })) as Told;
const names = async (): Promise<string[]> => (await client.listTools()).tools.map((tool) => tool.name);

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'euphone-mcp-')));
  copyFileSync(join(needed('EUPHONE_SAMPLES'), clip), join(folder, clip));
  client = new Client({ name: 'euphone-test', version: '1' });
  said = [];
  const transport = new StdioClientTransport({
    command: program,
    args: ['mcp', '--root', folder],
    cwd: folder,
    stderr: 'pipe',
    env: {
      HOME: folder,
      PATH: process.env.PATH ?? '',
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  });
  transport.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  client.onerror = (error) => said.push(`client: ${error.message}`);
  await client.connect(transport);
});

afterEach(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

test('the library finds the tools and their schemas', async () => {
  expect(client.getServerVersion()).toMatchObject({ name: 'euphone', title: 'Euphone' });
  expect(client.getInstructions()).toContain('analyze_recording');
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(always);
  for (const tool of tools) expect(tool.outputSchema?.type).toBe('object');
  await client.ping();
  expect(said).toEqual([]);
});

test('every tool gives a text and a document that the library accepts', async () => {
  await names();
  const calls: [string, Record<string, unknown>, string][] = [
    ['analyze_recording', { path: clip, text }, 'The coach says'],
    ['explain', { question: "Why do I say 'sink' for 'think'?" }, '[contrast/s-th'],
    ['plan_practice', { sound: 'TH', against: 'S', count: 4 }, 'Pairs'],
    ['look_up_word', { word: 'photograph' }, 'dictionary'],
  ];
  for (const [tool, args, part] of calls) {
    const told = await call(tool, args);
    expect(told.isError ?? false).toBe(false);
    expect(told.content).toHaveLength(1);
    expect(told.content[0]?.text).toContain(part);
    expect(told.structuredContent).toBeTypeOf('object');
  }
  expect(said).toEqual([]);
});

test('a kept recording makes the learners known, and the library is told', async () => {
  expect(await names()).toEqual(always);
  const changed = new Promise<void>((resolve) => {
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
  });
  const told = await call('analyze_recording', { path: clip, text, learner: 'Ana' });
  expect(told.structuredContent).toMatchObject({ schema: 'euphone.analysis/1', verdict: 'scored' });
  await changed;
  expect(await names()).toEqual([...always, 'list_learners']);
  expect((await call('list_learners')).structuredContent).toEqual({
    learners: [{ name: 'Ana', first_language: '', recordings: 1 }],
  });
});

test('what a tool cannot do is a result, and a wrong call an error', async () => {
  const told = await call('analyze_recording', { path: '/etc/passwd', text });
  expect(told.isError).toBe(true);
  expect(told.content[0]?.text).toContain('outside of');
  await expect(call('analyze_recording', { path: clip })).rejects.toMatchObject({ code: -32602 });
  await expect(call('no_such_tool')).rejects.toMatchObject({ code: -32602 });
  await client.ping();
});
