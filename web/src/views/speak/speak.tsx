import { useEffect } from 'preact/hooks';
import { api } from '../../api/client';
import { decode } from '../../audio/sound';
import { stopPlaying } from '../../audio/player';
import { t } from '../../i18n';
import { findingText } from '../../i18n/feedback';
import { go, route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { Chooser } from './chooser';
import { CloseUp } from './close_up';
import { HearButton } from './hear';
import { courseOf, courseOfText, modelAudio, type Item } from './item';
import { abandonReading, phase, shine, stopReading, trouble } from './live';
import { MicCheck, micChecked } from './mic_check';
import { attempts, course, drill, item, openCourse, openItem, position, readDrill, readItem, shown } from './practice';
import { Result } from './result';
import { closeUp } from './selected';
import { Legend, Sentence } from './sentence';
import { useShortcuts } from './shortcuts';
import { SpeakButton } from './speak_button';

/** Goes to another item. The address says which, so that one can come back to it. */
function step(by: number): void {
  const at = position.value + by;
  const next = course.value?.items[at];
  if (next?.lesson) go('speak', next.lesson, next.item);
  else openItem(at);
}

function speakOrStop(): void {
  if (phase.value === 'idle') void (drill.value ? readDrill() : read());
  else stopReading();
}

function read(): Promise<void> {
  stopPlaying();
  closeUp.value = { sentence: 0, selection: null };
  return readItem();
}

/** What the address says: #/speak/LESSON/ITEM, or #/speak?text=…; else what was open, else the first lesson. */
function useCourse(first: string | undefined): void {
  const { parts, query } = route.value;
  const [, lesson, wantedItem] = parts;
  const text = query.get('text');
  useEffect(() => {
    if (text) openCourse(courseOfText(text, t('own_text')));
  }, [text]);
  useEffect(() => {
    if (text) return;
    const name = lesson ?? (course.value ? undefined : first);
    if (name === undefined) return;
    if (course.value?.lesson !== name) {
      void api.lesson(name).then((loaded) => {
        // Asked for twice, it is opened once: somebody may read already.
        if (course.value?.lesson !== name) openCourse(courseOf(loaded), loaded.items.findIndex((one) => one.id === wantedItem));
      }).catch(() => {});
    } else if (wantedItem) {
      const at = course.value.items.findIndex((one) => one.item === wantedItem);
      if (at !== position.value) openItem(at);
    }
  }, [first, lesson, wantedItem, text]);
}

function Troubles() {
  const notice = shine.notice.value;
  const told = notice && notice.severity !== 'note' ? findingText(notice) : null;
  return (
    <div class="troubles">
      {trouble.value && !drill.value && <p class="notice" role="alert">{t(trouble.value.key, { why: trouble.value.why ?? '' })}</p>}
      {told && !trouble.value && phase.value === 'listening' && <p class="notice" role="status">{told.message} {told.advice}</p>}
    </div>
  );
}

function Steps({ count }: { count: number }) {
  const at = position.value;
  return (
    <div class="steps">
      <button type="button" class="button plain round" data-shortcut="p" aria-keyshortcuts="p" aria-label={t('previous')} disabled={at === 0} onClick={() => step(-1)}>
        <Icon name="back" />
      </button>
      <span class="quiet">{t('sentence_of', { number: at + 1, all: count })}</span>
      <button type="button" class="button plain round" data-shortcut="n" aria-keyshortcuts="n" aria-label={t('next')} disabled={at + 1 >= count} onClick={() => step(1)}>
        <Icon name="next" />
      </button>
    </div>
  );
}

function Practice({ now, count }: { now: Item; count: number }) {
  const attempt = shown.value;
  const idle = phase.value === 'idle';
  const more = position.value + 1 < count;
  return (
    <>
      <div class={attempt ? 'stage judged' : 'stage'}>
        <Sentence text={now.text} attempt={attempt} />
        {now.note && !attempt && <p class="item-note" lang="en">{now.note}</p>}
        <div class="row centre">
          <HearButton name="model" label={t('hear_it')} shortcut="h" sound={async () => decode(await modelAudio(now, false))} />
          <HearButton name="model-slow" label={t('hear_slow')} icon="slow" shortcut="s" sound={async () => decode(await modelAudio(now, true))} />
        </div>
        <div class="speak-row">
          <SpeakButton label={t(attempt ? 'say_again' : 'speak_button')} start={() => void read()} />
          {attempt && idle && more && (
            <button type="button" class="button large next-button" onClick={() => step(1)}>{t('next_sentence')}<Icon name="next" /></button>
          )}
        </div>
        <Troubles />
      </div>
      {attempt && (
        <>
          <Result attempt={attempt} attempts={attempts.value} />
          {attempt.sentences.length > 0 && <CloseUp attempt={attempt} />}
          <Legend />
        </>
      )}
    </>
  );
}

export default function Speak() {
  const lessons = useLoaded(() => api.lessons(), []);
  const all = lessons.state === 'there' ? lessons.value : [];
  useCourse(all[0]?.name);
  useShortcuts(speakOrStop);
  useEffect(() => () => { abandonReading(); stopPlaying(); }, []);
  const now = item.value;
  const checking = !micChecked.value && attempts.value.length === 0;
  return (
    <section class="page speak-page">
      <h1 class="hidden">{t('speak_title')}</h1>
      {checking && <MicCheck close={() => {}} />}
      {course.value && <Steps count={course.value.items.length} />}
      {now && <Practice now={now} count={course.value!.items.length} />}
      {!now && lessons.state === 'loading' && <p class="quiet">{t('loading')}</p>}
      <Chooser lessons={all} lesson={course.value?.lesson ?? ''} onLesson={(name) => go('speak', name)}
        onText={(text) => { go('speak'); openCourse(courseOfText(text, t('own_text'))); }} />
    </section>
  );
}
