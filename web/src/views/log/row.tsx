import type { Take } from '../../api/records';
import { Sparkline } from '../../draw/sparkline';
import { decimal, t } from '../../i18n';
import { findingText } from '../../i18n/feedback';
import { moment } from '../../state/dates';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { PlayTake } from '../../ui/play_take';
import { ScoreNumber } from '../../ui/score_number';
import { histories } from './history';

/** Scores of the same text from its first take on, this one marked. */
export function TextHistory({ take }: { take: Pick<Take, 'id' | 'text'> }) {
  const history = histories.value.get(take.text) ?? [];
  if (history.length < 2) return <span class="sparkline" />;
  const points = history.map((one, i) => ({ x: i, value: one.total! }));
  const scores = points.map((point) => decimal(point.value, 0)).join(', ');
  return <Sparkline points={points} marked={history.findIndex((one) => one.id === take.id)} label={t('log_history', { count: points.length, scores })} />;
}

export function Parts({ take }: { take: Pick<Take, 'accuracy' | 'fluency' | 'completeness' | 'prosody'> }) {
  const parts = (['accuracy', 'fluency', 'completeness', 'prosody'] as const).filter((part) => take[part] !== null);
  return (
    <dl class="parts take-parts">
      {parts.map((part) => (
        <div key={part}>
          <dt>{t(`part_${part}`)}</dt>
          <dd>{decimal(take[part]!, 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Star({ take, change }: { take: Take; change: (starred: boolean) => void }) {
  return (
    <button type="button" class="icon-button star" aria-pressed={take.starred} aria-label={t('log_star', { text: readable(take.text) })}
      title={t(take.starred ? 'log_unstar' : 'log_star_short')} onClick={() => change(!take.starred)}>
      <Icon name="star" />
    </button>
  );
}

interface RowProps {
  take: Take;
  lesson: string;
  /** Whose it is, where those of several learners are listed. */
  learner: string;
  chosen: boolean;
  choose: (chosen: boolean) => void;
  star: (starred: boolean) => void;
}

export function TakeRow({ take, lesson, learner, chosen, choose, star }: RowProps) {
  const text = readable(take.text);
  const about = [learner, moment(take.said_ms), lesson].filter(Boolean).join(' · ');
  return (
    <li class={`take${chosen ? ' chosen' : ''}`}>
      <input type="checkbox" checked={chosen} aria-label={t('log_choose', { text })} onChange={(event) => choose(event.currentTarget.checked)} />
      <PlayTake take={take} />
      <div class="take-main">
        <a class="take-text" href={link('log', take.id)}><English>{text}</English></a>
        <p class="take-about">{about}</p>
        {take.findings.length > 0 && (
          <p class="take-findings">
            <Icon name="info" />
            {take.findings.map((kind) => findingText({ kind, message: kind, advice: '' }).message).join(' ')}
          </p>
        )}
        {take.comment_count > 0 && (
          <p class="take-comments">
            <Icon name="people" />{t('comments_count', { count: take.comment_count })}
            {take.unseen_comments > 0 && <> <span class="pill">{t('comment_unseen')}</span></>}
          </p>
        )}
        {take.note && <p class="take-note">{take.note}</p>}
      </div>
      <Parts take={take} />
      <TextHistory take={take} />
      <ScoreNumber value={take.total} uncertainty={take.uncertainty} />
      <Star take={take} change={star} />
    </li>
  );
}
