/** What a class looks like, from the progress of each of its learners. */
import type { Learner, Mean, Progress, SoundProgress } from '../../api/records';

export interface Pupil {
  learner: Learner;
  /** null: it could not be read. */
  progress: Progress | null;
}

/** Mean of days, weighted by their takes. */
export function meanOfDays(days: Progress['days']): Mean | null {
  const scored = days.map((day) => day.total).filter((total) => total !== null);
  const count = scored.reduce((sum, total) => sum + total.count, 0);
  if (count === 0) return null;
  const value = scored.reduce((sum, total) => sum + total.value * total.count, 0) / count;
  const error = Math.sqrt(scored.reduce((sum, total) => sum + (total.error * total.count) ** 2, 0)) / count;
  return { count, value, error };
}

export interface PupilSummary {
  last: number | null;
  days: number;
  mean: Mean | null;
  hardest: SoundProgress | null;
}

/** The last 28 days of a learner; the hardest sound is the lowest of those heard often enough. */
export function summary(progress: Progress, today: number): PupilSummary {
  const recent = progress.days.filter((day) => day.day > today - 28 && day.takes > 0);
  return {
    last: progress.days.at(-1)?.day ?? null,
    days: recent.length,
    mean: meanOfDays(recent),
    hardest: progress.sounds.find((sound) => sound.all.count >= 3) ?? null,
  };
}

/** Sounds as columns, the hardest for the class first; every learner counts the same. */
export function soundsOfClass(pupils: readonly Pupil[]): { sound: string; ipa: string; mean: number }[] {
  const sums = new Map<string, { ipa: string; sum: number; count: number }>();
  for (const { progress } of pupils) {
    for (const { sound, ipa, all } of progress?.sounds ?? []) {
      const sum = sums.get(sound) ?? { ipa, sum: 0, count: 0 };
      sum.sum += all.value;
      sum.count += 1;
      sums.set(sound, sum);
    }
  }
  return [...sums].map(([sound, { ipa, sum, count }]) => ({ sound, ipa, mean: sum / count })).sort((one, other) => one.mean - other.mean);
}
