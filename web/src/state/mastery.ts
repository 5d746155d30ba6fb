/** What means and their standard errors allow to say. */
import type { Mean } from '../api/records';

/** 95 of 100 such intervals hold the true mean. */
export function interval(mean: Pick<Mean, 'value' | 'error'>): [low: number, high: number] {
  const reach = 1.96 * mean.error;
  return [Math.max(0, mean.value - reach), Math.min(100, mean.value + reach)];
}

export type Trend = 'better' | 'lower' | 'unclear';

/** Whether two means differ by more than chance explains. */
export function trend(first: Mean | null, last: Mean | null): Trend {
  if (!first || !last) return 'unclear';
  const difference = last.value - first.value;
  const error = Math.hypot(first.error, last.error);
  if (Math.abs(difference) <= 1.96 * error) return 'unclear';
  return difference > 0 ? 'better' : 'lower';
}

/** A sound that needs no more practice: its whole interval lies where the raters heard it as right. */
export function mastered(mean: Mean): boolean {
  return mean.count >= 10 && interval(mean)[0] >= 85;
}

/** Step of the colour scale, 0 (no reason to worry) to 5. */
export function heat(value: number): number {
  return Math.min(5, Math.max(0, Math.ceil((90 - value) / 10)));
}
