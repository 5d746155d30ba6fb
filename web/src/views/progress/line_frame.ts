import type { CurveLine, FittedPoint } from '../../api/curves';
import { scale, type Scale } from '../../draw/scale';

export const width = 720;
export const height = 300;
export const place = { left: 40, right: 20, top: 14, bottom: 48 };

export interface Frame {
  x: Scale;
  y: Scale;
  low: number;
  high: number;
  last: number;
}

/** Axes that hold what was measured and where the curve goes; its interval is cut where it would squeeze the rest. */
export function frameOf(line: Pick<CurveLine, 'points' | 'curve' | 'now'>): Frame {
  const values = [...line.points.map((point) => point.y), ...line.curve.flatMap(({ y, low, high }) => [y, Math.max(low ?? y, y - 15), Math.min(high ?? y, y + 15)])];
  const low = Math.max(0, Math.floor((Math.min(...values) - 3) / 10) * 10);
  const high = Math.min(100, Math.ceil((Math.max(...values) + 3) / 10) * 10);
  const last = Math.max(line.now, ...line.points.map((point) => point.x), ...line.curve.map((point) => point.x));
  return { x: scale([0, last], [place.left, width - place.right]), y: scale([low, high], [height - place.bottom, place.top]), low, high, last };
}

/** The curve over what was measured, and what is expected after that; both hold the place where they meet. */
export function cut(curve: readonly FittedPoint[], now: number): { past: FittedPoint[]; later: FittedPoint[] } {
  const past = curve.filter((point) => point.x <= now);
  const later = curve.filter((point) => point.x > now);
  const meeting = past.at(-1);
  return { past, later: later.length > 0 && meeting ? [meeting, ...later] : later };
}

/** "TH /θ/" → "TH"; what is no sound stays as it is. */
export function soundOf(name: string): string {
  return name.split(' ')[0] ?? name;
}

const dayMs = 86_400_000;

/** The day that a point is called by, since 1970. */
export function dayOfLabel(label: string | null): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(label ?? '');
  return parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / dayMs : null;
}

export type Says = 'learning' | 'plateau' | 'too_few' | 'no_change' | 'worse';

/** What is said of a line. A plateau without a fit is one whose scores never changed: that is said of it. */
export function saysOf(line: Pick<CurveLine, 'fit' | 'no_fit' | 'plateau'>): Says {
  if (line.fit) return line.plateau ? 'plateau' : 'learning';
  return line.no_fit ?? 'too_few';
}
