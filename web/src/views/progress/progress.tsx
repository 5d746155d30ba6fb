import { api } from '../../api/client';
import type { Progress as Figures } from '../../api/records';
import { t } from '../../i18n';
import { chosen, learnerId } from '../../state/learner';
import { link } from '../../state/router';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { ToExercises } from '../drill/link';
import { Confusions, Words } from './confusions';
import { Curves } from './curves';
import { Days } from './days';
import { PracticeNext } from './practice_next';
import { Sounds } from './sounds';
import '../../style/records.css';

function Empty({ text }: { text: string }) {
  return (
    <div class="empty">
      <Icon name="curve" />
      <p>{text}</p>
      <a class="button primary" href={link('speak')}>{t('log_empty_speak')}</a>
    </div>
  );
}

function Charts({ learner, figures }: { learner: string; figures: Figures }) {
  return (
    <>
      <PracticeNext practice={figures.practice} today={figures.today} />
      <ToExercises />
      <Days days={figures.days} today={figures.today} />
      <Curves learner={learner} />
      <Sounds sounds={figures.sounds} />
      <div class="two">
        <Confusions confusions={figures.confusions} today={figures.today} />
        <Words words={figures.words} />
      </div>
    </>
  );
}

export default function Progress() {
  const id = learnerId.value;
  const loaded = useLoaded(() => (id ? api.progress(id) : Promise.resolve(null)), [id]);
  return (
    <section class="page stack">
      <h1>{chosen.value?.name ? t('progress_of', { name: chosen.value.name }) : t('nav_progress')}</h1>
      {loaded.state === 'failed' && <p class="notice">{t('failed', { why: loaded.failure.message })}</p>}
      {!id && <Empty text={t('progress_nobody')} />}
      {loaded.state === 'there' && loaded.value && (loaded.value.days.length > 0 ? <Charts learner={id} figures={loaded.value} /> : <Empty text={t('progress_empty')} />)}
    </section>
  );
}
