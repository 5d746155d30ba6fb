import { describe, expect, it } from 'vitest';
import type { Mean, Progress } from '../../api/records';
import { meanOfDays, soundsOfClass, summary, type Pupil } from './class_figures';
import { good, hard } from './report';

const mean = (value: number, error = 1, count = 20): Mean => ({ value, error, count });
const sound = (name: string, value: number, first: Mean | null = null, last: Mean | null = null, count = 20) => ({
  sound: name, ipa: name.toLowerCase(), all: mean(value, 1, count), wrong: 0, first, last, days: [],
});
const progress = (sounds: Progress['sounds'], days: Progress['days'] = []): Progress => ({
  days, sounds, confusions: [], words: [], practice: [], curve: null, today: 100,
});
const pupil = (name: string, sounds: Progress['sounds'], days: Progress['days'] = []): Pupil => ({
  learner: { id: name, name, first_language: 'ko', made_ms: 0, takes: 3 }, progress: progress(sounds, days),
});

describe('a class', () => {
  it('has its hardest sound first, every learner counting the same', () => {
    const sounds = soundsOfClass([pupil('a', [sound('TH', 40), sound('R', 80)]), pupil('b', [sound('TH', 60)]), { ...pupil('c', []), progress: null }]);
    expect(sounds.map((one) => [one.sound, one.mean])).toEqual([['TH', 50], ['R', 80]]);
  });

  it('is told by the last 28 days', () => {
    const days = [{ day: 10, takes: 4, duration_ms: 1, total: mean(10, 1, 4) }, { day: 99, takes: 2, duration_ms: 1, total: mean(60, 2, 2) }, { day: 100, takes: 6, duration_ms: 1, total: mean(80, 1, 6) }];
    const now = summary(progress([sound('TH', 40, null, null, 2), sound('R', 50)], days), 100);
    expect(now).toMatchObject({ last: 100, days: 2, mean: { count: 8, value: 75 } });
    expect(now.hardest!.sound).toBe('R');
    expect(now.mean!.error).toBeCloseTo(Math.hypot(2 * 2, 6 * 1) / 8);
    expect(meanOfDays([])).toBeNull();
  });
});

describe('a report for parents', () => {
  it('praises what has really got better and what is right, and names at most three things to do', () => {
    const sounds = [
      sound('TH', 40), sound('DH', 50), sound('Z', 55), sound('V', 60), sound('R', 70, mean(40), mean(72)), sound('AE', 80, mean(70, 9), mean(81, 9)), sound('M', 97),
    ];
    expect(good(sounds).map((one) => one.sound)).toEqual(['M', 'R']);
    expect(hard(sounds).map((one) => one.sound)).toEqual(['TH', 'DH', 'Z']);
  });
});
