import { useState } from 'preact/hooks';
import type { Mean, SoundProgress } from '../../api/records';
import { IntervalBar } from '../../draw/interval';
import { Sparkline } from '../../draw/sparkline';
import { decimal, percent, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { interval, mastered, trend } from '../../state/mastery';
import { Ipa } from '../../ui/english';
import { Icon } from '../../ui/icon';

const few = 8;

export function rangeText(mean: Mean): string {
  const [low, high] = interval(mean);
  return `${decimal(low, 0)}–${decimal(high, 0)}`;
}

function Change({ sound }: { sound: SoundProgress }) {
  const { first, last } = sound;
  if (!first || !last) return <span class="quiet">–</span>;
  const way = trend(first, last);
  const key = way === 'better' ? 'sounds_better' : way === 'lower' ? 'sounds_lower' : 'sounds_unclear';
  return (
    <span class={`change ${way}`}>
      {decimal(first.value, 0)} → {decimal(last.value, 0)}
      <small> {t(key)}</small>
    </span>
  );
}

function Row({ sound }: { sound: SoundProgress }) {
  const most = Math.max(...sound.days.map((day) => day.count));
  const points = sound.days.map((day) => ({ x: day.day, value: day.mean, weight: day.count / most }));
  const scores = points.map((point) => decimal(point.value, 0)).join(', ');
  return (
    <tr>
      <th scope="row">
        {soundText(sound.sound)} <Ipa>/{sound.ipa}/</Ipa>
        {mastered(sound.all) && <span class="chip done"><Icon name="check" />{t('sounds_done')}</span>}
      </th>
      <td class="mean-cell">
        <IntervalBar mean={sound.all} />
        <span>{decimal(sound.all.value, 0)} <small>({rangeText(sound.all)})</small></span>
      </td>
      <td>{points.length > 1 && <Sparkline points={points} label={t('sounds_days', { count: points.length, scores })} />}</td>
      <td data-label={t('sounds_change')}><Change sound={sound} /></td>
      <td data-label={t('sounds_wrong')}>{percent(sound.wrong)}</td>
      <td data-label={t('sounds_count')}>{decimal(sound.all.count, 0)}</td>
    </tr>
  );
}

/** Every sound with how well it goes, how sure that is, and how it has changed. */
export function Sounds({ sounds }: { sounds: readonly SoundProgress[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? sounds : sounds.slice(0, few);
  return (
    <section class="card">
      <h2>{t('sounds_title')}</h2>
      <p class="quiet">{t('sounds_means')}</p>
      <table class="table sound-table">
        <thead>
          <tr>
            <th scope="col">{t('detail_sound')}</th>
            <th scope="col">{t('sounds_score')}</th>
            <th scope="col">{t('sounds_over_time')}</th>
            <th scope="col">{t('sounds_change')}</th>
            <th scope="col">{t('sounds_wrong')}</th>
            <th scope="col">{t('sounds_count')}</th>
          </tr>
        </thead>
        <tbody>{shown.map((sound) => <Row key={sound.sound} sound={sound} />)}</tbody>
      </table>
      {sounds.length > few && (
        <button type="button" class="button small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('show_fewer') : t('show_all', { count: sounds.length })}
        </button>
      )}
    </section>
  );
}
