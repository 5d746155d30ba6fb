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

/** A field of CSV. What a spreadsheet would take for a formula gets a ' before it. */
export function field(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A line for each learner, a column for each sound. */
export function classCsv(pupils: readonly Pupil[], today: number): string {
  const sounds = soundsOfClass(pupils);
  const head = ['learner', 'first_language', 'takes', 'days_practised_of_28', 'mean_score_0_100', 'standard_error', ...sounds.map((one) => one.sound)];
  const lines = pupils.map(({ learner, progress }) => {
    const now = progress ? summary(progress, today) : null;
    const means = new Map(progress?.sounds.map((one) => [one.sound, one.all.value]));
    return [
      learner.name, learner.first_language, learner.takes, now?.days ?? null, now?.mean?.value ?? null, now?.mean?.error ?? null,
      ...sounds.map((one) => means.get(one.sound) ?? null),
    ];
  });
  return [head, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** Lines of CSV as fields. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    line.push(quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      if (line.length > 1 || line[0] !== '') lines.push(line);
      line = [];
    }
  }
  return lines;
}

export interface SoundOfTake {
  take: string;
  mean: number;
  count: number;
}

/** The takes in which a sound went worst, from the table of sounds that the program exports. */
export function worstTakes(csv: string, sound: string, most: number): SoundOfTake[] {
  const [head = [], ...lines] = parseCsv(csv);
  const column = (name: string): number => head.indexOf(name);
  const [take, arpabet, count, mean] = [column('take'), column('arpabet'), column('count'), column('mean_score_0_100')];
  return lines
    .filter((line) => line[arpabet] === sound)
    .map((line) => ({ take: line[take] ?? '', mean: Number(line[mean]), count: Number(line[count]) }))
    .sort((one, other) => one.mean - other.mean)
    .slice(0, most);
}
