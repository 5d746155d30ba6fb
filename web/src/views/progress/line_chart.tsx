import type { CurveLine } from '../../api/curves';
import { bandPath, linePath, ticks } from '../../draw/scale';
import { dayName, decimal, t } from '../../i18n';
import { cut, dayOfLabel, frameOf, height, place, width, type Frame } from './line_frame';

function Axes({ frame, axis }: { frame: Frame; axis: string }) {
  const { x, y } = frame;
  return (
    <g class="chart-axes">
      {ticks(frame.low, frame.high, 4).map((value) => (
        <g key={value}>
          <path class="grid-line" d={`M${place.left} ${y(value)}H${width - place.right}`} />
          <text x={place.left - 8} y={y(value) + 4} text-anchor="end">{decimal(value, 0)}</text>
        </g>
      ))}
      {ticks(0, frame.last, 6).map((value) => (
        <text key={value} x={x(value)} y={height - place.bottom + 18} text-anchor="middle">{decimal(value, 0)}</text>
      ))}
      <text class="axis-name" x={(place.left + width - place.right) / 2} y={height - 8} text-anchor="middle">{axis}</text>
    </g>
  );
}

function Fitted({ line, frame }: { line: CurveLine; frame: Frame }) {
  if (line.curve.length === 0) return null;
  const { x, y, low, high } = frame;
  const inside = (value: number): number => y(Math.min(high, Math.max(low, value)));
  const { past, later } = cut(line.curve, line.now);
  const path = (part: typeof past): string => linePath(part.map((point) => [x(point.x), inside(point.y)]));
  const band = (part: typeof past): string =>
    bandPath(part.map((point) => [x(point.x), inside(point.high ?? point.y)]), part.map((point) => [x(point.x), inside(point.low ?? point.y)]));
  return (
    <g>
      <path class="curve-spread" d={band(past)} />
      <path class="curve-spread later" d={band(later)} />
      <path class="curve-line" d={path(past)} />
      <path class="curve-line later" d={path(later)} />
      {later.length > 0 && <path class="curve-now" d={`M${x(line.now)} ${place.top}V${height - place.bottom}`} />}
    </g>
  );
}

/** Days as dots, the curve that they draw together with its interval, and where it leads. */
export function LineChart({ line, label, axis }: { line: CurveLine; label: string; axis: string }) {
  const frame = frameOf(line);
  const { x, y } = frame;
  const most = Math.max(1, ...line.points.map((point) => point.count));
  const { plateau } = line;
  return (
    <div class="chart-scroll" tabIndex={0} role="region" aria-label={label}>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('curve_label', { count: line.points.length })}>
        <Axes frame={frame} axis={axis} />
        <Fitted line={line} frame={frame} />
        {plateau && <path class="curve-plateau" d={`M${x(plateau.from_x)} ${y(plateau.mean)}H${x(line.now)}`} />}
        {line.points.map((point) => {
          const day = dayOfLabel(point.label);
          return (
            <g key={point.x} class="curve-day">
              <circle cx={x(point.x)} cy={y(point.y)} r={3 + 4 * Math.sqrt(point.count / most)} />
              {day !== null && <title>{t('curve_day', { day: dayName(day), score: decimal(point.y, 0), count: point.count })}</title>}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
