/** Runs beside the page: takes the microphone's samples, brings them to 16 kHz and 16 bits, posts 40 ms at a time. */
import { Resampler } from './resampler';

declare const sampleRate: number;
declare function registerProcessor(name: string, processor: unknown): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const block = 640;

class Capture extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate, 16_000);
  private samples = new Int16Array(block);
  private count = 0;

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel) {
      for (const value of this.resampler.push(channel)) this.add(value);
    }
    return true;
  }

  private add(value: number): void {
    this.samples[this.count] = Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
    this.count += 1;
    if (this.count < block) return;
    this.port.postMessage(this.samples, [this.samples.buffer]);
    this.samples = new Int16Array(block);
    this.count = 0;
  }
}

registerProcessor('capture', Capture);
