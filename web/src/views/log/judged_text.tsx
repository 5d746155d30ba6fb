import type { Analysis } from '../../api/analysis';
import { decimal, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { bandClass, bandKey, shownBand, shownWord } from '../../state/bands';
import { strictness } from '../../state/settings';
import { Ipa } from '../../ui/english';

/** The words as they were said; one that is pressed shows its sounds. */
export function JudgedText({ analysis, chosen, choose }: { analysis: Analysis; chosen: number | null; choose: (word: number) => void }) {
  return (
    <p class="judged" lang="en" dir="ltr">
      {analysis.words.map((word, i) => {
        const shown = shownWord(word, strictness.value);
        return [
          <button key={i} type="button" class={`word ${bandClass(shown)}`} aria-pressed={chosen === i}
            aria-label={t('word_status', { word: word.shown, band: t(bandKey(shown)) })} title={t(bandKey(shown))} onClick={() => choose(i)}>
            {word.shown}
          </button>,
          ' ',
        ];
      })}
    </p>
  );
}

/** What each sound of a word was like. */
export function SoundTable({ analysis, word: index }: { analysis: Analysis; word: number }) {
  const word = analysis.words[index];
  if (!word || word.phones.length === 0) return null;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('sounds_of', { word: word.shown })}>
      <table class="table sounds-of-word">
        <thead>
          <tr>
            <th scope="col">{t('detail_sound')}</th>
            <th scope="col">{t('score')}</th>
            <th scope="col">{t('detail_band')}</th>
            <th scope="col">{t('heard_as')}</th>
          </tr>
        </thead>
        <tbody>
          {word.phones.map((phone, i) => {
            const shown = shownBand(phone.band, strictness.value);
            return (
              <tr key={i}>
                <th scope="row"><Ipa>{phone.ipa}</Ipa></th>
                <td>{decimal(phone.score, 0)}{phone.uncertainty !== undefined && <small> {t('score_give', { points: decimal(phone.uncertainty, 0) })}</small>}</td>
                <td><span class={`word ${bandClass(shown)}`}>{t(bandKey(shown))}</span></td>
                <td>{phone.dropped ? t('heard_nothing') : phone.heard_instead ? soundText(phone.heard_instead) : t('heard_expected')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
