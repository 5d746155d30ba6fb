import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Assignment } from '../../api/classroom';
import type { Learner } from '../../api/records';
import { t } from '../../i18n';
import { inOrder } from '../../state/assignments';
import { DueDay } from '../../ui/due_day';
import { Icon } from '../../ui/icon';
import { ReadingProgress } from '../../ui/reading_progress';
import { ScoreNumber } from '../../ui/score_number';
import { useLoaded } from '../../ui/use_loaded';
import { titleOf } from '../lessons/titles';
import { AssignForm } from './assign_form';
import '../../style/classroom.css';

interface TableProps {
  assignments: readonly Assignment[];
  names: ReadonlyMap<string, string>;
  remove: (assignment: Assignment) => void;
}

function AssignmentTable({ assignments, names, remove }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('assignments_title')}>
      <table class="table assignments">
        <thead>
          <tr>
            <th scope="col">{t('class_learner')}</th>
            <th scope="col">{t('assignment_lesson')}</th>
            <th scope="col">{t('assignment_due')}</th>
            <th scope="col">{t('assignment_progress')}</th>
            <th scope="col">{t('assignment_mean')}</th>
            <th scope="col"><span class="hidden">{t('delete')}</span></th>
          </tr>
        </thead>
        <tbody>
          {inOrder(assignments).map((one) => {
            const lesson = titleOf({ name: one.lesson, title: one.title });
            const learner = names.get(one.learner) || t('someone');
            return (
              <tr key={one.id}>
                <th scope="row">{learner}</th>
                <td>{lesson}{one.note && <><br /><small class="quiet">{one.note}</small></>}</td>
                <td>{one.due === null ? '–' : <DueDay assignment={one} brief />}</td>
                <td><ReadingProgress assignment={one} /></td>
                <td><ScoreNumber value={one.mean} /></td>
                <td>
                  <button type="button" class="icon-button" aria-label={t('assignment_remove', { lesson, learner })} title={t('assignment_remove', { lesson, learner })} onClick={() => remove(one)}>
                    <Icon name="trash" />
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What is set for whom, how far they are, and setting more. */
export function Assignments({ learners }: { learners: readonly Learner[] }) {
  const loaded = useLoaded(() => Promise.all([api.assignments(), api.lessons()]), []);
  const [failure, setFailure] = useState('');
  if (loaded.state !== 'there') return null;
  const [assignments, lessons] = loaded.value;
  const remove = (assignment: Assignment): void => {
    api.removeAssignment(assignment.id).then(loaded.reload, (error: Error) => setFailure(error.message));
  };
  return (
    <section class="card">
      <h2>{t('assignments_title')}</h2>
      {assignments.length === 0
        ? <p class="quiet">{t('assignments_none')}</p>
        : <AssignmentTable assignments={assignments} names={new Map(learners.map((learner) => [learner.id, learner.name]))} remove={remove} />}
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      <details class="assign" open={assignments.length === 0}>
        <summary>{t('set_title')}</summary>
        <AssignForm learners={learners} lessons={lessons} done={loaded.reload} />
      </details>
    </section>
  );
}
