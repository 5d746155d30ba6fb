import { api } from '../../api/client';
import type { LessonBrief } from '../../api/records';
import { languageName, t, type Key } from '../../i18n';
import { chosen, learnerId } from '../../state/learner';
import { go, link } from '../../state/router';
import { useLoaded } from '../../ui/use_loaded';
import { ToExercises } from '../drill/link';
import { AddLesson } from './add_lesson';
import { grouped, meantFor, type Group } from './grouping';
import { SetForYou } from './set_for_you';
import { titleOf } from './titles';

function PackCard({ lesson }: { lesson: LessonBrief }) {
  return (
    <li>
      <a class="card pack" href={link('lessons', lesson.name)}>
        <strong lang={lesson.own ? lesson.language : undefined}>{titleOf(lesson)}</strong>
        <span class="quiet">{t('lessons_items', { count: lesson.items })}</span>
      </a>
    </li>
  );
}

function PackList({ lessons }: { lessons: readonly LessonBrief[] }) {
  return <ul>{lessons.map((lesson) => <PackCard key={lesson.name} lesson={lesson} />)}</ul>;
}

function PackGroup({ group, lessons, language }: { group: Group; lessons: readonly LessonBrief[]; language: string }) {
  const forYou = group === 'for_you';
  const forOthers = lessons.filter((lesson) => meantFor(lesson.name) !== null);
  return (
    <section class={`packs group-${group}${language === '' ? ' long' : ''}`}>
      <h2>{t(`lessons_group_${group}` as Key)}</h2>
      {group === 'for_you' && <p class="quiet">{t('lessons_for_you_why', { language: languageName(language) })}</p>}
      <PackList lessons={lessons.filter((lesson) => forYou || meantFor(lesson.name) === null)} />
      {!forYou && forOthers.length > 0 && (
        <details open={language === ''}>
          <summary>{t('lessons_by_language')}</summary>
          <PackList lessons={forOthers} />
        </details>
      )}
    </section>
  );
}

export function Packs() {
  const lessons = useLoaded(api.lessons, []);
  const language = chosen.value?.first_language ?? '';
  return (
    <section class="page stack">
      <h1>{t('nav_lessons')}</h1>
      {learnerId.value && <SetForYou learner={learnerId.value} />}
      <ToExercises />
      {lessons.state === 'failed' && <p class="notice">{t('failed', { why: lessons.failure.message })}</p>}
      {lessons.state === 'there' && (
        <div class="pack-groups">
          {grouped(lessons.value, language).map(([group, found]) => <PackGroup key={group} group={group} lessons={found} language={language} />)}
        </div>
      )}
      <AddLesson added={(lesson) => go('lessons', lesson.name)} />
    </section>
  );
}
