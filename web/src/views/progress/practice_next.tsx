import { useEffect, useState } from 'preact/hooks';
import type { ComponentChild } from 'preact';
import type { Practice } from '../../api/records';
import { decimal, percent, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { relativeDay } from '../../state/dates';
import { chosen } from '../../state/learner';
import { readable } from '../../state/notation';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { allLessons } from '../lessons/all_lessons';
import { sentenceFor, type Found } from '../lessons/find_sentence';
import { comesNext, type Why } from './why';

const few = 4;

/** How long what was learned lasts, in the largest unit that fits. */
function lasting(days: number): string {
  return days < 1.5 ? t('practice_lasts_day') : t('practice_lasts', { count: Math.round(days) });
}

function name(one: Practice): ComponentChild {
  return one.kind === 'sound' ? soundText(one.what) : <English strong>{one.what}</English>;
}

function Reason({ one, why, today }: { one: Practice; why: Why; today: number }) {
  const late = one.due_day - today;
  return (
    <>
      <p>{t(`practice_${why}`, { percent: percent(one.retrievability), when: relativeDay(one.last_day - today), score: decimal(one.last_mean, 0) })}</p>
      <details class="small">
        <summary>{t('practice_figures')}</summary>
        <p>{t(late < 0 ? 'practice_when_late' : 'practice_when', { when: relativeDay(late) })} {lasting(one.stability_days)}</p>
        <p class="quiet">{t('practice_method', {
          percent: percent(one.retrievability), days: decimal(one.stability_days), difficulty: decimal(one.difficulty),
          reviews: one.reviews, lapses: one.lapses,
        })}</p>
      </details>
    </>
  );
}

function Card({ one, why, found, today }: { one: Practice; why: Why; found: Found | null; today: number }) {
  return (
    <li class="card practice">
      <h3>{name(one)}</h3>
      <Reason one={one} why={why} today={today} />
      {found && <p class="practice-sentence"><English>{readable(found.text)}</English></p>}
      {found && <a class="button" href={found.address}><Icon name="microphone" />{t('practice_go')}</a>}
    </li>
  );
}

/** What comes next, why, and a sentence to do it with. */
export function PracticeNext({ practice, today }: { practice: readonly Practice[]; today: number }) {
  const [lessons, setLessons] = useState<Awaited<ReturnType<typeof allLessons>>>([]);
  useEffect(() => {
    allLessons().then(setLessons, () => { /* Without lessons there is what to practise, but no sentence. */ });
  }, []);
  const language = chosen.value?.first_language ?? '';
  const shown = comesNext(practice, few);
  return (
    <section>
      <h2>{t('practice_title')}</h2>
      {shown.length === 0 && <p class="quiet">{t('practice_none')}</p>}
      <ul class="practices">
        {shown.map(({ one, why }) => (
          <Card key={`${one.kind} ${one.what}`} one={one} why={why} today={today} found={sentenceFor(one, lessons, language, today)} />
        ))}
      </ul>
    </section>
  );
}
