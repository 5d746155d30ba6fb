import { linePath, scale } from './scale';

export interface SparkPoint {
  x: number;
  value: number;
  /** Relative size of its dot, 0–1; without: no dot. */
  weight?: number;
}

interface SparklineProps {
  points: readonly SparkPoint[];
  /** Index of the point that stands out. */
  marked?: number;
  /** Says the same in words. */
  label: string;
}

const width = 84;
const height = 28;

/** A line so small that it stands in a row of text. Differences of a few points look small. */
export function Sparkline({ points, marked, label }: SparklineProps) {
  if (points.length === 0) return null;
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const spare = Math.max(0, 20 - (high - low)) / 2;
  const x = scale([points[0]!.x, points.at(-1)!.x], points.length === 1 ? [width / 2, width / 2] : [6, width - 6]);
  const y = scale([low - spare, high + spare], [height - 5, 5]);
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <path class="spark-line" d={linePath(points.map((point) => [x(point.x), y(point.value)]))} />
      {points.map((point, i) =>
        point.weight !== undefined && (
          <circle key={i} class="spark-dot" cx={x(point.x)} cy={y(point.value)} r={points.length > 8 ? 0.7 + 0.9 * point.weight : 1 + 2 * Math.sqrt(point.weight)} />
        ))}
      {marked !== undefined && points[marked] && (
        <circle class="spark-mark" cx={x(points[marked].x)} cy={y(points[marked].value)} r="3.6" />
      )}
    </svg>
  );
}
