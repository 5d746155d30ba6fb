import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** A hub with its page, and a NATS server of its own. */
export class Hub {
  url = '';
  code = '';
  token = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'euphone-hub-'));
  private process: ChildProcess | undefined;
  private lines: Interface | undefined;

  async start(): Promise<void> {
    const program = resolve(process.env.EUPHONE_PROGRAM ?? '../build/release/euphone');
    const dir = join(this.folder, 'hub');
    this.process = spawn(program, ['fleet', 'up', '--dev', '--dir', dir, '--page', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.process.stdout! });
    for await (const line of this.lines) {
      const link = /(http:\/\/\S+)\/#\/enter\/(\w+)/.exec(line);
      if (!link) continue;
      [, this.url, this.code] = link as unknown as [string, string, string];
      this.token = (JSON.parse(readFileSync(join(dir, 'hub.json'), 'utf8')) as { token: string }).token;
      return;
    }
    throw new Error('the hub did not say where its page is');
  }

  async stop(): Promise<void> {
    this.lines?.close();
    const ended = new Promise((done) => this.process?.once('exit', done));
    this.process?.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  async ask<T>(verb: string, args: object = {}): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1/fleet/${verb}`, {
      method: 'POST', body: JSON.stringify(args), headers: { Authorization: `Bearer ${this.token}` },
    });
    if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A device that was invited, and publishes in NATS' own words. */
  async device(name: string): Promise<Device> {
    const { url } = await this.ask<{ url: string }>('devices.invite', { device: name });
    // The server learns of a new user a moment later.
    for (let tries = 0; ; ++tries) {
      try {
        return await Device.join(name, new URL(url.replace('nats:', 'http:')));
      } catch (failure) {
        if (tries === 50) throw failure;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  }
}

export class Device {
  private constructor(readonly name: string, private readonly socket: Socket) {}

  static join(name: string, url: URL): Promise<Device> {
    return new Promise((done, fail) => {
      const socket = connect(Number(url.port), url.hostname);
      const hello = { verbose: false, user: url.username, pass: url.password };
      socket.setEncoding('utf8');
      socket.once('data', () => {
        socket.write(`CONNECT ${JSON.stringify(hello)}\r\nPING\r\n`);
        socket.once('data', (answer: string) => {
          if (answer.startsWith('PONG')) return done(new Device(name, socket));
          socket.destroy();
          fail(new Error(answer));
        });
      });
      socket.on('error', fail);
    });
  }

  say(what: object): void {
    const body = JSON.stringify({ schema: 'euphone.up/1', device: this.name, at: Math.floor(Date.now() / 1000), ...what });
    this.socket.write(`PUB euphone.up.${this.name} ${Buffer.byteLength(body)}\r\n${body}\r\n`);
  }

  heartbeat(version: string, more: object = {}, telemetry?: object): void {
    const record = { id: this.name, hardware: 'rpi4', runtime: '0.2.0', bundles: [{ bundle: 'en-us-standard', version }], ...more };
    this.say({ heartbeat: { record, ...(telemetry && { telemetry }) } });
  }

  report(rollout: string, stage: string, reason = ''): void {
    this.say({ report: { rollout, attempt: 1, stage, reason } });
  }

  close(): void {
    this.socket.destroy();
  }
}
