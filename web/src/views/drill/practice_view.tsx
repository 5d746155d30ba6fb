import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { isMissing } from '../../api/request';
import { stopPlaying } from '../../audio/player';
import { t } from '../../i18n';
import { learnerId } from '../../state/learner';
import { link, route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { abandonReading, phase, stopReading } from '../speak/live';
import { useShortcuts } from '../speak/shortcuts';
import { TutorTabs } from '../tutor/tabs';
import { End } from './end';
import { Exercise, readDrillItem } from './exercise';
import { at, items, now, openRound, round } from './round';
import { Why } from './why';
import '../../style/records.css';
import '../../style/tutor.css';

const count = 8;

function speakOrStop(): void {
  if (!now.value) return;
  if (phase.value !== 'idle') {
    stopReading();
    return;
  }
  stopPlaying();
  readDrillItem();
}

/** A round for whom and for which sound the address says. One that has begun goes on, whatever was read in between. */
function useRound(): { failure: Error | null; again: () => void } {
  const learner = learnerId.value;
  const { query } = route.value;
  const sound = query.get('sound') ?? '';
  const against = query.get('against') ?? '';
  const key = [learner, sound, against].join(' ');
  const [failure, setFailure] = useState<Error | null>(null);
  const load = (): void => {
    api.drill(learner, { sound, against, count }).then(
      (practised) => {
        setFailure(null);
        openRound({ ...practised, key, chosen: sound !== '' });
      },
      setFailure,
    );
  };
  useEffect(() => {
    const going = round.value?.key === key && at.value < items.value.length;
    if (learner && !going) {
      round.value = null;
      load();
    }
  }, [key]);
  return { failure, again: load };
}

function Empty() {
  return (
    <div class="empty">
      <Icon name="target" />
      <p>{t('drill_nobody')}</p>
      <a class="button primary" href={link('speak')}>{t('log_empty_speak')}</a>
    </div>
  );
}

/** #/practice, #/practice?sound=TH&against=S. */
export default function PracticeView() {
  const { failure, again } = useRound();
  useShortcuts(speakOrStop);
  useEffect(() => () => { abandonReading(); stopPlaying(); }, []);
  const id = learnerId.value;
  const there = id && round.value ? round.value : null;
  const begun = at.value >= 0;
  return (
    <section class={there && now.value ? 'page speak-page drill-page' : 'page stack drill-page'}>
      <TutorTabs />
      <h1 class={begun && there ? 'hidden' : undefined}>{t('nav_practice')}</h1>
      {!id && <Empty />}
      {id && failure && <p class="notice" role="alert">{isMissing(failure) ? t('tutor_none') : t('failed', { why: failure.message })}</p>}
      {id && failure && !isMissing(failure) && <p><button type="button" class="button" onClick={again}><Icon name="repeat" />{t('try_again')}</button></p>}
      {id && !failure && !there && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {there && !begun && <Why round={there} />}
      {there && now.value && <Exercise />}
      {there && begun && !now.value && <End again={again} />}
    </section>
  );
}
