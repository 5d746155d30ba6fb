import { useRef, useState } from 'preact/hooks';
import type { Learner, SoundProgress } from '../../api/records';
import { decimal, t } from '../../i18n';
import { plainText, soundText } from '../../i18n/feedback';
import { guideTo } from '../../i18n/sound_guide';
import { heat } from '../../state/mastery';
import { Ipa } from '../../ui/english';
import { rangeText } from '../progress/sounds';
import { soundsOfClass, type Pupil } from './class_figures';

export interface Cell {
  learner: Learner;
  sound: string;
}

const moves: Record<string, [row: number, column: number]> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

/** Below it a figure says little: it is shown in brackets. */
const fewest = 5;

/** Sounds by learners: the stronger the colour of a cell, the more there is to do; the figure in it is the mean. */
export function HeatMap({ pupils, chosen, choose }: { pupils: readonly Pupil[]; chosen: Cell | null; choose: (cell: Cell) => void }) {
  const table = useRef<HTMLTableElement>(null);
  const [focus, setFocus] = useState<[number, number]>([0, 0]);
  const sounds = soundsOfClass(pupils);
  const rows = pupils.filter(({ progress }) => progress && progress.sounds.length > 0);
  const move = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    if (!step) return;
    event.preventDefault();
    const next: [number, number] = [
      Math.min(rows.length - 1, Math.max(0, focus[0] + step[0])),
      Math.min(sounds.length - 1, Math.max(0, focus[1] + step[1])),
    ];
    setFocus(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next[0]} ${next[1]}"]`)?.focus();
  };
  const cell = (pupil: Pupil, name: string, known: SoundProgress | undefined, row: number, column: number) => {
    const here = row === focus[0] && column === focus[1];
    const at = { 'data-cell': `${row} ${column}`, tabIndex: here ? 0 : -1, onFocus: () => setFocus([row, column]) };
    if (!known) return <td key={name} {...at} class="heat-none"><span aria-label={t('heat_nothing')}>·</span></td>;
    const { value, count } = known.all;
    const on = chosen?.learner.id === pupil.learner.id && chosen.sound === name;
    const label = t('heat_cell', {
      learner: pupil.learner.name || t('someone'), sound: plainText(soundText(name)), score: decimal(value, 0), range: rangeText(known.all), count,
    });
    return (
      <td key={name}>
        <button type="button" class={`heat heat-${heat(value)}`} aria-pressed={on} aria-label={label} title={label}
          {...at} onClick={() => choose({ learner: pupil.learner, sound: name })}>
          {count < fewest ? `(${decimal(value, 0)})` : decimal(value, 0)}
        </button>
      </td>
    );
  };
  return (
    <div class="scroll heat-scroll">
      <table class="heat-map" ref={table} aria-label={t('heat_title')} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{t('class_learner')}</th>
            {sounds.map(({ sound, ipa }) => (
              <th key={sound} scope="col" title={plainText(soundText(sound))}>
                <span lang="en">{guideTo(sound).letters}</span>
                <small><Ipa>{ipa}</Ipa></small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((pupil, row) => {
            const known = new Map(pupil.progress!.sounds.map((one) => [one.sound, one]));
            return (
              <tr key={pupil.learner.id}>
                <th scope="row">{pupil.learner.name || t('someone')}</th>
                {sounds.map(({ sound }, column) => cell(pupil, sound, known.get(sound), row, column))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
