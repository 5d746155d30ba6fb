import { useEffect, useRef } from 'preact/hooks';
import type { Analysis, Word } from '../../api/analysis';
import { api } from '../../api/client';
import type { TakeDetail } from '../../api/records';
import { playTake } from '../../audio/take_player';
import { decimal, rich, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { moment } from '../../state/dates';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { PlayTake } from '../../ui/play_take';
import { useLoaded } from '../../ui/use_loaded';
import { TakeComments } from '../comments/take_comments';
import type { Cell } from './heat_map';

const most = 3;

/** The words of a take with this sound, the worst first. */
export function wordsWith(analysis: Analysis, sound: string): { word: Word; score: number }[] {
  return analysis.words
    .flatMap((word) => word.phones.filter((phone) => phone.arpabet.replace(/\d$/, '') === sound).map((phone) => ({ word, score: phone.score })))
    .sort((one, other) => one.score - other.score);
}

async function load({ learner, sound }: Cell): Promise<TakeDetail[]> {
  const { takes } = await api.takes({ learner: learner.id, sound, limit: most });
  return Promise.all(takes.map((one) => api.take(one.id)));
}

function TakeWithSound({ detail, sound }: { detail: TakeDetail; sound: string }) {
  const { take } = detail;
  const words = wordsWith(detail.judgements.at(-1)!.analysis, sound).slice(0, 3);
  return (
    <li class="worst">
      <div class="row">
        <PlayTake take={take} />
        <div>
          <a href={link('log', take.id)}><English>{readable(take.text)}</English></a>
          <p class="take-about">{moment(take.said_ms)}</p>
        </div>
      </div>
      <div class="row">
        {words.map(({ word, score }, i) => (
          <button key={i} type="button" class="button small" disabled={!take.has_recording}
            onClick={() => void playTake(take.id, { from: Math.max(0, word.start_s - 0.05), to: word.end_s + 0.05 })}>
            <Icon name="speaker" /><English>{word.shown}</English> {decimal(score, 0)}
          </button>
        ))}
      </div>
      <TakeComments take={take.id} comments={detail.comments} byLearner={false} />
    </li>
  );
}

/** The takes worth listening to for one learner and one sound. */
export function CellPanel({ cell, close }: { cell: Cell; close: () => void }) {
  const loaded = useLoaded(() => load(cell), [cell.learner.id, cell.sound]);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section class="cell-panel">
      <div class="card-head">
        <h3 ref={head} tabIndex={-1}>{rich('heat_panel', { learner: cell.learner.name || t('someone'), sound: soundText(cell.sound) })}</h3>
        <button type="button" class="button small" onClick={close}>{t('close')}</button>
      </div>
      {loaded.state === 'loading' && <p class="quiet">{t('loading')}</p>}
      {loaded.state === 'failed' && <p class="notice">{t('failed', { why: loaded.failure.message })}</p>}
      {loaded.state === 'there' && (
        <ul class="worsts">{loaded.value.map((detail) => <TakeWithSound key={detail.take.id} detail={detail} sound={cell.sound} />)}</ul>
      )}
    </section>
  );
}
