import { t } from '../../i18n';
import { teacherName } from '../../state/teacher';

export function TeacherChoice() {
  return (
    <section>
      <h2>{t('set_teacher')}</h2>
      <p class="quiet">{t('set_teacher_means')}</p>
      <label class="named">
        {t('teacher_name')}
        <input type="text" maxLength={60} autocomplete="name" value={teacherName.value} onInput={(event) => { teacherName.value = event.currentTarget.value; }} />
      </label>
    </section>
  );
}
