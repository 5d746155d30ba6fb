import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Picture } from './picture';
import { SoundPanel } from './sound_panel';
import type { Attempt } from './attempt';
import { modelVoice, type ModelVoice } from './model_voice';
import { item } from './practice';
import { closeUp, select } from './selected';

/** The voice as a picture, and what was chosen in it. */
export function CloseUp({ attempt }: { attempt: Attempt }) {
  const [voice, setVoice] = useState<ModelVoice | null>(null);
  const { sentence, selection } = closeUp.value;
  const result = attempt.sentences[Math.min(sentence, attempt.sentences.length - 1)]!;
  const text = result.analysis.text.original;
  useEffect(() => {
    let current = true;
    setVoice(null);
    modelVoice(text, item.value).then((loaded) => current && setVoice(loaded), () => {});
    return () => { current = false; };
  }, [text]);
  return (
    <div class="close-up">
      {attempt.sentences.length > 1 && (
        <div class="row" role="group" aria-label={t('picture_title')}>
          {attempt.sentences.map((one, i) => (
            <button key={i} type="button" class="button small" lang="en" aria-pressed={one === result} onClick={() => { closeUp.value = { sentence: i, selection: null }; }}>
              {one.analysis.text.original}
            </button>
          ))}
        </div>
      )}
      <Picture result={result} voice={voice} selection={selection} onSelect={select} />
      {selection && <SoundPanel result={result} voice={voice} selection={selection} onSelect={select} />}
    </div>
  );
}
