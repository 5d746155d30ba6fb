import type { LiveEvent } from './live_events';
import type { Socket } from './live_socket';

/** docs/formats/room-socket.md. */
export type Greeting = { type: 'join'; learner: string; name: string } | { type: 'look'; name: string };
export interface Desk {
  desk: string;
  learner: string;
  name: string;
  /** The text that is being read; null: nothing just now. */
  reading: string | null;
  watched_by: string[];
}
export interface Advice {
  from: string;
  text: string;
  /** Of the reading; null: about none. */
  word: number | null;
  said_ms: number;
}
export type RoomMessage =
  | { type: 'joined'; desk: string }
  | { type: 'watched'; by: string[] }
  | { type: 'desks'; desks: Desk[] }
  | { type: 'watching'; desk: string; learner: string; name: string }
  | { type: 'reading'; text: string; lesson: string; item: string }
  | { type: 'event'; seq: number; event: LiveEvent }
  | { type: 'kept'; take: string; sentence: number; number: number }
  | { type: 'read' }
  | { type: 'left'; desk: string }
  | ({ type: 'advice' } & Advice)
  | { type: 'error'; code: string; message: string };
type RoomOrder = { type: 'watch'; desk: string } | { type: 'say'; text: string; word?: number };

const open = 1;
const firstPause_ms = 500;
const longestPause_ms = 15_000;

/** A connection to the room that is made again whenever it is lost, until close(). */
export class Room {
  private socket: Socket | null = null;
  private pause = firstPause_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly greeting: Greeting,
    /** Also told `lost` when the connection has gone: desks are others afterwards. */
    private readonly hear: (message: RoomMessage | { type: 'lost' }) => void,
    private readonly connect: () => Socket = () => new WebSocket(roomAddress()) as unknown as Socket,
  ) {
    this.open();
  }

  /** False: there is no connection now, and nothing was said. */
  send(order: RoomOrder): boolean {
    if (this.socket?.readyState !== open) return false;
    this.socket.send(JSON.stringify(order));
    return true;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close(1000);
  }

  private open(): void {
    const socket = this.connect();
    this.socket = socket;
    socket.onopen = () => {
      this.pause = firstPause_ms;
      socket.send(JSON.stringify(this.greeting));
    };
    socket.onmessage = ({ data }) => {
      if (!this.closed && typeof data === 'string') this.hear(JSON.parse(data) as RoomMessage);
    };
    socket.onclose = () => {
      if (this.closed) return;
      this.hear({ type: 'lost' });
      this.timer = setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(2 * this.pause, longestPause_ms);
    };
  }
}

function roomAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/room`;
}
