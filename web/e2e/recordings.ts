import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const folder = join(tmpdir(), 'euphone-e2e');

/** What the browser's microphone will hear. */
export const recordings = {
  nextYear: {
    opus: join(samples, 'so762-014070336.opus'),
    wav: join(folder, 'next-year.wav'),
    text: 'Next year will be different, she thought.',
  },
};

function wav(samples16: Int16Array, rate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples16.length * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples16.length * 2, 40);
  return Buffer.concat([header, Buffer.from(samples16.buffer, samples16.byteOffset, samples16.byteLength)]);
}

/** Decodes each recording in the browser, and puts silence around it: 1 s before, 5 s after; the browser plays it over and over. */
export async function prepareRecordings(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  for (const recording of Object.values(recordings)) {
    const file = readFileSync(recording.opus).toString('base64');
    const values = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const context = new OfflineAudioContext(1, 1, 48_000);
      return Array.from((await context.decodeAudioData(bytes.buffer)).getChannelData(0), (value) => Math.round(value * 32_767));
    }, file);
    const rate = 48_000;
    const all = new Int16Array(values.length + 6 * rate);
    all.set(values, rate);
    mkdirSync(dirname(recording.wav), { recursive: true });
    writeFileSync(recording.wav, wav(all, rate));
  }
  await page.close();
}
