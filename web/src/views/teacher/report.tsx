import { api } from '../../api/client';
import type { Progress, SoundProgress } from '../../api/records';
import { dayName, decimal, rich, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { howTo } from '../../i18n/sound_guide';
import { duration } from '../../state/dates';
import { mastered, trend } from '../../state/mastery';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { isHard } from '../progress/confusions';
import { lately } from '../progress/days';
import { rangeText } from '../progress/sounds';
import { meanOfDays } from './class_figures';

/** Sounds that have got better by more than chance, and those that are right now. */
export function good(sounds: readonly SoundProgress[]): SoundProgress[] {
  return sounds.filter((sound) => mastered(sound.all) || trend(sound.first, sound.last) === 'better').slice(-6).reverse();
}

/** The sounds to practise: the lowest of those heard often enough to tell. */
export function hard(sounds: readonly SoundProgress[]): SoundProgress[] {
  return sounds.filter((sound) => sound.all.count >= 5 && !mastered(sound.all) && sound.all.value < 85).slice(0, 3);
}

function Page({ name, progress }: { name: string; progress: Progress }) {
  const recent = lately(progress.days, progress.today);
  const mean = meanOfDays(progress.days.filter((day) => day.day > progress.today - 28));
  const going = good(progress.sounds);
  const next = hard(progress.sounds);
  const words = progress.words.filter(isHard).slice(0, 8);
  return (
    <article class="parent-report card">
      <h1>{name}</h1>
      <p class="quiet">{t('report_date', { day: dayName(progress.today) })}</p>
      <h2>{t('report_done')}</h2>
      <p>{t('days_lately', { count: recent.days })}</p>
      <p>{t('days_spoken', { takes: recent.takes, time: duration(recent.duration_ms) })}</p>
      {mean && <p>{t('report_mean', { score: decimal(mean.value, 0), range: rangeText(mean) })}</p>}
      <p>{progress.curve ? t('report_rising', { from: decimal(progress.curve.top - progress.curve.gap, 0), to: decimal(progress.curve.now.score, 0) }) : t('report_no_trend')}</p>
      {going.length > 0 && (
        <>
          <h2>{t('report_good')}</h2>
          <ul>{going.map((sound) => (
            <li key={sound.sound}>
              {soundText(sound.sound)}{sound.first && sound.last && trend(sound.first, sound.last) === 'better'
                && <>: {decimal(sound.first.value, 0)} → {decimal(sound.last.value, 0)}</>}
            </li>
          ))}</ul>
        </>
      )}
      {next.length > 0 && (
        <>
          <h2>{t('report_next')}</h2>
          <ul>{next.map((sound) => <li key={sound.sound}>{soundText(sound.sound)}: {howTo(sound.sound)}</li>)}</ul>
        </>
      )}
      {words.length > 0 && (
        <>
          <h2>{t('report_words')}</h2>
          <p>{words.map((word, i) => [i > 0 && ' · ', <English key={word.word} strong>{word.word}</English>])}</p>
        </>
      )}
      <h2>{t('report_home')}</h2>
      <p>{t('report_home_how')}</p>
      <p class="quiet small">{rich('report_explain', { name: 'Euphone' })}</p>
    </article>
  );
}

/** One page that parents understand; the browser prints it without the frame. */
export function Report({ id }: { id: string }) {
  const loaded = useLoaded(() => Promise.all([api.learners(), api.progress(id)]), [id]);
  const name = loaded.state === 'there' ? loaded.value[0].find((learner) => learner.id === id)?.name : undefined;
  return (
    <section class="page narrow stack">
      <div class="row no-print">
        <a href={link('teacher')} class="back"><Icon name="back" />{t('nav_teacher')}</a>
        <button type="button" class="button" onClick={() => print()}>{t('report_print')}</button>
      </div>
      {loaded.state === 'failed' && <p class="notice">{t('failed', { why: loaded.failure.message })}</p>}
      {loaded.state === 'there' && <Page name={name || t('someone')} progress={loaded.value[1]} />}
    </section>
  );
}
