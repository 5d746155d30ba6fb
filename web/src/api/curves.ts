/** euphone.curves/1 of a learner, as far as the page reads it. x counts recordings, or times that a sound was said. */
export interface CurveValue {
  value: number;
  low: number;
  high: number;
}
export interface MeasuredPoint {
  x: number;
  y: number;
  count: number;
  /** A day, "2026-10-19"; else whatever a point was called. */
  label: string | null;
}
export interface FittedPoint {
  x: number;
  y: number;
  low: number | null;
  high: number | null;
}
export interface CurveLine {
  name: string;
  state: 'learning' | 'plateau' | 'no change' | 'worse' | 'too few';
  /** x after all that was measured. */
  now: number;
  points: MeasuredPoint[];
  mean: CurveValue | null;
  fit: { spread: number; now: CurveValue } | null;
  no_fit: 'too_few' | 'no_change' | 'worse' | null;
  /** With its interval, to the end of the forecast. */
  curve: FittedPoint[];
  forecast: (CurveValue & { more: number }) | null;
  /** How much more until a score is reached; null: that cannot be told. */
  target: { y: number; more: number | null; low: number | null; high: number | null } | null;
  /** The last points, of which none got better. */
  plateau: { points: number; from_x: number; mean: number; expected_gain: number } | null;
}
export interface CurveRow {
  name: string;
  practices: number;
  state: CurveLine['state'];
  mean: CurveValue | null;
  now: CurveValue | null;
  forecast: CurveValue | null;
}
export interface Curves {
  lines: CurveLine[];
  /** Every sound, where no line is one. */
  rows: CurveRow[];
}
