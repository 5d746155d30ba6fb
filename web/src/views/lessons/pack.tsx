import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Lesson, LessonItem, Take } from '../../api/records';
import { decode } from '../../audio/sound';
import { decimal, t } from '../../i18n';
import { learnerId } from '../../state/learner';
import { readable } from '../../state/notation';
import { go, link } from '../../state/router';
import { Dialog } from '../../ui/dialog';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { HearButton } from '../speak/hear';
import { titleOf } from './titles';

/** The latest take of each item. */
export function latest(takes: readonly Take[]): Map<string, Take> {
  const found = new Map<string, Take>();
  for (const take of takes) {
    const before = found.get(take.item);
    if (!before || take.said_ms > before.said_ms) found.set(take.item, take);
  }
  return found;
}

function Item({ lesson, item, take }: { lesson: Lesson; item: LessonItem; take: Take | undefined }) {
  const text = readable(item.text);
  const scored = take !== undefined && take.total !== null;
  return (
    <li class="item">
      <div class="item-main">
        <a class="item-text" href={link('speak', lesson.name, item.id)} aria-label={t('lessons_speak_item', { text })}><English>{text}</English></a>
        {item.recorded && <p class="quiet small">{t('lessons_recorded', { name: item.speaker || '–', licence: item.licence || '–' })}</p>}
      </div>
      {scored && <a class="item-score" href={link('log', take.id)} aria-label={t('lessons_last_score', { score: decimal(take.total!, 0) })}>{decimal(take.total!, 0)}</a>}
      <HearButton name={`item ${item.id}`} label={t('hear_it')} small sound={async () => decode(await api.itemAudio(lesson.name, item.id, false))} />
    </li>
  );
}

function Removal({ lesson }: { lesson: Lesson }) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState('');
  const remove = (): void => {
    setAsking(false);
    api.removeLesson(lesson.name).then(() => go('lessons'), (error: Error) => setFailure(error.message));
  };
  return (
    <>
      <button type="button" class="button" onClick={() => setAsking(true)}><Icon name="trash" />{t('lessons_delete')}</button>
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      {asking && (
        <Dialog title={t('lessons_delete_title', { title: titleOf(lesson) })} onClose={() => setAsking(false)}>
          <p>{t('lessons_delete_means')}</p>
          <div class="row">
            <button type="button" class="button primary" onClick={remove}>{t('delete')}</button>
            <button type="button" class="button" data-first onClick={() => setAsking(false)}>{t('cancel')}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}

export function Pack({ name }: { name: string }) {
  const lesson = useLoaded(() => api.lesson(name), [name]);
  const [takes, setTakes] = useState<ReadonlyMap<string, Take>>(new Map());
  const learner = learnerId.value;
  useEffect(() => {
    if (learner) api.takes({ learner, lesson: name, limit: 200 }).then((found) => setTakes(latest(found.takes)), () => { /* Then no scores stand beside the sentences. */ });
  }, [name, learner]);
  const loaded = lesson.state === 'there' ? lesson.value : null;
  return (
    <section class="page stack">
      <p><a href={link('lessons')} class="back"><Icon name="back" />{t('nav_lessons')}</a></p>
      {lesson.state === 'failed' && <p class="notice">{t('failed', { why: lesson.failure.message })}</p>}
      {loaded && (
        <>
          <h1>{titleOf(loaded)}</h1>
          <div class="row">
            <a class="button primary large" href={link('speak', loaded.name)}><Icon name="microphone" />{t('lessons_start')}</a>
            {loaded.own && <Removal lesson={loaded} />}
          </div>
          <ol class="items card">
            {loaded.items.map((item, i) => [
              item.note && item.note !== loaded.items[i - 1]?.note && <li key={`note ${item.id}`} class="item-note-first" lang="en">{item.note}</li>,
              <Item key={item.id} lesson={loaded} item={item} take={takes.get(item.id)} />,
            ])}
          </ol>
        </>
      )}
    </section>
  );
}
