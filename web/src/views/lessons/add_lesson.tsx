import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Lesson } from '../../api/records';
import { t } from '../../i18n';
import { Icon } from '../../ui/icon';
import { mostBytes, titleFrom, typeOf } from './lesson_file';

/** A text of one's own or a file becomes a lesson. */
export function AddLesson({ added }: { added: (lesson: Lesson) => void }) {
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const add = async (body: Blob | string, type: string, name: string): Promise<void> => {
    setBusy(true);
    setMessage('');
    try {
      added(await api.addLesson(body, type, name || undefined));
    } catch (error) {
      setMessage(t('failed', { why: (error as Error).message }));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!/[a-z]/i.test(text)) setMessage(t('own_text_empty'));
    else void add(text, 'text/plain', title.trim());
  };
  const take = (file: File | undefined): void => {
    if (!file) return;
    const type = typeOf(file.name);
    if (!type) setMessage(t('lessons_file_unknown'));
    else if (file.size > mostBytes) setMessage(t('lessons_file_large'));
    else void add(file, type, titleFrom(file.name));
  };
  return (
    <section class="card add-lesson" onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); take(event.dataTransfer?.files[0]); }}>
      <h2>{t('lessons_add')}</h2>
      <form class="form" onSubmit={submit}>
        <label>
          {t('own_text_label')}
          <textarea lang="en" dir="ltr" rows={4} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label>
          {t('lessons_title')}
          <input value={title} maxLength={100} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <p role="status">{busy ? t('lessons_reading') : message}</p>
        <div class="row">
          <button class="button primary" type="submit" disabled={busy}>{t('lessons_keep')}</button>
          <button class="button" type="button" disabled={text.trim() === ''} onClick={() => { location.hash = `#/speak?text=${encodeURIComponent(text.trim())}`; }}>
            <Icon name="microphone" />{t('lessons_once')}
          </button>
          <label class="button file-button">
            <Icon name="plus" />{t('lessons_file')}
            <input type="file" class="hidden" accept=".tsv,.txt,.md,.epub" disabled={busy}
              onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
          </label>
        </div>
        <p class="quiet small">{t('lessons_file_means')}</p>
      </form>
    </section>
  );
}
