import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { dayName, decimal, languageName, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { today } from '../../state/dates';
import { access } from '../../state/device';
import { link, route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { ScoreNumber } from '../../ui/score_number';
import { useLoaded } from '../../ui/use_loaded';
import { rangeText } from '../progress/sounds';
import { Assignments } from './assignments';
import { CellPanel } from './cell_panel';
import { summary, type Pupil } from './class_figures';
import { HeatMap, type Cell } from './heat_map';
import { Invite } from './invite';
import { Live } from './live';
import { loadClass } from './load_class';
import { Report } from './report';
import '../../style/records.css';

function ClassTable({ pupils }: { pupils: readonly Pupil[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('class_title')}>
      <table class="table class">
        <thead>
          <tr>
            <th scope="col">{t('class_learner')}</th>
            <th scope="col">{t('class_last')}</th>
            <th scope="col">{t('class_days')}</th>
            <th scope="col">{t('class_takes')}</th>
            <th scope="col">{t('class_mean')}</th>
            <th scope="col">{t('class_hardest')}</th>
            <th scope="col"><span class="hidden">{t('report_open')}</span></th>
          </tr>
        </thead>
        <tbody>
          {pupils.map(({ learner, progress }) => {
            const now = progress && summary(progress, today());
            return (
              <tr key={learner.id}>
                <th scope="row">
                  <a href={`#/log?learner=${encodeURIComponent(learner.id)}`}>{learner.name || t('someone')}</a>
                  {learner.first_language && <small> {languageName(learner.first_language)}</small>}
                </th>
                <td>{now?.last == null ? '–' : dayName(now.last)}</td>
                <td>{now ? decimal(now.days, 0) : '–'}</td>
                <td>{decimal(learner.takes, 0)}</td>
                <td><ScoreNumber value={now?.mean?.value ?? null} />{now?.mean && <small> ({rangeText(now.mean)})</small>}</td>
                <td>{now?.hardest ? <>{soundText(now.hardest.sound)} <small>{decimal(now.hardest.all.value, 0)}</small></> : '–'}</td>
                <td><a class="button small" href={link('teacher', 'report', learner.id)}>{t('report_open')}</a></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function ClassPage() {
  const loaded = useLoaded(loadClass, []);
  const [cell, setCell] = useState<Cell | null>(null);
  const pupils = loaded.state === 'there' ? loaded.value : [];
  const heard = pupils.some(({ progress }) => (progress?.sounds.length ?? 0) > 0);
  return (
    <section class="page wide stack">
      <h1>{t('nav_teacher')}</h1>
      <p class="lead">{t('teacher_lead')}</p>
      <p><a class="button" href={link('teacher', 'live')}><Icon name="eye" />{t('live_open')}</a></p>
      {loaded.state === 'loading' && <p class="quiet">{t('loading')}</p>}
      {loaded.state === 'failed' && <p class="notice">{t('failed', { why: loaded.failure.message })}</p>}
      {loaded.state === 'there' && pupils.length === 0 && <p class="notice">{t('teacher_nobody')}</p>}
      {pupils.length > 0 && (
        <section class="card">
          <div class="card-head">
            <h2>{t('class_title')}</h2>
            <a class="button small" download href={api.exportAddress('', 'class.csv')}><Icon name="download" />{t('class_csv')}</a>
          </div>
          <ClassTable pupils={pupils} />
        </section>
      )}
      {pupils.length > 0 && <Assignments learners={pupils.map(({ learner }) => learner)} />}
      {heard && (
        <section class="card">
          <h2>{t('heat_title')}</h2>
          <p class="quiet">{t('heat_means')}</p>
          <HeatMap pupils={pupils} chosen={cell} choose={setCell} />
          {cell && <CellPanel key={`${cell.learner.id} ${cell.sound}`} cell={cell} close={() => setCell(null)} />}
        </section>
      )}
      {access.value.pairing && pupils.length > 0 && <Invite />}
    </section>
  );
}

/** #/teacher, #/teacher/live, #/teacher/report/LEARNER. */
export default function Teacher() {
  const [, page, id] = route.value.parts;
  if (page === 'live') return <Live />;
  return page === 'report' && id ? <Report key={id} id={id} /> : <ClassPage />;
}
