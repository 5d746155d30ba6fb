import { batch, signal } from '@preact/signals';
import type { LiveEvent } from '../../api/live_events';
import { Room, type Advice, type Desk, type RoomMessage } from '../../api/room';
import { Lights } from '../speak/lights';

/** A sentence that was judged while it was followed. */
export interface Heard {
  key: string;
  text: string;
  total: number | null;
  /** Words to work on, as they are spelled. */
  hard: string[];
  /** Name among the learner's recordings; empty: not kept, or not yet. */
  take: string;
}

const mostHeard = 20;

/** Somebody who looks at all desks and follows what is read at one of them. */
export class Follow {
  readonly desks = signal<Desk[] | null>(null);
  readonly desk = signal('');
  readonly name = signal('');
  readonly learner = signal('');
  /** What is being read, or was last. */
  readonly text = signal('');
  readonly reading = signal(false);
  readonly speaking = signal(false);
  readonly heard = signal<Heard[]>([]);
  readonly said = signal<Advice[]>([]);
  readonly lost = signal(false);
  readonly lights = new Lights();
  private readings = 0;
  private readonly room: Pick<Room, 'send' | 'close'>;

  constructor(teacher: string, room = (hear: (message: RoomMessage | { type: 'lost' }) => void): Pick<Room, 'send' | 'close'> =>
    new Room({ type: 'look', name: teacher }, hear)) {
    this.room = room((message) => batch(() => this.hear(message)));
  }

  /** Empty: nobody any more. */
  watch(desk: string): void {
    if (desk === this.desk.value) return;
    this.forget();
    this.desk.value = desk;
    this.room.send({ type: 'watch', desk });
  }

  say(text: string, word: number | null): boolean {
    return this.room.send({ type: 'say', text, ...(word !== null && { word }) });
  }

  close(): void {
    this.room.close();
  }

  private forget(): void {
    this.lights.clear();
    this.desk.value = '';
    this.text.value = '';
    this.reading.value = false;
    this.heard.value = [];
    this.said.value = [];
  }

  private hear(message: RoomMessage | { type: 'lost' }): void {
    switch (message.type) {
      case 'desks':
        this.desks.value = message.desks;
        // After a lost connection the learner still sits there.
        if (this.lost.value && this.desk.value) this.room.send({ type: 'watch', desk: this.desk.value });
        this.lost.value = false;
        break;
      case 'watching':
        this.name.value = message.name;
        this.learner.value = message.learner;
        break;
      case 'reading':
        this.readings += 1;
        this.lights.clear();
        this.text.value = message.text;
        this.reading.value = true;
        break;
      case 'event':
        this.take(message.event);
        break;
      case 'kept': {
        const key = `${this.readings} ${message.sentence}`;
        this.heard.value = this.heard.value.map((one) => (one.key === key ? { ...one, take: message.take } : one));
        break;
      }
      case 'read':
        this.reading.value = false;
        this.speaking.value = false;
        break;
      case 'left':
        this.forget();
        break;
      case 'advice':
        this.said.value = [...this.said.value, message];
        break;
      case 'error':
        if (message.code === 'not_found') this.forget();
        break;
      case 'lost':
        this.lost.value = true;
        this.reading.value = false;
        break;
    }
  }

  private take(event: LiveEvent): void {
    this.lights.take(event);
    if (event.event === 'level') this.speaking.value = event.speaking;
    if (event.event !== 'sentence_finished') return;
    const { analysis } = event;
    const key = `${this.readings} ${event.sentence}`;
    const before = this.heard.value.find((one) => one.key === key);
    const hard = analysis.words.filter((word) => word.error === 'omitted' || word.band === 'not_as_written' || word.band === 'hard_to_understand');
    const heard = { key, text: analysis.text.original, total: analysis.scores.total, hard: hard.map((word) => word.shown), take: before?.take ?? '' };
    this.heard.value = [heard, ...this.heard.value.filter((one) => one.key !== key)].slice(0, mostHeard);
  }
}
