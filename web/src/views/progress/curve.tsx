import type { LearningCurve, Progress } from '../../api/records';
import { dayName, decimal, t } from '../../i18n';
import { bandPath, linePath, scale, ticks, type Scale } from '../../draw/scale';
import { shortDay } from '../../state/dates';
import { expected, pointsOf, takesLater, type CurvePoint } from './curve_points';

const width = 720;
const height = 320;
const place = { left: 40, right: 20, top: 14, bottom: 66 };

interface Frame {
  x: Scale;
  y: Scale;
  low: number;
  high: number;
  last: number;
}

function frameOf(points: readonly CurvePoint[], curve: LearningCurve | null, later: number): Frame {
  const values = points.flatMap((point) => [point.low, point.high]);
  if (curve) values.push(curve.later.score + 1.96 * curve.later.error, expected(curve, 0));
  const low = Math.max(0, Math.floor((Math.min(...values) - 3) / 10) * 10);
  const high = Math.min(100, Math.ceil((Math.max(...values) + 3) / 10) * 10);
  const last = Math.max(later, points.at(-1)!.takes + points.at(-1)!.weight / 2);
  return {
    x: scale([0, last], [place.left, width - place.right]),
    y: scale([low, high], [height - place.bottom, place.top]),
    low, high, last,
  };
}

function Axes({ frame, points }: { frame: Frame; points: readonly CurvePoint[] }) {
  const { x, y } = frame;
  // Days are named where there is room.
  const named: CurvePoint[] = [];
  for (const point of points) if (named.length === 0 || x(point.takes) - x(named.at(-1)!.takes) > 90) named.push(point);
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
      {named.map((point) => (
        <text key={point.day} class="axis-day" x={x(point.takes)} y={height - place.bottom + 36} text-anchor={x(point.takes) > width - 60 ? 'end' : 'middle'}>{shortDay(point.day)}</text>
      ))}
    </g>
  );
}

function Fitted({ curve, frame, later }: { curve: LearningCurve; frame: Frame; later: number }) {
  const { x, y } = frame;
  const along = (from: number, to: number, shift: number): [number, number][] =>
    Array.from({ length: 49 }, (_, i) => from + ((to - from) * i) / 48)
      .map((takes) => [x(takes), y(Math.min(frame.high, Math.max(frame.low, expected(curve, takes) + shift)))]);
  const bar = (takes: number, at: LearningCurve['now']): string =>
    `M${x(takes)} ${y(Math.max(frame.low, at.score - 1.96 * at.error))}V${y(Math.min(frame.high, at.score + 1.96 * at.error))}`;
  return (
    <g>
      <path class="curve-spread" d={bandPath(along(0, curve.takes, curve.spread), along(0, curve.takes, -curve.spread))} />
      <path class="curve-line" d={linePath(along(0, curve.takes, 0))} />
      {later > curve.takes && (
        <>
          <path class="curve-line later" d={linePath(along(curve.takes, later, 0))} />
          <path class="curve-error" d={bar(later, curve.later)} />
          <circle class="curve-later" cx={x(later)} cy={y(curve.later.score)} r="5.5" />
        </>
      )}
    </g>
  );
}

function Chart({ curve, points, later }: { curve: LearningCurve | null; points: readonly CurvePoint[]; later: number }) {
  const frame = frameOf(points, curve, later);
  const { x, y } = frame;
  const most = Math.max(...points.map((point) => point.weight));
  return (
    <div class="chart-scroll" tabIndex={0} role="region" aria-label={t('curve_title')}>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('curve_label', { count: points.length })}>
        <Axes frame={frame} points={points} />
        {curve && <Fitted curve={curve} frame={frame} later={later} />}
        {points.map((point) => (
          <g key={point.day} class="curve-day">
            <path class="curve-error" d={`M${x(point.takes)} ${y(Math.max(frame.low, point.low))}V${y(Math.min(frame.high, point.high))}`} />
            <circle cx={x(point.takes)} cy={y(point.score)} r={3 + 4 * Math.sqrt(point.weight / most)} />
            <title>{t('curve_day', { day: dayName(point.day), score: decimal(point.score, 0), count: point.weight })}</title>
          </g>
        ))}
        <text class="axis-name" x={(place.left + width - place.right) / 2} y={height - 8} text-anchor="middle">{t('curve_axis')}</text>
      </svg>
    </div>
  );
}

function Says({ curve, later }: { curve: LearningCurve; later: number }) {
  const around = (at: LearningCurve['now']): string => decimal(1.96 * at.error, 0);
  return (
    <>
      <p>{t('curve_now', { score: decimal(curve.now.score, 0), points: around(curve.now) })}</p>
      {later > curve.takes
        ? <p>{t('curve_later', { days: curve.days, score: decimal(curve.later.score, 0), points: around(curve.later) })}</p>
        : <p>{t('curve_no_pace', { days: curve.days })}</p>}
      <p class="quiet small">{t('curve_means', { spread: decimal(curve.spread, 0) })}</p>
    </>
  );
}

function Table({ points }: { points: readonly CurvePoint[] }) {
  return (
    <details>
      <summary>{t('as_table')}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('as_table')}>
        <table class="table">
          <thead><tr><th scope="col">{t('table_day')}</th><th scope="col">{t('table_takes')}</th><th scope="col">{t('score')}</th><th scope="col">{t('table_between')}</th></tr></thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.day}>
                <th scope="row">{dayName(point.day)}</th>
                <td>{decimal(point.weight, 0)}</td>
                <td>{decimal(point.score, 0)}</td>
                <td>{decimal(point.low, 0)}–{decimal(point.high, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Each day's mean with what it may really be, and the curve that the days draw together, if they do. */
export function Curve({ curve, days, today }: { curve: LearningCurve | null; days: Progress['days']; today: number }) {
  const points = pointsOf(days);
  if (points.length === 0) return null;
  const later = curve ? takesLater(curve, days, today) : 0;
  return (
    <section class="card">
      <h2>{t('curve_title')}</h2>
      {curve ? <Says curve={curve} later={later} /> : <p>{t(points.length < 5 ? 'curve_too_early' : 'curve_none')}</p>}
      <Chart curve={curve} points={points} later={later} />
      <Table points={points} />
    </section>
  );
}
