import type { Progress } from '../../api/records';
import { decimal, percent, rich, t } from '../../i18n';
import { heardText, soundText } from '../../i18n/feedback';
import { relativeDay } from '../../state/dates';
import { English } from '../../ui/english';

/** What was heard in place of a sound, most often first. */
export function Confusions({ confusions, today }: { confusions: Progress['confusions']; today: number }) {
  const shown = [...confusions].sort((one, other) => other.count - one.count).slice(0, 10);
  const most = shown[0]?.count ?? 1;
  return (
    <section class="card">
      <h2>{t('confusions_title')}</h2>
      {shown.length === 0 && <p class="quiet">{t('confusions_none')}</p>}
      <ol class="bars">
        {shown.map((one) => (
          <li key={`${one.expected} ${one.said}`}>
            <span>
              {one.said
                ? rich('confusion', { sound: soundText(one.expected), heard: heardText(one.said, one.expected) })
                : rich('confusion_dropped', { sound: soundText(one.expected) })}
            </span>
            <span class="bar" style={{ width: `${(one.count / most) * 100}%` }} aria-hidden="true" />
            <small>{t('confusion_count', { count: one.count, when: relativeDay(one.last_day - today) })}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Said often enough to tell, and wrong at times or far from clear. */
export function isHard(word: Progress['words'][number]): boolean {
  return word.count >= 2 && (word.wrong >= 0.2 || word.mean < 70);
}

/** Words that were said often enough to tell, the hardest first. */
export function Words({ words }: { words: Progress['words'] }) {
  const shown = words.filter(isHard).sort((one, other) => one.mean - other.mean).slice(0, 8);
  return (
    <section class="card">
      <h2>{t('words_title')}</h2>
      {shown.length === 0 ? <p class="quiet">{t('words_none')}</p> : (
        <div class="scroll" tabIndex={0} role="region" aria-label={t('words_title')}>
          <table class="table">
            <thead>
              <tr><th scope="col">{t('compare_word')}</th><th scope="col">{t('score')}</th><th scope="col">{t('sounds_wrong')}</th><th scope="col">{t('sounds_count')}</th></tr>
            </thead>
            <tbody>
              {shown.map((word) => (
                <tr key={word.word}>
                  <th scope="row"><English>{word.word}</English></th>
                  <td>{decimal(word.mean, 0)}</td>
                  <td>{percent(word.wrong)}</td>
                  <td>{decimal(word.count, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
