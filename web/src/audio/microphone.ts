import { microphone } from '../state/settings';
import workletAddress from './capture_worklet?worker&url';

export type MicrophoneTrouble = 'denied' | 'none' | 'insecure' | 'failed';

export class MicrophoneError extends Error {
  constructor(
    readonly trouble: MicrophoneTrouble,
    message = '',
  ) {
    super(message);
  }
}

function troubleOf(failure: unknown): MicrophoneError {
  const { name, message } = failure as DOMException;
  if (name === 'NotAllowedError' || name === 'SecurityError') return new MicrophoneError('denied', message);
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new MicrophoneError('none', message);
  return new MicrophoneError('failed', message);
}

/** The raw microphone: what a browser does for telephone calls would change what is judged. */
async function openStream(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new MicrophoneError('insecure');
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
  const wanted = microphone.peek();
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: wanted ? { ...plain, deviceId: { exact: wanted } } : plain });
  } catch (failure) {
    // The chosen one may have been unplugged.
    if (!wanted || (failure as DOMException).name !== 'OverconstrainedError') throw troubleOf(failure);
    return navigator.mediaDevices.getUserMedia({ audio: plain }).catch((again: unknown) => {
      throw troubleOf(again);
    });
  }
}

/** An open microphone; samples come at 16 kHz, 16 bits, 40 ms at a time. */
export interface Microphone {
  onSamples: ((samples: Int16Array) => void) | null;
  close(): void;
}

async function openMicrophone(): Promise<Microphone> {
  const stream = await openStream();
  try {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.audioWorklet.addModule(workletAddress);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
    const open: Microphone = {
      onSamples: null,
      close() {
        for (const track of stream.getTracks()) track.stop();
        void context.close();
      },
    };
    node.port.onmessage = (message: MessageEvent<Int16Array>) => open.onSamples?.(message.data);
    return open;
  } catch (failure) {
    for (const track of stream.getTracks()) track.stop();
    throw troubleOf(failure);
  }
}

const linger_ms = 20_000;
let current: Promise<Microphone> | null = null;
let openedFor = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** The microphone, open already where it was used a moment ago: then nothing of the first word is lost. */
export async function borrowMicrophone(): Promise<Microphone> {
  clearTimeout(timer);
  if (current && openedFor !== microphone.peek()) releaseMicrophone();
  openedFor = microphone.peek();
  current ??= openMicrophone();
  try {
    return await current;
  } catch (failure) {
    current = null;
    throw failure;
  }
}

/** Not needed for now; it closes by itself a little later. */
export function returnMicrophone(): void {
  void current?.then((open) => { open.onSamples = null; }).catch(() => {});
  clearTimeout(timer);
  timer = setTimeout(releaseMicrophone, linger_ms);
}

/** Closes it at once. */
export function releaseMicrophone(): void {
  clearTimeout(timer);
  void current?.then((open) => open.close()).catch(() => {});
  current = null;
}
