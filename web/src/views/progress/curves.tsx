import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { CurveLine, CurveRow, MeasuredPoint } from '../../api/curves';
import { dayName, decimal, t, type Key } from '../../i18n';
import { plainText, soundText } from '../../i18n/feedback';
import { link } from '../../state/router';
import { useLoaded } from '../../ui/use_loaded';
import { LineChart } from './line_chart';
import { dayOfLabel, saysOf, soundOf } from './line_frame';

const round = (value: number): string => decimal(value, 0);

function Says({ line, sound }: { line: CurveLine; sound: string }) {
  const says = saysOf(line);
  const { fit, forecast, target, plateau, mean } = line;
  return (
    <>
      {fit && <p>{t('line_now', { score: round(fit.now.value), low: round(fit.now.low), high: round(fit.now.high) })}</p>}
      {says === 'learning' && forecast && (
        <p>{t('line_later', { count: Math.round(forecast.more), score: round(forecast.value), low: round(forecast.low), high: round(forecast.high) })}</p>
      )}
      {says === 'learning' && target && target.more !== null && target.more > 0 && <p>{t('line_target', { score: round(target.y), count: Math.ceil(target.more) })}</p>}
      {says === 'plateau' && plateau && (
        <p>
          {t('line_plateau', { score: round(plateau.mean) })}{' '}
          <a href={sound ? `${link('practice')}?sound=${sound}` : link('practice')}>{t('line_plateau_do')}</a>
        </p>
      )}
      {!fit && <p>{t(says === 'too_few' ? 'line_too_few' : says === 'worse' ? 'line_worse' : 'curve_none')}{mean && says !== 'too_few' && <> {t('line_mean', { score: round(mean.value) })}</>}</p>}
      {fit && <p class="quiet small">{t('line_means', { spread: round(fit.spread) })}</p>}
    </>
  );
}

function Table({ points }: { points: readonly MeasuredPoint[] }) {
  return (
    <details>
      <summary>{t('as_table')}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('as_table')}>
        <table class="table">
          <thead><tr><th scope="col">{t('table_day')}</th><th scope="col">{t('table_takes')}</th><th scope="col">{t('score')}</th></tr></thead>
          <tbody>
            {points.map((point) => {
              const day = dayOfLabel(point.label);
              return <tr key={point.x}><th scope="row">{day === null ? (point.label ?? round(point.x)) : dayName(day)}</th><td>{round(point.count)}</td><td>{round(point.y)}</td></tr>;
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Choice({ rows, sound, choose }: { rows: readonly CurveRow[]; sound: string; choose: (sound: string) => void }) {
  if (rows.length === 0) return null;
  return (
    <label class="line-choice">
      <span>{t('line_choice')}</span>
      <select value={sound} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t('line_all')}</option>
        {rows.map((row) => <option key={row.name} value={soundOf(row.name)}>{plainText(soundText(soundOf(row.name)))} · {t(`line_state_${row.state.replace(' ', '_')}` as Key)}</option>)}
      </select>
    </label>
  );
}

/** How all recordings, or one sound, got better with practice, and where that leads. */
export function Curves({ learner }: { learner: string }) {
  const [sound, choose] = useState('');
  const all = useLoaded(() => api.curves(learner), [learner]);
  const one = useLoaded(() => (sound ? api.curves(learner, sound) : Promise.resolve(null)), [learner, sound]);
  if (all.state === 'failed') return <p class="notice">{t('failed', { why: all.failure.message })}</p>;
  if (all.state !== 'there') return null;
  const shown = sound ? (one.state === 'there' ? one.value?.lines[0] : undefined) : all.value.lines[0];
  return (
    <section class="card">
      <div class="card-head">
        <h2>{t('curve_title')}</h2>
        <Choice rows={all.value.rows} sound={sound} choose={choose} />
      </div>
      {sound && one.state === 'failed' && <p class="notice">{t('failed', { why: one.failure.message })}</p>}
      <div aria-live="polite">{shown && <Says line={shown} sound={sound} />}</div>
      {shown && shown.points.length > 0 && (
        <>
          <LineChart line={shown} label={t('curve_title')} axis={t(sound ? 'line_axis_sound' : 'curve_axis')} />
          <Table points={shown.points} />
        </>
      )}
    </section>
  );
}
