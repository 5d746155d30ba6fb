import { expect, it } from 'vitest';
import { part, TakeBuffer, wavOf } from './sound';

it('gives any stretch of what was said', () => {
  const buffer = new TakeBuffer();
  buffer.add(Int16Array.of(0, 1, 2));
  buffer.add(Int16Array.of(3, 4));
  buffer.add(Int16Array.of(5));
  expect([...buffer.slice(1, 5)]).toEqual([1, 2, 3, 4]);
  expect([...buffer.slice(4, 99)]).toEqual([4, 5]);
  expect([...buffer.slice(9, 12)]).toEqual([]);
});

it('cuts by seconds', () => {
  const sound = { samples: Int16Array.from({ length: 100 }, (_, i) => i), rate: 100 };
  expect(part(sound, 0.1, 0.13).samples).toEqual(Int16Array.of(10, 11, 12));
  expect(part(sound, -1, 0.02).samples).toEqual(Int16Array.of(0, 1));
});

it('writes a WAV file', async () => {
  const bytes = new DataView(await wavOf({ samples: new Int16Array(8000).fill(1000), rate: 16_000 }).arrayBuffer());
  expect(bytes.byteLength).toBe(44 + 16_000);
  expect(bytes.getUint32(24, true)).toBe(16_000);
  expect(bytes.getUint32(40, true)).toBe(16_000);
  expect(bytes.getInt16(44, true)).toBe(0);
  expect(bytes.getInt16(44 + 2000, true)).toBe(1000);
});
