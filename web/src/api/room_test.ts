import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket } from './live_socket';
import { Room } from './room';

class Fake implements Socket {
  binaryType = '';
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  texts: unknown[] = [];

  send(data: string | ArrayBufferView): void {
    this.texts.push(JSON.parse(data as string));
  }
  close(): void {
    this.readyState = 3;
  }
  accept(): void {
    this.readyState = 1;
    this.onopen!();
  }
  drop(): void {
    this.readyState = 3;
    this.onclose!({ code: 1006 });
  }
}

describe('a connection to the room', () => {
  let sockets: Fake[];
  let told: string[];
  let room: Room;
  const last = (): Fake => sockets.at(-1)!;

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    told = [];
    room = new Room({ type: 'look', name: 'Ms Kim' }, (message) => told.push(message.type), () => {
      sockets.push(new Fake());
      return last();
    });
  });
  afterEach(() => vi.useRealTimers());

  it('greets, and again after each loss', () => {
    last().accept();
    expect(last().texts).toEqual([{ type: 'look', name: 'Ms Kim' }]);
    last().drop();
    expect(told).toEqual(['lost']);
    vi.advanceTimersByTime(500);
    last().accept();
    expect(sockets).toHaveLength(2);
    expect(last().texts).toEqual([{ type: 'look', name: 'Ms Kim' }]);
  });

  it('tries less often the longer nobody answers', () => {
    last().drop();
    for (let i = 0; i < 60; i += 1) {
      vi.advanceTimersByTime(1000);
      if (last().readyState !== 3) last().drop();
    }
    expect(sockets.length).toBeGreaterThan(4);
    expect(sockets.length).toBeLessThan(10);
  });

  it('says nothing before it is open, and nothing more once it is closed', () => {
    expect(room.send({ type: 'watch', desk: 'd1' })).toBe(false);
    last().accept();
    expect(room.send({ type: 'watch', desk: 'd1' })).toBe(true);
    room.close();
    last().onclose!({ code: 1000 });
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
