import { useState } from 'preact/hooks';
import { t, type Key } from '../../i18n';
import { Icon } from '../../ui/icon';
import type { Follow } from './follow';

const phrases: Key[] = ['phrase_well', 'phrase_again', 'phrase_slower', 'phrase_listen'];

/** A message to the learner, about one word or about none. */
export function SayForm({ follow }: { follow: Follow }) {
  const [text, setText] = useState('');
  const [word, setWord] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const say = (what: string): void => {
    const about = word === null ? '' : `${follow.lights.words.value[word]?.text ?? ''}: `;
    const sent = follow.say(about + what, word);
    setFailed(!sent);
    if (!sent) return;
    setText('');
    setWord(null);
  };
  return (
    <form class="say-form" onSubmit={(event) => { event.preventDefault(); if (text.trim()) say(text.trim()); }}>
      <label class="say-text">
        {t('live_say')}
        <input type="text" maxLength={300} value={text} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="say-word">
        {t('live_about')}
        <select value={word ?? ''} onChange={(event) => setWord(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}>
          <option value="">{t('live_about_all')}</option>
          {follow.lights.words.value.map((one, i) => <option key={i} value={i} lang="en">{one.text}</option>)}
        </select>
      </label>
      <button type="submit" class="button primary" disabled={!text.trim()}><Icon name="send" />{t('live_send')}</button>
      <div class="row phrases" role="group" aria-label={t('live_phrases')}>
        {phrases.map((key) => <button key={key} type="button" class="button small" onClick={() => say(t(key))}>{t(key)}</button>)}
      </div>
      {failed && <p role="alert">{t('live_not_sent')}</p>}
    </form>
  );
}
