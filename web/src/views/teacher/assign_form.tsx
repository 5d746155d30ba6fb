import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Learner, LessonBrief } from '../../api/records';
import { t } from '../../i18n';
import { announce } from '../../state/announce';
import { titleOf } from '../lessons/titles';

interface Props {
  learners: readonly Learner[];
  lessons: readonly LessonBrief[];
  done: () => void;
}

/** Sets a lesson for one, some or all learners. */
export function AssignForm({ learners, lessons, done }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [lesson, setLesson] = useState(lessons[0]?.name ?? '');
  const [due, setDue] = useState('');
  const [note, setNote] = useState('');
  const [message, setMessage] = useState('');
  const all = chosen.size === learners.length;
  const choose = (id: string, wanted: boolean): void => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const assign = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (chosen.size === 0) {
      setMessage(t('set_nobody'));
      return;
    }
    try {
      const made = await api.assign({ learners: [...chosen], lesson, due: due || null, note: note.trim() });
      setMessage('');
      setChosen(new Set());
      setNote('');
      announce(t('set_done_for', { count: made.length }));
      done();
    } catch (error) {
      setMessage(t('failed', { why: (error as Error).message }));
    }
  };
  return (
    <form class="form assign-form" onSubmit={(event) => void assign(event)}>
      <fieldset>
        <legend>{t('set_whom')}</legend>
        <label class="check">
          <input type="checkbox" checked={all} ref={(box) => { if (box) box.indeterminate = !all && chosen.size > 0; }}
            onChange={() => setChosen(new Set(all ? [] : learners.map((learner) => learner.id)))} />
          {t('set_all')}
        </label>
        <div class="row">
          {learners.map((learner) => (
            <label key={learner.id} class="check">
              <input type="checkbox" checked={chosen.has(learner.id)} onChange={(event) => choose(learner.id, event.currentTarget.checked)} />
              {learner.name || t('someone')}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="assign-fields">
        <label>
          {t('set_lesson')}
          <select value={lesson} onChange={(event) => setLesson(event.currentTarget.value)}>
            {lessons.map((one) => <option key={one.name} value={one.name}>{titleOf(one)}</option>)}
          </select>
        </label>
        <label>
          {t('set_due')}
          <input type="date" value={due} onInput={(event) => setDue(event.currentTarget.value)} />
        </label>
        <label>
          {t('set_note')}
          <input type="text" maxLength={1000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
      </div>
      <p role="status">{message}</p>
      <div class="row"><button class="button primary" type="submit">{t('set_button')}</button></div>
    </form>
  );
}
