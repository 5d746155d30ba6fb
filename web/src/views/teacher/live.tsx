import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../../api/room';
import { listed, t, type Key } from '../../i18n';
import { link } from '../../state/router';
import { teacherName } from '../../state/teacher';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { PlayTake } from '../../ui/play_take';
import { ScoreNumber } from '../../ui/score_number';
import { LiveSentence } from '../speak/sentence';
import { Follow, type Heard } from './follow';
import { SayForm } from './say_form';
import '../../style/records.css';
import '../../style/live.css';

function Desks({ follow }: { follow: Follow }) {
  const desks = follow.desks.value;
  if (!desks) return <p class="quiet">{t('loading')}</p>;
  if (desks.length === 0) return <p class="notice">{t('live_nobody', { setting: t('let_watch') })}</p>;
  const others = (desk: Desk): string => listed(desk.watched_by.map((name) => name || t('a_teacher')));
  return (
    <ul class="desks" aria-label={t('live_desks')}>
      {desks.map((desk) => (
        <li key={desk.desk}>
          <button type="button" class="desk" aria-pressed={follow.desk.value === desk.desk} onClick={() => follow.watch(follow.desk.value === desk.desk ? '' : desk.desk)}>
            <strong>{desk.name || t('someone_else')}</strong>
            {desk.reading === null ? <span class="quiet">{t('live_not_reading')}</span> : <English>{desk.reading}</English>}
            {desk.watched_by.length > 0 && <small>{t('live_watched', { names: others(desk) })}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function HeardRow({ heard }: { heard: Heard }) {
  return (
    <li class="heard">
      <PlayTake take={{ id: heard.take, text: heard.text, has_recording: heard.take !== '' }} />
      <p>
        {heard.take ? <a href={link('log', heard.take)}><English>{heard.text}</English></a> : <English>{heard.text}</English>}
        {heard.hard.length > 0 && <small><br />{t('live_hard')} <English>{heard.hard.join(', ')}</English></small>}
      </p>
      <ScoreNumber value={heard.total} />
    </li>
  );
}

function state(follow: Follow): Key {
  if (!follow.reading.value) return 'live_not_reading';
  return follow.speaking.value ? 'live_speaking' : 'live_silent';
}

function Panel({ follow }: { follow: Follow }) {
  const name = follow.name.value || t('someone_else');
  return (
    <section class="card follow" aria-label={t('live_panel', { name })}>
      <div class="card-head">
        <h2>{name}</h2>
        <p class={follow.speaking.value ? 'live-state on' : 'live-state'}><Icon name="microphone" />{t(state(follow))}</p>
      </div>
      {follow.text.value ? <LiveSentence text={follow.text.value} lights={follow.lights} /> : <p class="quiet">{t('live_wait')}</p>}
      <SayForm follow={follow} />
      {follow.said.value.length > 0 && (
        <ul class="said-log" aria-label={t('advice_list')}>
          {follow.said.value.map((advice) => <li key={advice.said_ms}><strong>{advice.from || t('a_teacher')}:</strong> {advice.text}</li>)}
        </ul>
      )}
      {follow.heard.value.length > 0 && (
        <>
          <h3>{t('live_heard')}</h3>
          <ul class="heard-list">{follow.heard.value.map((heard) => <HeardRow key={heard.key} heard={heard} />)}</ul>
        </>
      )}
    </section>
  );
}

/** #/teacher/live: who reads now, and what can be said to them. */
export function Live() {
  const [follow, setFollow] = useState<Follow | null>(null);
  const name = teacherName.value;
  useEffect(() => {
    const next = new Follow(name);
    setFollow(next);
    return () => next.close();
  }, [name]);
  return (
    <section class="page wide stack">
      <p><a href={link('teacher')} class="back"><Icon name="back" />{t('nav_teacher')}</a></p>
      <h1>{t('live_title')}</h1>
      <p class="lead">{t('live_lead')}</p>
      <label class="teacher-name">
        {t('teacher_name')}
        <input type="text" maxLength={60} value={name} placeholder={t('a_teacher')} onChange={(event) => { teacherName.value = event.currentTarget.value.trim(); }} />
      </label>
      {follow?.lost.value && <p class="notice" role="status">{t('live_lost')}</p>}
      {follow && <Desks follow={follow} />}
      {follow?.desk.value && <Panel key={follow.desk.value} follow={follow} />}
    </section>
  );
}
