import type { Assignment } from '../api/classroom';
import { dayName, t } from '../i18n';
import { dayOfDate, isLate } from '../state/assignments';
import { relativeDay, today } from '../state/dates';

/** Until when, and whether that is over; nothing where there is no such day. `brief`: the date alone, for a table. */
export function DueDay({ assignment, brief = false }: { assignment: Assignment; brief?: boolean }) {
  if (assignment.due === null) return null;
  const day = dayOfDate(assignment.due);
  return (
    <span>
      {brief ? dayName(day) : t('due_by', { day: dayName(day), relative: relativeDay(day - today()) })}
      {isLate(assignment, today()) && <> <span class="pill">{t('assignment_late')}</span></>}
    </span>
  );
}
