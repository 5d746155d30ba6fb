import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Comment } from '../../api/classroom';
import { Recorder } from '../../audio/recorder';
import { wavOf } from '../../audio/sound';
import { t } from '../../i18n';
import { announce } from '../../state/announce';
import { teacherName } from '../../state/teacher';
import { ModelRecorder } from './model_recorder';

/** A teacher's text, with a recording of how it should sound or without; asks for a name once. */
export function CommentForm({ take, added }: { take: string; added: (comment: Comment) => void }) {
  const recorder = useMemo(() => new Recorder(), []);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const [named] = useState(teacherName.peek() !== '');
  useEffect(() => () => recorder.discard(), []);
  const recorded = recorder.state.value;
  const model = recorded.at === 'done' ? recorded.sound : null;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      added(await api.say(take, teacherName.value.trim(), text.trim(), model && wavOf(model)));
      setText('');
      recorder.discard();
      announce(t('comment_saved'));
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const recording = recorded.at === 'recording' || recorded.at === 'opening';
  return (
    <form class="note-form comment-form" onSubmit={(event) => void save(event)}>
      {!named && (
        <label>
          {t('teacher_name')}
          <input type="text" maxLength={60} autocomplete="name" value={teacherName.value} onInput={(event) => { teacherName.value = event.currentTarget.value; }} />
        </label>
      )}
      <label>
        {t('comment_write')}
        <textarea rows={2} maxLength={2000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <ModelRecorder recorder={recorder} name={take} />
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
      <button class="button small primary" type="submit" disabled={busy || recording || (text.trim() === '' && !model)}>{t('comment_save')}</button>
    </form>
  );
}
