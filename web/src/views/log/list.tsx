import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Take } from '../../api/records';
import { t } from '../../i18n';
import { announce } from '../../state/announce';
import { deviceAway } from '../../state/device';
import { learnerId, learners } from '../../state/learner';
import { link, route } from '../../state/router';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { InboxCard } from '../comments/inbox_card';
import { deleteSoon, deletionFailure, leaving, takeBack } from './deletions';
import { Filters } from './filters';
import { histories, loadHistories } from './history';
import { TakeRow } from './row';
import { addressOf, filtersSet, queryOf, searchOf, type LogSearch } from './search';
import { SelectionBar } from './selection_bar';
import { TakesList } from './takes_list';

/** The search as the address holds it. */
function useSearch(): [LogSearch, (change: Partial<LogSearch>) => void] {
  const search = searchOf(route.value.query, learnerId.value);
  const change = (wanted: Partial<LogSearch>): void => {
    history.replaceState(null, '', addressOf({ ...search, ...wanted }, learnerId.value));
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return [search, change];
}

function Empty({ search }: { search: LogSearch }) {
  if (search.search || filtersSet(search) > 0) return <p class="notice">{t('log_none_found')}</p>;
  return (
    <div class="empty">
      <Icon name="microphone" />
      <p>{t('log_empty')}</p>
      <a class="button primary" href={link('speak')}>{t('log_empty_speak')}</a>
    </div>
  );
}

/** Says that takes are about to go, as long as that can be taken back. */
export function Leaving() {
  return (
    <div role="status" class="toast-place">
      {leaving.value.size > 0 && (
        <p class="toast">
          {t('log_deleted', { count: leaving.value.size })}
          <button type="button" class="button small" onClick={takeBack}>{t('log_undo')}</button>
        </p>
      )}
      {deletionFailure.value && <p class="toast">{t('failed', { why: deletionFailure.value.message })}</p>}
    </div>
  );
}

function ConfirmDelete({ count, confirm, close }: { count: number; confirm: () => void; close: () => void }) {
  return (
    <Dialog title={t('log_delete_title', { count })} onClose={close}>
      <p>{t('log_delete_means')}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={confirm}>{t('delete')}</button>
        <button type="button" class="button" data-first onClick={close}>{t('cancel')}</button>
      </div>
    </Dialog>
  );
}

export function LogList() {
  const list = useMemo(() => new TakesList(), []);
  const [search, change] = useSearch();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const lessons = useLoaded(api.lessons, []);
  const key = JSON.stringify(search);
  useEffect(() => {
    void list.search(queryOf(search)).then(() => announce(t('log_found', { count: list.takes.value.length })));
  }, [key, deviceAway.value]);
  useEffect(() => {
    histories.value = new Map();
    loadHistories(search.learner).catch(() => { /* Lines are then missing; the list says what is wrong. */ });
  }, [search.learner]);

  const takes = list.takes.value.filter((take) => !leaving.value.has(take.id));
  const chosenTakes = takes.filter((take) => chosen.has(take.id));
  const briefs = lessons.state === 'there' ? lessons.value : [];
  const titles = new Map(briefs.map((lesson) => [lesson.name, lesson.title]));
  const names = new Map(learners.value.map((learner) => [learner.id, learner.name || t('someone')]));
  const choose = (id: string, wanted: boolean): void => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const star = async (take: Take, starred: boolean): Promise<void> => {
    list.replace({ ...take, starred });
    await api.changeTake(take.id, { starred }).then((changed) => list.replace(changed), () => list.replace(take));
  };
  const remove = (): void => {
    deleteSoon(chosenTakes.map((take) => take.id));
    setChosen(new Set());
    setAsking(false);
  };
  return (
    <section class="page">
      <h1>{t('nav_log')}</h1>
      {learnerId.value && <InboxCard learner={learnerId.value} />}
      <Filters search={search} lessons={briefs} change={change} />
      {list.failure.value && <p class="notice">{t('failed', { why: list.failure.value.message })}</p>}
      {takes.length > 0 && (
        <SelectionBar takes={takes} chosen={chosenTakes} choose={(ids) => setChosen(new Set(ids))} remove={() => setAsking(true)} />
      )}
      {list.loaded.value && takes.length === 0 && !list.more.value && <Empty search={search} />}
      <ul class="takes" aria-busy={list.busy.value}>
        {takes.map((take) => (
          <TakeRow
            key={take.id} take={take} lesson={titles.get(take.lesson) ?? take.lesson}
            learner={search.learner ? '' : names.get(take.learner) ?? ''}
            chosen={chosen.has(take.id)} choose={(wanted) => choose(take.id, wanted)} star={(wanted) => void star(take, wanted)}
          />
        ))}
      </ul>
      {list.more.value && (
        <p class="center">
          <button type="button" class="button" disabled={list.busy.value} onClick={() => void list.loadMore()}>{t('log_more')}</button>
        </p>
      )}
      {asking && <ConfirmDelete count={chosenTakes.length} confirm={remove} close={() => setAsking(false)} />}
      <Leaving />
    </section>
  );
}
