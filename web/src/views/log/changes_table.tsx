import type { Word } from '../../api/analysis';
import { decimal, t } from '../../i18n';
import { bandClass, bandKey, shownWord } from '../../state/bands';
import { strictness } from '../../state/settings';
import { English } from '../../ui/english';
import type { WordChange } from './changes';

function Cell({ word }: { word: Word | null }) {
  if (!word) return <td class="quiet">–</td>;
  const shown = shownWord(word, strictness.value);
  return (
    <td>
      <span class={`word ${bandClass(shown)}`}>{t(bandKey(shown))}</span>
      {word.accuracy !== null && word.error !== 'omitted' && <small> {decimal(word.accuracy, 0)}</small>}
    </td>
  );
}

/** +5, −3, ±0. */
export function Points({ points }: { points: number | null }) {
  if (points === null) return <span class="quiet">–</span>;
  const rounded = Math.round(points);
  const way = rounded > 0 ? 'up' : rounded < 0 ? 'down' : 'even';
  const shown = rounded > 0 ? `+${decimal(rounded, 0)}` : rounded < 0 ? `−${decimal(-rounded, 0)}` : '±0';
  return <span class={`points ${way}`}>{shown}</span>;
}

export function ChangesTable({ changes }: { changes: readonly WordChange[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('compare_words')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('compare_word')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
            <th scope="col">{t('compare_points')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, i) => (
            <tr key={i}>
              <th scope="row"><English>{change.text}</English></th>
              <Cell word={change.before} />
              <Cell word={change.after} />
              <td><Points points={change.points} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
