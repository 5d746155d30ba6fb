/** Samples and their rate. */
export interface Sound {
  samples: Int16Array;
  rate: number;
}

/** All that was said in a session, to be heard again. */
export class TakeBuffer {
  private blocks: Int16Array[] = [];
  private count = 0;

  add(block: Int16Array): void {
    this.blocks.push(block);
    this.count += block.length;
  }

  /** Samples from `begin` up to `end`, as far as they are there. */
  slice(begin: number, end: number): Int16Array {
    const from = Math.max(0, begin);
    const to = Math.min(this.count, end);
    const out = new Int16Array(Math.max(0, to - from));
    let at = 0;
    for (const block of this.blocks) {
      const first = Math.max(from, at);
      const last = Math.min(to, at + block.length);
      if (first < last) out.set(block.subarray(first - at, last - at), first - from);
      at += block.length;
    }
    return out;
  }
}

export function durationOf(sound: Sound): number {
  return sound.samples.length / sound.rate;
}

/** A part of it, from and to in seconds. */
export function part(sound: Sound, from: number, to: number): Sound {
  const begin = Math.max(0, Math.round(from * sound.rate));
  return { samples: sound.samples.subarray(begin, Math.max(begin, Math.round(to * sound.rate))), rate: sound.rate };
}

/** Soft ends, 4 ms each, so that a part does not click. */
function softened(samples: Int16Array, rate: number): Int16Array {
  const out = samples.slice();
  const ramp = Math.min(Math.round(rate * 0.004), out.length >> 1);
  for (let i = 0; i < ramp; i += 1) {
    out[i] = out[i]! * (i / ramp);
    const last = out.length - 1 - i;
    out[last] = out[last]! * (i / ramp);
  }
  return out;
}

/** A WAV file of it, for an audio element. */
export function wavOf(sound: Sound): Blob {
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i += 1) header.setUint8(at + i, letters.charCodeAt(i));
  };
  const bytes = sound.samples.length * 2;
  text(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sound.rate, true);
  header.setUint32(28, sound.rate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, bytes, true);
  return new Blob([header, softened(sound.samples, sound.rate) as Int16Array<ArrayBuffer>], { type: 'audio/wav' });
}

/** Any audio file as samples, one channel. */
export async function decode(file: Blob): Promise<Sound> {
  const context = new OfflineAudioContext(1, 1, 48_000);
  const buffer = await context.decodeAudioData(await file.arrayBuffer());
  const channel = buffer.getChannelData(0);
  const samples = new Int16Array(channel.length);
  for (let i = 0; i < channel.length; i += 1) {
    samples[i] = Math.max(-32768, Math.min(32767, Math.round(channel[i]! * 32768)));
  }
  return { samples, rate: buffer.sampleRate };
}
