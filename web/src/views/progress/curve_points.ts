import type { LearningCurve, Progress } from '../../api/records';
import { interval } from '../../state/mastery';

export interface CurvePoint {
  day: number;
  /** Takes that came before the middle of the day. */
  takes: number;
  score: number;
  low: number;
  high: number;
  /** Scored takes of that day. */
  weight: number;
}

/** Days with a score, each at the number of takes it stands at. */
export function pointsOf(days: Progress['days']): CurvePoint[] {
  let before = 0;
  return days.flatMap(({ day, total }) => {
    if (!total || total.count === 0) return [];
    const [low, high] = interval(total);
    const point = { day, takes: before + total.count / 2, score: total.value, low, high, weight: total.count };
    before += total.count;
    return [point];
  });
}

export function expected(curve: Pick<LearningCurve, 'top' | 'gap' | 'rate'>, takes: number): number {
  return curve.top - curve.gap * (takes + 1) ** -curve.rate;
}

/** After how many takes the later prediction stands: as many more as the last days had. */
export function takesLater(curve: LearningCurve, days: Progress['days'], today: number): number {
  const pace = days.filter((day) => day.day > today - curve.days).reduce((sum, day) => sum + (day.total?.count ?? 0), 0);
  return curve.takes + pace;
}
