import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSession, type Ending, type Socket } from './live_socket';
import type { LiveEvent } from './live_events';

/** A connection whose other end is the test. */
class Fake implements Socket {
  binaryType = '';
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  texts: Record<string, unknown>[] = [];
  samples: number[] = [];

  send(data: string | ArrayBufferView): void {
    if (typeof data === 'string') this.texts.push(JSON.parse(data) as Record<string, unknown>);
    else this.samples.push(...(data as Int16Array));
  }
  close(): void {
    this.readyState = 3;
  }
  accept(): void {
    this.readyState = 1;
    this.onopen!();
  }
  say(message: object): void {
    this.onmessage!({ data: JSON.stringify(message) });
  }
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose!({ code });
  }
}

function numbers(from: number, to: number): Int16Array {
  return Int16Array.from({ length: to - from }, (_, i) => from + i);
}

describe('a live session', () => {
  let sockets: Fake[];
  let events: LiveEvent[];
  let waiting: boolean[];
  let endings: Ending[];
  let session: LiveSession;
  const last = (): Fake => sockets.at(-1)!;

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    events = [];
    waiting = [];
    endings = [];
    session = new LiveSession(
      { text: 'I think so.' },
      { event: (event) => events.push(event), waiting: (now) => waiting.push(now), ended: (ending) => endings.push(ending) },
      () => {
        const socket = new Fake();
        sockets.push(socket);
        return socket;
      },
    );
  });
  afterEach(() => void vi.useRealTimers());

  function begin(): void {
    last().accept();
    last().say({ type: 'ready', session: 'abc', rate: 16000, samples: 0 });
  }

  it('starts with the text, and sends what was said before it was ready', () => {
    session.send(numbers(0, 3));
    begin();
    session.send(numbers(3, 5));
    expect(last().texts[0]).toMatchObject({ type: 'start', text: 'I think so.', rate: 16000, format: 'pcm16' });
    expect(last().samples).toEqual([0, 1, 2, 3, 4]);
  });

  it('goes on after a lost connection with exactly the samples that did not arrive', () => {
    begin();
    session.send(numbers(0, 100));
    last().say({ type: 'event', seq: 1, event: { event: 'listening' } });
    last().say({ type: 'ack', samples: 60 });
    last().drop();
    expect(waiting).toEqual([true]);
    session.send(numbers(100, 150));
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    last().accept();
    expect(last().texts[0]).toEqual({ type: 'resume', session: 'abc', after: 1 });
    last().say({ type: 'resumed', samples: 80 });
    expect(last().samples).toEqual([...numbers(80, 150)]);
    expect(waiting).toEqual([true, false]);
    session.send(numbers(150, 160));
    expect(last().samples.at(-1)).toBe(159);
  });

  it('tells each event once', () => {
    begin();
    last().say({ type: 'event', seq: 1, event: { event: 'listening' } });
    last().drop();
    vi.advanceTimersByTime(300);
    last().accept();
    last().say({ type: 'resumed', samples: 0 });
    last().say({ type: 'event', seq: 1, event: { event: 'listening' } });
    last().say({ type: 'event', seq: 2, event: { event: 'speech_started' } });
    expect(events.map((event) => event.event)).toEqual(['listening', 'speech_started']);
  });

  it('says stop again where the connection was lost before it arrived', () => {
    begin();
    last().drop();
    session.stop();
    vi.advanceTimersByTime(300);
    last().accept();
    last().say({ type: 'resumed', samples: 0 });
    expect(last().texts.at(-1)).toEqual({ type: 'stop' });
  });

  it('says that it leaves, so that what was told is kept before long', () => {
    begin();
    session.abandon();
    expect(last().texts.at(-1)).toEqual({ type: 'leave' });
    last().say({ type: 'event', seq: 1, event: { event: 'listening' } });
    expect(events).toEqual([]);
  });

  it('waits longer from try to try, and gives up within the minute that the other side waits', () => {
    begin();
    last().drop();
    for (let i = 0; i < 40; i += 1) {
      vi.advanceTimersByTime(4000);
      if (last().readyState !== 3) last().drop();
    }
    expect(endings).toEqual([{ kind: 'lost' }]);
    expect(sockets.length).toBeGreaterThan(10);
    expect(sockets.length).toBeLessThan(25);
  });

  it('ends where the other side no longer has what is missing here', () => {
    begin();
    session.send(numbers(0, 100));
    last().say({ type: 'ack', samples: 100 });
    last().drop();
    vi.advanceTimersByTime(300);
    last().accept();
    last().say({ type: 'resumed', samples: 10 });
    expect(endings).toEqual([{ kind: 'lost' }]);
  });

  it('passes on why it was refused', () => {
    last().accept();
    last().say({ type: 'busy' });
    last().drop(1013);
    expect(endings).toEqual([{ kind: 'busy' }]);
  });

  it('is over when all has been told, and leaves a connection taken over alone', () => {
    begin();
    last().drop(1000);
    expect(endings).toEqual([{ kind: 'over' }]);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
