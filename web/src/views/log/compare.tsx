import { api } from '../../api/client';
import type { TakeDetail } from '../../api/records';
import { playTake, stopTake } from '../../audio/take_player';
import { decimal, t } from '../../i18n';
import { moment } from '../../state/dates';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { PlayTake } from '../../ui/play_take';
import { ScoreNumber } from '../../ui/score_number';
import { useLoaded } from '../../ui/use_loaded';
import { changes, notable } from './changes';
import { ChangesTable, Points } from './changes_table';
import { JudgedText } from './judged_text';

const parts = ['total', 'accuracy', 'fluency', 'completeness', 'prosody'] as const;

function Side({ detail, name }: { detail: TakeDetail; name: string }) {
  const { take, judgements } = detail;
  const { analysis } = judgements.at(-1)!;
  const hear = (index: number): void => {
    const word = analysis.words[index]!;
    if (take.has_recording && word.end_s > word.start_s) void playTake(take.id, { from: Math.max(0, word.start_s - 0.05), to: word.end_s + 0.05 });
  };
  return (
    <section class="card side">
      <h2>{name}</h2>
      <p class="take-about"><a href={link('log', take.id)}>{moment(take.said_ms)}</a></p>
      <div class="row"><ScoreNumber value={take.total} uncertainty={take.uncertainty} large /><PlayTake take={take} label /></div>
      <JudgedText analysis={analysis} chosen={null} choose={hear} />
    </section>
  );
}

function ScoresTable({ before, after }: { before: TakeDetail; after: TakeDetail }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('compare_scores')}>
      <table class="table">
        <thead>
          <tr><th scope="col">{t('score')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th><th scope="col">{t('compare_points')}</th></tr>
        </thead>
        <tbody>
          {parts.map((part) => {
            const [was, is] = [before.take[part], after.take[part]];
            return (
              <tr key={part}>
                <th scope="row">{t(part === 'total' ? 'compare_total' : `part_${part}`)}</th>
                <td>{was === null ? '–' : decimal(was, 0)}</td>
                <td>{is === null ? '–' : decimal(is, 0)}</td>
                <td><Points points={was === null || is === null ? null : is - was} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Whether the difference is larger than how far the model may be off. */
function Verdict({ before, after }: { before: TakeDetail; after: TakeDetail }) {
  const [was, is] = [before.take, after.take];
  if (was.total === null || is.total === null) return null;
  if (was.text !== is.text) return <p class="notice">{t('compare_texts')}</p>;
  if (was.model !== is.model) return <p class="notice">{t('compare_models')}</p>;
  const error = Math.hypot(was.uncertainty ?? 0, is.uncertainty ?? 0);
  const difference = Math.round(is.total - was.total);
  const sure = Math.abs(difference) > Math.max(1, error);
  const key = !sure ? 'same' : difference > 0 ? 'better' : 'lower';
  return <p class="lead">{t(key, { count: Math.abs(difference) })}</p>;
}

export function Compare({ before, after }: { before: string; after: string }) {
  const loaded = useLoaded(() => Promise.all([api.take(before), api.take(after)]), [before, after]);
  if (loaded.state !== 'there') {
    return <section class="page">{loaded.state === 'failed' && <p class="notice">{t('failed', { why: loaded.failure.message })}</p>}</section>;
  }
  const [one, other] = loaded.value;
  const sameText = one.take.text === other.take.text;
  const words = changes(one.judgements.at(-1)!.analysis, other.judgements.at(-1)!.analysis)
    .filter((change) => notable(change) && (sameText || (change.before !== null && change.after !== null)));
  const both = async (): Promise<void> => {
    stopTake();
    await playTake(before);
    await playTake(after);
  };
  return (
    <section class="page stack">
      <p><a href={link('log')} class="back"><Icon name="back" />{t('nav_log')}</a></p>
      <h1>{t('compare')}</h1>
      {sameText && <p class="detail-text"><English>{readable(one.take.text)}</English></p>}
      <Verdict before={one} after={other} />
      <div class="two">
        <Side detail={one} name={t('before')} />
        <Side detail={other} name={t('after')} />
      </div>
      {one.take.has_recording && other.take.has_recording && (
        <p><button type="button" class="button" onClick={() => void both()}><Icon name="play" />{t('hear_both')}</button></p>
      )}
      <div class="two">
        <section class="card"><h2>{t('compare_scores')}</h2><ScoresTable before={one} after={other} /></section>
        <section class="card">
          <h2>{t('compare_words')}</h2>
          {words.length > 0 ? <ChangesTable changes={words} /> : <p class="quiet">{t('compare_no_words')}</p>}
        </section>
      </div>
    </section>
  );
}
