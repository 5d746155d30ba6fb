import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import type { LessonBrief } from '../../api/records';
import { English } from '../../ui/english';

interface Props {
  lessons: LessonBrief[];
  lesson: string;
  onLesson: (name: string) => void;
  onText: (text: string) => void;
}

/** Which lesson, or one's own text. */
export function Chooser({ lessons, lesson, onLesson, onText }: Props) {
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  const use = (event: Event): void => {
    event.preventDefault();
    const some = /[a-z0-9]/i.test(text);
    setEmpty(!some);
    if (some) onText(text);
  };
  return (
    <details class="chooser">
      <summary>{t('choose_text')}</summary>
      <div class="chooser-inside">
        <fieldset>
          <legend>{t('lesson')}</legend>
          {lessons.map((one) => (
            <label key={one.name} class="choice">
              <input type="radio" name="lesson" checked={one.name === lesson} onChange={() => onLesson(one.name)} />
              <English>{one.title}</English>
            </label>
          ))}
        </fieldset>
        <form class="own-text" onSubmit={use}>
          <label>
            {t('own_text')}
            <small id="own-text-says">{t('own_text_label')}</small>
            <textarea lang="en" dir="ltr" aria-describedby="own-text-says" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          {empty && <p role="alert">{t('own_text_empty')}</p>}
          <button type="submit" class="button">{t('own_text_use')}</button>
        </form>
      </div>
    </details>
  );
}
