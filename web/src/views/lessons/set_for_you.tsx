import { api } from '../../api/client';
import type { Assignment } from '../../api/classroom';
import { t } from '../../i18n';
import { inOrder } from '../../state/assignments';
import { link } from '../../state/router';
import { DueDay } from '../../ui/due_day';
import { Icon } from '../../ui/icon';
import { ReadingProgress } from '../../ui/reading_progress';
import { useLoaded } from '../../ui/use_loaded';
import { titleOf } from './titles';
import '../../style/classroom.css';

function Task({ assignment }: { assignment: Assignment }) {
  const { lesson, title, note, next } = assignment;
  return (
    <li class="task">
      <div>
        <strong>{titleOf({ name: lesson, title })}</strong>
        {note && <p class="task-note">{note}</p>}
        <p class="quiet small"><DueDay assignment={assignment} /></p>
        <ReadingProgress assignment={assignment} />
      </div>
      {next !== null
        ? <a class="button primary" href={link('speak', lesson, next)} aria-label={`${t('your_next')}: ${titleOf({ name: lesson, title })}`}><Icon name="microphone" />{t('your_next')}</a>
        : assignment.items > 0 && <a class="button" href={link('lessons', lesson)}>{t('your_lesson')}</a>}
    </li>
  );
}

/** What a teacher has set for a learner; nothing where that is nothing. */
export function SetForYou({ learner }: { learner: string }) {
  const loaded = useLoaded(() => api.assignments(learner), [learner]);
  if (loaded.state !== 'there' || loaded.value.length === 0) return null;
  return (
    <section class="card set-for-you" aria-labelledby="set-for-you">
      <h2 id="set-for-you">{t('your_set')}</h2>
      <ul class="tasks">{inOrder(loaded.value).map((one) => <Task key={one.id} assignment={one} />)}</ul>
    </section>
  );
}
