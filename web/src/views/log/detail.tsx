import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { ApiError } from '../../api/request';
import type { Judgement, Take, TakeDetail } from '../../api/records';
import { t } from '../../i18n';
import { findingText, focusText, praiseText } from '../../i18n/feedback';
import { announce } from '../../state/announce';
import { moment } from '../../state/dates';
import { learnerId, learners } from '../../state/learner';
import { readable } from '../../state/notation';
import { go, link } from '../../state/router';
import { Dialog } from '../../ui/dialog';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { PlayTake } from '../../ui/play_take';
import { ScoreNumber } from '../../ui/score_number';
import { useLoaded } from '../../ui/use_loaded';
import { TakeComments } from '../comments/take_comments';
import { changes, notable } from './changes';
import { ChangesTable } from './changes_table';
import { deleteSoon } from './deletions';
import { histories, loadHistories } from './history';
import { Parts, Star, TextHistory } from './row';
import { TakeCloseUp } from './take_close_up';

/** A note of one's own. */
function NoteForm({ take, changed }: { take: Take; changed: (take: Take) => void }) {
  const [note, setNote] = useState(take.note);
  const [failure, setFailure] = useState('');
  useEffect(() => setNote(take.note), [take.note]);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      changed(await api.changeTake(take.id, { note: note.trim() }));
      setFailure('');
      announce(t('detail_note_saved'));
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <form class="note-form" onSubmit={(event) => void save(event)}>
      <label>
        {t('detail_note')}
        <textarea rows={2} maxLength={2000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      <button class="button small" type="submit" disabled={note.trim() === take.note}>{t('save')}</button>
    </form>
  );
}

/** Judges with the model of now, and shows what became different word by word. */
function Judgements({ detail, model, added }: { detail: Pick<TakeDetail, 'take' | 'judgements'>; model: string; added: (judgement: Judgement) => void }) {
  const [state, setState] = useState<'idle' | 'busy' | 'same'>('idle');
  const [failure, setFailure] = useState('');
  const { judgements, take } = detail;
  const last = judgements.at(-1)!;
  const before = judgements.at(-2);
  const known = last.model === model || state === 'same';
  const judge = async (): Promise<void> => {
    setState('busy');
    setFailure('');
    try {
      added(await api.judgeAnew(take.id));
      setState('idle');
      announce(t('rescore_done'));
    } catch (error) {
      const same = error instanceof ApiError && error.code === 'same_model';
      setState(same ? 'same' : 'idle');
      if (!same) setFailure((error as Error).message);
    }
  };
  const differences = before ? changes(before.analysis, last.analysis).filter(notable) : [];
  return (
    <section class="card">
      <h2>{t('rescore_title')}</h2>
      <ol class="judgements">
        {judgements.map((one) => (
          <li key={one.made_ms}>
            {moment(one.made_ms)} · {one.model} · <ScoreNumber value={one.analysis.scores.total} uncertainty={one.analysis.scores.uncertainty ?? null} />
          </li>
        ))}
      </ol>
      {known ? <p class="quiet">{t('rescore_same')}</p> : take.has_recording ? (
        <>
          <p>{t('rescore_why')}</p>
          <button type="button" class="button" disabled={state === 'busy'} onClick={() => void judge()}>
            <Icon name="repeat" />
            {t(state === 'busy' ? 'rescore_busy' : 'rescore')}
          </button>
        </>
      ) : <p class="quiet">{t('rescore_no_recording')}</p>}
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      {before && (
        <>
          <h3>{t('rescore_changes')}</h3>
          {differences.length > 0 ? <ChangesTable changes={differences} /> : <p class="quiet">{t('compare_no_words')}</p>}
        </>
      )}
    </section>
  );
}

