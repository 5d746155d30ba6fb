/** What a few seconds from the microphone are like. Levels in dB relative to full scale. */
export interface RoomAndVoice {
  voice: number;
  room: number;
  peak: number;
  /** Share of frames with voice in them. */
  share: number;
}
export type MicrophoneVerdict = 'silent' | 'no_speech' | 'clipped' | 'quiet' | 'noisy' | 'good_noise' | 'good';

const frame = 320;
const floor = -96;

function levelOf(samples: Int16Array, begin: number): number {
  let power = 0;
  for (let i = begin; i < begin + frame; i += 1) power += (samples[i]! / 32768) ** 2;
  return Math.max(floor, 10 * Math.log10(power / frame + 1e-12));
}

/** Mean of levels as power. */
function meanLevel(levels: number[]): number {
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / Math.max(1, levels.length);
  return Math.max(floor, 10 * Math.log10(power + 1e-12));
}

/** The quietest fifth of the frames is the room, what is 10 dB above it is voice. */
export function measure(samples: Int16Array): RoomAndVoice {
  const levels: number[] = [];
  for (let at = 0; at + frame <= samples.length; at += frame) levels.push(levelOf(samples, at));
  const sorted = [...levels].sort((one, other) => one - other);
  const room = meanLevel(sorted.slice(0, Math.max(1, Math.floor(sorted.length / 5))));
  const loud = levels.filter((level) => level > Math.max(room + 10, -65));
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return {
    voice: loud.length > 0 ? meanLevel(loud) : floor,
    room,
    peak: Math.max(floor, 20 * Math.log10(peak / 32768 + 1e-6)),
    share: levels.length > 0 ? loud.length / levels.length : 0,
  };
}

export function judge(heard: RoomAndVoice): MicrophoneVerdict {
  if (heard.peak < -75) return 'silent';
  if (heard.share < 0.04) return 'no_speech';
  if (heard.peak > -0.2) return 'clipped';
  if (heard.voice < -48) return 'quiet';
  const distance = heard.voice - heard.room;
  if (distance < 14) return 'noisy';
  return distance < 25 ? 'good_noise' : 'good';
}

/** 0–1 for a meter: −60 dB is nothing, −6 dB is full. */
export function meterShare(level: number): number {
  return Math.max(0, Math.min(1, (level + 60) / 54));
}

/** Mean level of a block. */
export function blockLevel(samples: Int16Array): number {
  let power = 0;
  for (const sample of samples) power += (sample / 32768) ** 2;
  return Math.max(floor, 10 * Math.log10(power / Math.max(1, samples.length) + 1e-12));
}
