import { signal } from '@preact/signals';
import type { Band, WordError } from '../../api/analysis';
import type { LiveEvent, LiveWord, QualityNotice } from '../../api/live_events';

/** What a word looks like while somebody reads. */
export interface Light {
  band: Band;
  error: WordError;
  provisional: boolean;
}

/** What a reading looks like while it goes on, to whoever reads and to whoever follows. */
export class Lights {
  readonly words = signal<LiveWord[]>([]);
  readonly lights = signal<ReadonlyMap<number, Light>>(new Map());
  readonly current = signal<number | null>(null);
  readonly notice = signal<QualityNotice | null>(null);

  clear(): void {
    this.lights.value = new Map();
    this.words.value = [];
    this.current.value = null;
    this.notice.value = null;
  }

  take(event: LiveEvent): void {
    switch (event.event) {
      case 'listening':
        this.words.value = event.words;
        break;
      case 'word_current':
        this.current.value = event.word;
        break;
      case 'word_scored': {
        const next = new Map(this.lights.value);
        if (event.state === 'withdrawn') next.delete(event.word);
        else next.set(event.word, { band: event.band, error: event.error, provisional: event.provisional || event.state === 'partial' });
        this.lights.value = next;
        break;
      }
      case 'quality_notice':
        this.notice.value = event;
        break;
      case 'sentence_finished':
        this.current.value = null;
        break;
    }
  }
}
