import type { LiveEvent } from './live_events';
import { Unsent } from './unsent';

/** docs/formats/live-socket.md. */
export interface Start {
  text?: string;
  lesson?: string;
  item?: string;
  learner?: string;
  /** Where in the room it is read, so that others may follow: docs/formats/room-socket.md. */
  desk?: string;
  hands_free?: boolean;
}
export type Ending =
  | { kind: 'over' }
  | { kind: 'busy' }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'lost' };
export interface Listener {
  event(event: LiveEvent): void;
  /** A finished take is among the learner's recordings. */
  kept?(kept: { take: string; sentence: number; number: number }): void;
  /** The connection dropped and is being made again; then false. */
  waiting?(waiting: boolean): void;
  ended(ending: Ending): void;
}

type Message =
  | { type: 'ready'; session: string }
  | { type: 'resumed'; samples: number }
  | { type: 'event'; seq: number; event: LiveEvent }
  | { type: 'ack'; samples: number }
  | { type: 'kept'; take: string; sentence: number; number: number }
  | { type: 'busy' }
  | { type: 'error'; code: string; message: string };

/** The part of a WebSocket that is needed here; tests have one of their own. */
export interface Socket {
  binaryType: string;
  readyState: number;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string | ArrayBufferView): void;
  close(code?: number): void;
}

const open = 1;
const longest = 16_000; // A second in one message, when much has to be sent again.
const patience_ms = 55_000; // The session waits for 60 s.
const firstPause_ms = 250;
const longestPause_ms = 4000;

/** One live session. It outlives its connection: samples are kept until they were acknowledged, events are numbered. */
export class LiveSession {
  private readonly unsent = new Unsent();
  private socket: Socket | null = null;
  private session = '';
  private lastEvent = 0;
  private ready = false;
  private stopping = false;
  private ended = false;
  private refusal: Ending | null = null;
  private lostAt = 0;
  private pause = firstPause_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly start: Start,
    private readonly listener: Listener,
    private readonly connect: () => Socket = () => new WebSocket(liveAddress()) as unknown as Socket,
  ) {
    this.open();
  }

  /** 16-bit samples at 16 kHz. The array is kept; the caller does not change it any more. */
  send(samples: Int16Array): void {
    if (this.ended || this.stopping) return;
    this.unsent.add(samples);
    if (this.canSend()) this.socket!.send(samples);
  }

  /** Nothing more will be said. */
  stop(): void {
    if (this.stopping || this.ended) return;
    this.stopping = true;
    if (this.canSend()) this.socket!.send(JSON.stringify({ type: 'stop' }));
  }

  /** Nobody wants to know any more. What was told is kept all the same, though it may not have settled yet. */
  abandon(): void {
    this.ended = true;
    clearTimeout(this.timer);
    if (this.canSend()) this.socket!.send(JSON.stringify({ type: 'leave' }));
    this.socket?.close(1000);
  }

  private canSend(): boolean {
    return this.ready && this.socket?.readyState === open;
  }

  private open(): void {
    this.ready = false;
    const socket = this.connect();
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(JSON.stringify(this.greeting()));
    socket.onmessage = ({ data }) => {
      if (socket === this.socket && typeof data === 'string') this.take(JSON.parse(data) as Message);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.closed(code);
    };
  }

  private greeting(): object {
    return this.session
      ? { type: 'resume', session: this.session, after: this.lastEvent }
      : { type: 'start', rate: 16_000, format: 'pcm16', ...this.start };
  }

  private take(message: Message): void {
    switch (message.type) {
      case 'ready':
        this.session = message.session;
        this.goOn(0);
        break;
      case 'resumed':
        this.goOn(message.samples);
        break;
      case 'event':
        if (message.seq <= this.lastEvent) break;
        this.lastEvent = message.seq;
        if (!this.ended) this.listener.event(message.event);
        break;
      case 'ack':
        this.unsent.acknowledged(message.samples);
        break;
      case 'kept':
        if (!this.ended) this.listener.kept?.(message);
        break;
      case 'busy':
        this.refusal = { kind: 'busy' };
        break;
      case 'error':
        this.refusal = { kind: 'refused', code: message.code, message: message.message };
        break;
    }
  }

  /** Sends what has not arrived, from sample `count` on. */
  private goOn(count: number): void {
    const pieces = this.unsent.from(count, longest);
    if (!pieces) {
      this.finish({ kind: 'lost' });
      this.socket?.close(1000);
      return;
    }
    this.ready = true;
    if (this.lostAt) this.listener.waiting?.(false);
    this.lostAt = 0;
    this.pause = firstPause_ms;
    for (const piece of pieces) this.socket!.send(piece);
    if (this.stopping) this.socket!.send(JSON.stringify({ type: 'stop' }));
  }

  private closed(code: number): void {
    this.ready = false;
    if (this.ended) return;
    if (this.refusal) this.finish(this.refusal);
    else if (code === 1000 || code === 1001) this.finish({ kind: 'over' });
    else if (code === 1013) this.finish({ kind: 'busy' });
    else if (code === 1008 || code === 1009 || code === 4001) this.finish({ kind: 'lost' });
    else this.again();
  }

  private again(): void {
    const now = Date.now();
    if (!this.lostAt) {
      this.lostAt = now;
      this.listener.waiting?.(true);
    }
    // Without a session nothing was heard yet; whether there is a program at all shows sooner.
    const limit = this.session ? patience_ms : 5000;
    if (now + this.pause - this.lostAt > limit) {
      this.finish({ kind: 'lost' });
      return;
    }
    this.timer = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(2 * this.pause, longestPause_ms);
  }

  private finish(ending: Ending): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.listener.ended(ending);
  }
}

function liveAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
}
