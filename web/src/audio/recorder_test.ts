import { beforeEach, expect, it, vi } from 'vitest';
import { borrowMicrophone, returnMicrophone, type Microphone } from './microphone';
import { mostSeconds, Recorder } from './recorder';

vi.mock('./microphone', () => ({ borrowMicrophone: vi.fn(), returnMicrophone: vi.fn() }));

const microphone: Microphone = { onSamples: null, close: () => {} };
const hear = (...samples: number[]): void => microphone.onSamples?.(Int16Array.from(samples));

beforeEach(() => {
  microphone.onSamples = null;
  vi.mocked(borrowMicrophone).mockReset().mockResolvedValue(microphone);
  vi.mocked(returnMicrophone).mockReset();
});

it('keeps what was said from start to stop', async () => {
  const recorder = new Recorder();
  await recorder.start();
  hear(1, 2);
  hear(3);
  recorder.stop();
  hear(4);
  const state = recorder.state.value;
  expect(state.at === 'done' && [...state.sound.samples]).toEqual([1, 2, 3]);
  expect(returnMicrophone).toHaveBeenCalled();
});

it('stops by itself where it has become too long', async () => {
  const recorder = new Recorder();
  await recorder.start();
  const second = new Array<number>(16_000).fill(7);
  for (let i = 0; i < mostSeconds - 1; i += 1) hear(...second);
  expect(recorder.state.value).toEqual({ at: 'recording', left: 1 });
  hear(...second, 1, 2, 3);
  const state = recorder.state.value;
  expect(state.at === 'done' && state.sound.samples.length).toBe(mostSeconds * 16_000);
});

it('forgets what is discarded, and starts anew', async () => {
  const recorder = new Recorder();
  await recorder.start();
  hear(1);
  recorder.discard();
  expect(recorder.state.value).toEqual({ at: 'idle' });
  await recorder.start();
  hear(2);
  recorder.stop();
  const state = recorder.state.value;
  expect(state.at === 'done' && [...state.sound.samples]).toEqual([2]);
});

it('says where nothing was recorded, and where there is no microphone', async () => {
  const recorder = new Recorder();
  await recorder.start();
  recorder.stop();
  expect(recorder.state.value).toEqual({ at: 'empty' });
  vi.mocked(borrowMicrophone).mockRejectedValue(new Error('denied'));
  await expect(recorder.start()).rejects.toThrow('denied');
  expect(recorder.state.value).toEqual({ at: 'idle' });
});