/** Other takes of the same text, to be compared with this one. */
function Others({ take }: { take: Take }) {
  useEffect(() => {
    if (!histories.value.has(take.text)) void loadHistories(take.learner).catch(() => { /* Nothing to compare with, then. */ });
  }, [take.id]);
  const others = (histories.value.get(take.text) ?? []).filter((one) => one.id !== take.id).reverse();
  if (others.length === 0) return null;
  const address = (id: string, said: number): string => (said < take.said_ms ? link('log', id, take.id) : link('log', take.id, id));
  return (
    <section class="card">
      <h2>{t('detail_others')}</h2>
      <TextHistory take={take} />
      <ul class="others">
        {others.slice(0, 8).map((one) => (
          <li key={one.id}>
            <a href={address(one.id, one.said_ms)}>{t('detail_compare_with', { when: moment(one.said_ms) })}</a>{' '}
            <ScoreNumber value={one.total} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Feedback({ judgement }: { judgement: Judgement }) {
  const { analysis } = judgement;
  const { praise, focus } = analysis.feedback;
  const told = focus && focusText(analysis, focus);
  return (
    <>
      {analysis.verdict !== 'scored' && <p class="notice">{t(analysis.verdict)}</p>}
      {praise && <p class="said-well"><Icon name="check" /><span>{praiseText(analysis, praise)}</span></p>}
      {told && <p class="to-do"><Icon name="flag" /><span>{told.message} <span class="quiet">{told.hint}</span></span></p>}
      {analysis.quality.findings.map((finding) => {
        const { message, advice } = findingText(finding);
        return <p key={finding.kind} class="take-findings"><Icon name="info" /><span>{message} {advice}</span></p>;
      })}
    </>
  );
}

type Asked = 'take' | 'audio' | null;

function Removal({ take, forgotten }: { take: Take; forgotten: () => void }) {
  const [asked, setAsked] = useState<Asked>(null);
  const [failure, setFailure] = useState('');
  const confirm = async (): Promise<void> => {
    setAsked(null);
    if (asked === 'take') {
      deleteSoon([take.id]);
      go('log');
      return;
    }
    await api.removeRecording(take.id).then(forgotten, (error: Error) => setFailure(error.message));
  };
  return (
    <div class="row">
      {take.has_recording && (
        <button type="button" class="button small" onClick={() => setAsked('audio')}>{t('detail_forget_audio')}</button>
      )}
      <button type="button" class="button small" onClick={() => setAsked('take')}><Icon name="trash" />{t('detail_delete')}</button>
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      {asked && (
        <Dialog title={t(asked === 'take' ? 'log_delete_title' : 'detail_forget_title', { count: 1 })} onClose={() => setAsked(null)}>
          <p>{t(asked === 'take' ? 'log_delete_means' : 'detail_forget_means')}</p>
          <div class="row">
            <button type="button" class="button primary" onClick={() => void confirm()}>{t(asked === 'take' ? 'delete' : 'detail_forget_audio')}</button>
            <button type="button" class="button" data-first onClick={() => setAsked(null)}>{t('cancel')}</button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function TakePage({ loaded, model, reload }: { loaded: TakeDetail; model: string; reload: () => void }) {
  const [take, setTake] = useState(loaded.take);
  const [judgements, setJudgements] = useState(loaded.judgements);
  useEffect(() => setTake(loaded.take), [loaded]);
  const last = judgements.at(-1)!;
  const owner = learners.value.find((learner) => learner.id === take.learner);
  const star = (starred: boolean): void => {
    api.changeTake(take.id, { starred }).then(setTake, () => { /* The star stays as it is. */ });
  };
  const added = (judgement: Judgement): void => {
    setJudgements([...judgements, judgement]);
    reload();
  };
  return (
    <>
      <header class="detail-head">
        <div>
          <h1 class="detail-text"><English>{readable(take.text)}</English></h1>
          <p class="take-about">{[owner?.name, moment(take.said_ms), take.lesson].filter(Boolean).join(' · ')}</p>
        </div>
        <ScoreNumber value={take.total} uncertainty={take.uncertainty} large />
      </header>
      <div class="row">
        <PlayTake take={take} label />
        {take.lesson && <a class="button" href={link('speak', take.lesson, take.item)}><Icon name="microphone" />{t('say_again')}</a>}
        <Star take={take} change={star} />
      </div>
      <section class="card">
        <Parts take={take} />
        <Feedback judgement={last} />
      </section>
      <section class="card">
        <h2>{t('comments_title')}</h2>
        <TakeComments take={take.id} comments={loaded.comments} byLearner={take.learner === learnerId.value} />
      </section>
      <TakeCloseUp take={take} analysis={last.analysis} />
      <div class="two">
        <Others take={take} />
        <section class="card"><NoteForm take={take} changed={setTake} /></section>
      </div>
      <Judgements detail={{ take, judgements }} model={model} added={added} />
      <Removal take={take} forgotten={() => setTake({ ...take, has_recording: false })} />
    </>
  );
}

export function Detail({ id }: { id: string }) {
  const take = useLoaded(() => Promise.all([api.take(id), api.version()]), [id]);
  return (
    <section class="page stack">
      <p><a href={link('log')} class="back"><Icon name="back" />{t('nav_log')}</a></p>
      {take.state === 'there' && <TakePage loaded={take.value[0]} model={take.value[1].model} reload={take.reload} />}
      {take.state === 'failed' && <p class="notice">{t('failed', { why: take.failure.message })}</p>}
    </section>
  );
}
