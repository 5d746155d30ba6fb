import { signal } from '@preact/signals';
import { borrowMicrophone, returnMicrophone } from './microphone';
import { TakeBuffer, type Sound } from './sound';

const rate = 16_000;
/** Of one recording, in seconds. */
export const mostSeconds = 30;

export type RecorderState = { at: 'idle' } | { at: 'opening' } | { at: 'recording'; left: number } | { at: 'done'; sound: Sound } | { at: 'empty' };

/** Takes what is said into a microphone until it is stopped, or after `mostSeconds` by itself. */
export class Recorder {
  readonly state = signal<RecorderState>({ at: 'idle' });
  private buffer = new TakeBuffer();
  private count = 0;

  /** Fails: as borrowMicrophone. */
  async start(): Promise<void> {
    this.buffer = new TakeBuffer();
    this.count = 0;
    this.state.value = { at: 'opening' };
    try {
      const microphone = await borrowMicrophone();
      if (this.state.peek().at !== 'opening') return;
      this.state.value = { at: 'recording', left: mostSeconds };
      microphone.onSamples = (block) => this.take(block);
    } catch (failure) {
      this.state.value = { at: 'idle' };
      throw failure;
    }
  }

  stop(): void {
    const { at } = this.state.peek();
    if (at !== 'recording' && at !== 'opening') return;
    returnMicrophone();
    this.state.value = this.count > 0 ? { at: 'done', sound: { samples: this.buffer.slice(0, this.count), rate } } : { at: 'empty' };
  }

  /** Forgets it. */
  discard(): void {
    this.stop();
    this.state.value = { at: 'idle' };
  }

  private take(block: Int16Array): void {
    if (this.state.peek().at !== 'recording') return;
    const rest = block.subarray(0, mostSeconds * rate - this.count);
    this.buffer.add(rest.slice());
    this.count += rest.length;
    const left = mostSeconds - Math.floor(this.count / rate);
    if (left <= 0) this.stop();
    else this.state.value = { at: 'recording', left };
  }
}
