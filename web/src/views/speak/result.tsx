import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t, type Key } from '../../i18n';
import { findingText, plainText, praiseText } from '../../i18n/feedback';
import { announce } from '../../state/announce';
import { motionReduced } from '../../state/settings';
import { Icon } from '../../ui/icon';
import { praiseOf, totalOf, uncertaintyOf, unscored, type Attempt, type SentenceResult } from './attempt';
import { FocusCard, focusSentence } from './focus_card';
import { ReportButton } from './report_button';
import { Tries } from './tries';

function Explanation({ attempt }: { attempt: Attempt }) {
  const uncertainty = uncertaintyOf(attempt);
  const [first] = attempt.sentences;
  const parts = ['accuracy', 'fluency', 'completeness', 'prosody'] as const;
  return (
    <details class="explain">
      <summary>{t('score_explain')}</summary>
      <p>{t('score_means')}</p>
      {uncertainty !== null && <p>{t('score_uncertain', { points: Math.round(uncertainty) })}</p>}
      {attempt.sentences.length === 1 && first && (
        <dl class="parts">
          {parts.map((part) => {
            const value = first.analysis.scores[part];
            return value === null ? null : <div key={part}><dt>{t(`part_${part}` as Key)}</dt><dd>{Math.round(value)}</dd></div>;
          })}
        </dl>
      )}
    </details>
  );
}

/** A recording that could not be judged: why, and what to do. */
function NoScore({ result }: { result: SentenceResult }) {
  const { verdict, quality } = result.analysis;
  const finding = quality.findings.find((one) => one.severity === 'severe') ?? quality.findings[0];
  const wrong = verdict === 'wrong_text';
  const why = finding && !wrong ? findingText(finding) : null;
  return (
    <section class="card result" aria-label={t('result')}>
      <p class="big-message">{t(wrong ? 'wrong_text' : 'withheld')}</p>
      {why && <p>{why.message}</p>}
      <p>{why ? why.advice : t(wrong ? 'wrong_text_how' : 'withheld_how')}</p>
    </section>
  );
}

function unsureWords(attempt: Attempt): number {
  return attempt.sentences.reduce((sum, { analysis }) => sum + analysis.words.filter((word) => word.band === 'not_sure').length, 0);
}

/** Told to a screen reader as soon as it is there. */
function spoken(attempt: Attempt): string {
  const total = totalOf(attempt);
  const result = unscored(attempt);
  if (total === null) return result ? t(result.analysis.verdict === 'wrong_text' ? 'wrong_text' : 'withheld') : '';
  const praise = praiseOf(attempt);
  const said = [`${t('score')}: ${Math.round(total)} ${t('out_of')}.`];
  if (praise) said.push(plainText(praiseText(praise.result.analysis, praise.praise)));
  said.push(focusSentence(attempt));
  return said.join(' ');
}

/** Where a long text leaves no room, the number would be below the edge. */
function bringIntoView(result: HTMLElement | null): void {
  if (!result || result.getBoundingClientRect().top < 0.72 * innerHeight) return;
  scrollTo({ top: scrollY + result.getBoundingClientRect().top - 0.35 * innerHeight, behavior: motionReduced() ? 'auto' : 'smooth' });
}

export function Result({ attempt, attempts }: { attempt: Attempt; attempts: Attempt[] }) {
  const settled = attempt.sentences.every((result) => result.settled);
  const place = useRef<HTMLElement>(null);
  useEffect(() => announce(spoken(attempt)), [attempt.number, settled]);
  useEffect(() => bringIntoView(place.current), [attempt.number]);
  const none = unscored(attempt);
  if (none) return <div ref={place as unknown as Ref<HTMLDivElement>}><NoScore result={none} /></div>;
  const total = totalOf(attempt)!;
  const uncertainty = uncertaintyOf(attempt);
  const praise = praiseOf(attempt);
  const unsure = unsureWords(attempt);
  return (
    <section ref={place} class="result" aria-label={t('result')}>
      <div class="card score-card">
        <p class="score-line">
          <span class="hidden">{t('score')}: </span>
          <span class="score">{Math.round(total)}</span>
          <span class="score-of">
            {t('out_of')}
            {uncertainty !== null && uncertainty >= 1 && <small>{t('score_give', { points: Math.round(uncertainty) })}</small>}
          </span>
        </p>
        <div class="score-says">
          {praise && <p class="praise"><Icon name="check" /> <span>{praiseText(praise.result.analysis, praise.praise)}</span></p>}
          {unsure > 0 && <p class="quiet small">{t('not_sure_words', { count: unsure })}</p>}
          <Explanation attempt={attempt} />
        </div>
      </div>
      <FocusCard attempt={attempt} />
      <Tries attempts={attempts} shownNumber={attempt.number} />
      <ReportButton attempt={attempt} />
    </section>
  );
}
