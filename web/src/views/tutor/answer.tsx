import type { AnswerPart, TutorAnswer } from '../../api/tutor';
import { ApiError, isMissing } from '../../api/request';
import { rich, t } from '../../i18n';
import { addressOf } from '../../state/passages';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { Prose } from '../../ui/prose';
import type { Asked } from './conversation';

function Quote({ part }: { part: AnswerPart }) {
  return (
    <section class="quote" lang="en" dir="ltr">
      <h3>
        <a href={addressOf(part.passage)}>{part.title}{part.heading && `: ${part.heading}`}</a>
      </h3>
      {part.heading === ''
        ? part.lines.map((line) => <p key={line}><Prose text={line} /></p>)
        : <ul>{part.lines.map((line) => <li key={line}><Prose text={line} /></li>)}</ul>}
    </section>
  );
}

/** The title of a passage that was cited, where it is among those that are quoted; else its name: "sound/th: how it is made". */
function titleOf(passage: string, parts: readonly AnswerPart[]): string {
  const part = parts.find((one) => one.passage === passage);
  if (part) return part.title + (part.heading && `: ${part.heading}`);
  const [id = '', section = ''] = passage.split('#');
  return section === '' || section === 'about' ? id : `${id}: ${section.replaceAll('-', ' ')}`;
}

/** Never to be mistaken for what people wrote: who wrote it stands above, what it was made of below. */
function Composed({ composed, parts }: { composed: NonNullable<TutorAnswer['composed']>; parts: readonly AnswerPart[] }) {
  return (
    <section class="composed">
      <p class="composed-by"><Icon name="info" /> <span>{t('tutor_composed', { model: composed.model })}</span></p>
      <div class="composed-text" lang="en" dir="ltr">
        {composed.text.split(/\n{2,}/).map((paragraph, i) => <p key={i}><Prose text={paragraph} /></p>)}
      </div>
      <ul class="composed-of" aria-label={t('tutor_composed_of')}>
        {composed.passages.map((passage) => (
          <li key={passage}><a href={addressOf(passage)} lang="en" dir="ltr">{titleOf(passage, parts)}</a></li>
        ))}
      </ul>
    </section>
  );
}

function Record({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section class="own-record">
      <h3>{t('tutor_record')}</h3>
      <ul lang="en" dir="ltr">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}

function Found({ answer }: { answer: TutorAnswer }) {
  const quotes = answer.answer.map((part) => <Quote key={part.passage} part={part} />);
  return (
    <>
      <Record lines={answer.record} />
      {answer.composed && <Composed composed={answer.composed} parts={answer.answer} />}
      {answer.rejected !== undefined && <p class="small quiet">{rich('tutor_rejected', { why: <English>{answer.rejected}</English> })}</p>}
      {answer.answer.length === 0 && <p>{t('tutor_unknown')}</p>}
      {answer.composed && quotes.length > 0
        ? <details><summary>{t('tutor_quotes')}</summary>{quotes}</details>
        : quotes}
    </>
  );
}

function failureText(failure: Error): string {
  if (failure instanceof ApiError && failure.code === 'away') return t('tutor_away');
  return isMissing(failure) ? t('tutor_none') : t('failed', { why: failure.message });
}

interface Props {
  asked: Asked;
  onAgain: () => void;
  onStop: () => void;
}

/** A question and what came of it. */
export function AskedCard({ asked, onAgain, onStop }: Props) {
  const { question, state, answer, failure, composing } = asked;
  return (
    <article class="card asked" aria-busy={state === 'waiting'}>
      <h2 lang="en" dir="auto">{question}</h2>
      {state === 'waiting' && (
        <p class="row"><span class="quiet">{t('tutor_waiting')}</span><button type="button" class="button small" onClick={onStop}>{t('cancel')}</button></p>
      )}
      {state === 'failed' && failure && (
        <div role="alert">
          <p class="notice">{failureText(failure)}</p>
          <button type="button" class="button" onClick={onAgain}><Icon name="repeat" />{t('try_again')}</button>
        </div>
      )}
      {state === 'there' && answer && <Found answer={answer} />}
      {composing && (
        <p class="row composing"><span class="quiet small">{t('tutor_composing')}</span><button type="button" class="button small" onClick={onStop}>{t('cancel')}</button></p>
      )}
    </article>
  );
}
