/** Brings samples of any rate to another one, block by block, with a windowed sinc. */
export class Resampler {
  private readonly step: number;
  private readonly half: number;
  private readonly table: Float32Array;
  private readonly taps: number;
  private kept: Float32Array;
  /** Where the next output sample lies, in samples of `kept`. */
  private at: number;

  constructor(from: number, to: number) {
    const cutoff = Math.min(1, to / from) * 0.95;
    this.step = from / to;
    this.half = Math.ceil(16 / cutoff);
    this.taps = 2 * this.half;
    this.table = sincTable(this.half, cutoff);
    this.kept = new Float32Array(this.half - 1);
    this.at = this.half - 1;
  }

  push(block: Float32Array): Float32Array {
    const input = new Float32Array(this.kept.length + block.length);
    input.set(this.kept);
    input.set(block, this.kept.length);
    const out = new Float32Array(Math.max(0, Math.ceil((input.length - this.half - this.at) / this.step)));
    let count = 0;
    while (this.at + this.half < input.length) {
      out[count] = this.sampleAt(input);
      count += 1;
      this.at += this.step;
    }
    const done = Math.max(0, Math.floor(this.at) - this.half + 1);
    this.kept = input.slice(done);
    this.at -= done;
    return out.subarray(0, count);
  }

  private sampleAt(input: Float32Array): number {
    const whole = Math.floor(this.at);
    const phase = Math.round((this.at - whole) * phases);
    const row = phase * this.taps;
    let sum = 0;
    for (let tap = 0; tap < this.taps; tap += 1) {
      sum += this.table[row + tap]! * (input[whole - this.half + 1 + tap] ?? 0);
    }
    return sum;
  }
}

const phases = 128;

/** One row of taps for each position between two samples, each with a sum of 1. */
function sincTable(half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const table = new Float32Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase += 1) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const x = tap - half + 1 - phase / phases;
      const angle = Math.PI * cutoff * x;
      const sinc = Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
      const inside = Math.min(1, Math.abs(x) / half);
      const hann = 0.5 + 0.5 * Math.cos(Math.PI * inside);
      table[phase * taps + tap] = sinc * hann;
      sum += sinc * hann;
    }
    for (let tap = 0; tap < taps; tap += 1) table[phase * taps + tap]! /= sum;
  }
  return table;
}
