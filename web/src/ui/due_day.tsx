import type { Assignment } from '../api/classroom';
import { dayName, t } from '../i18n';
import { dayOfDate, isLate } from '../state/assignments';
import { relativeDay, today } from '../state/dates';

/** Until when, and whether that is over; nothing where there is no such day. */
export function DueDay({ assignment }: { assignment: Assignment }) {
  if (assignment.due === null) return null;
  const day = dayOfDate(assignment.due);
  return (
    <span>
      {t('due_by', { day: dayName(day), relative: relativeDay(day - today()) })}
      {isLate(assignment, today()) && <> <span class="mark">{t('assignment_late')}</span></>}
    </span>
  );
}
