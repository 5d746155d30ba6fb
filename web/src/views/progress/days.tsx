import type { Progress } from '../../api/records';
import { dayName, decimal, t } from '../../i18n';
import { duration } from '../../state/dates';

const weeks = 12;

interface Cell {
  day: number;
  takes: number;
  /** 0–3, by how long. */
  step: number;
}

/** A cell for each day of the last twelve weeks, weeks as columns, Monday first; the last column ends with today. */
export function calendar(days: Progress['days'], today: number): Cell[][] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  // Day 0 was a Thursday.
  const monday = today - ((today + 3) % 7);
  return Array.from({ length: weeks }, (_, week) => {
    const first = monday - (weeks - 1 - week) * 7;
    return Array.from({ length: 7 }, (_, i) => first + i).filter((day) => day <= today).map((day) => {
      const known = byDay.get(day);
      const minutes = (known?.duration_ms ?? 0) / 60_000;
      return { day, takes: known?.takes ?? 0, step: known ? (minutes > 5 ? 3 : minutes > 1.5 ? 2 : 1) : 0 };
    });
  });
}

/** How much was spoken in the last 28 days. */
export function lately(days: Progress['days'], today: number): { days: number; takes: number; duration_ms: number } {
  const recent = days.filter((day) => day.day > today - 28 && day.takes > 0);
  return {
    days: recent.length,
    takes: recent.reduce((sum, day) => sum + day.takes, 0),
    duration_ms: recent.reduce((sum, day) => sum + day.duration_ms, 0),
  };
}

const size = 16;

export function Days({ days, today }: { days: Progress['days']; today: number }) {
  const recent = lately(days, today);
  const columns = calendar(days, today);
  return (
    <section class="card days">
      <div>
        <h2>{t('days_title')}</h2>
        <p class="days-sum">{t('days_lately', { count: recent.days })}</p>
        <p class="quiet">{t('days_spoken', { takes: recent.takes, time: duration(recent.duration_ms) })}</p>
        <details>
          <summary>{t('as_table')}</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={t('days_title')}>
            <table class="table">
              <thead><tr><th scope="col">{t('table_day')}</th><th scope="col">{t('table_takes')}</th><th scope="col">{t('score')}</th></tr></thead>
              <tbody>
                {[...days].reverse().map((day) => (
                  <tr key={day.day}>
                    <th scope="row">{dayName(day.day)}</th>
                    <td>{decimal(day.takes, 0)}</td>
                    <td>{day.total ? decimal(day.total.value, 0) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
      <svg class="calendar" viewBox={`0 0 ${weeks * size} ${7 * size}`} role="img" aria-label={t('days_calendar', { count: weeks })}>
        {columns.map((column, week) => column.map((cell, i) => (
          <g key={cell.day}>
            <rect class="calendar-day" x={week * size + 1.5} y={i * size + 1.5} width={size - 3} height={size - 3} rx="4" />
            {cell.step > 0 && <circle class="calendar-dot" cx={week * size + size / 2} cy={i * size + size / 2} r={1.5 + cell.step * 1.4} />}
            <title>{`${dayName(cell.day)}: ${decimal(cell.takes, 0)}`}</title>
          </g>
        )))}
      </svg>
    </section>
  );
}
