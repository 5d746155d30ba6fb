import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { TutorAnswer } from '../../api/tutor';
import { t } from '../../i18n';
import { announce } from '../../state/announce';
import { chosen, learnerId } from '../../state/learner';
import { link, route } from '../../state/router';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { AskedCard } from './answer';
import { converse } from './conversation';
import { suggestions } from './suggestions';
import { TutorTabs } from './tabs';
import '../../style/records.css';
import '../../style/tutor.css';

const longest = 500;

/** What a screen reader is told of an answer; all of it stands below. */
function spoken(answer: TutorAnswer): string {
  if (answer.answer.length === 0) return t('tutor_unknown');
  const first = answer.composed?.text ?? answer.answer[0]!.lines[0] ?? '';
  return [...answer.record, first].join(' ');
}

const talk = converse(
  (question, compose, signal) => api.ask(question, { ...(learnerId.value && { learner: learnerId.value }), compose }, signal),
  (answer) => announce(spoken(answer)),
);
// What was told of one learner's record is not for the next one.
effect(() => {
  void learnerId.value;
  talk.clear();
});

function Box({ onAsk }: { onAsk: (question: string) => void }) {
  const [text, setText] = useState('');
  const ask = (): void => {
    onAsk(text);
    if (text.trim() !== '') setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a syllable is being put together, Enter belongs to who puts it together.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form class="ask" onSubmit={(event) => { event.preventDefault(); ask(); }}>
      <label for="question">{t('tutor_question')}</label>
      <div class="ask-row">
        <textarea id="question" rows={2} maxLength={longest} dir="auto" aria-describedby="question-how" value={text}
          onInput={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} />
        <button type="submit" class="button primary"><Icon name="send" />{t('tutor_send')}</button>
      </div>
      <p id="question-how" class="small quiet">{t('tutor_how')}</p>
    </form>
  );
}

function Suggestions({ onAsk }: { onAsk: (question: string) => void }) {
  const id = learnerId.value;
  const loaded = useLoaded(() => (id ? api.progress(id) : Promise.resolve(null)), [id]);
  if (loaded.state === 'loading') return null;
  const progress = loaded.state === 'there' ? loaded.value : null;
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <h2 id="suggestions" class="kicker">{t('tutor_suggestions')}</h2>
      <ul>
        {suggestions(progress, chosen.value?.first_language ?? '').map((question) => (
          <li key={question}><button type="button" class="button small" lang="en" dir="ltr" onClick={() => onAsk(question)}>{question}</button></li>
        ))}
      </ul>
    </section>
  );
}

/** #/tutor; ?q=… is asked at once. */
export default function Tutor() {
  const top = useRef<HTMLDivElement>(null);
  const question = route.value.query.get('q');
  const ask = (text: string): void => {
    talk.ask(text);
    top.current?.scrollIntoView({ block: 'nearest' });
  };
  useEffect(() => {
    if (question === null) return;
    talk.ask(question);
    location.replace(link('tutor'));
  }, [question]);
  const asked = talk.asked.value;
  return (
    <section class="page stack tutor">
      <TutorTabs />
      <h1>{t('nav_tutor')}</h1>
      <p class="lead">{t('tutor_lead')}</p>
      <Box onAsk={ask} />
      {asked.length > 0 && (
        <div ref={top} class="stack" role="region" aria-label={t('tutor_answers')}>
          {asked.map((one) => <AskedCard key={one.id} asked={one} onAgain={() => talk.again(one.id)} onStop={() => talk.stop(one.id)} />)}
        </div>
      )}
      <Suggestions onAsk={ask} />
    </section>
  );
}
