import { useEffect, useState } from 'preact/hooks';
import type { Analysis } from '../../api/analysis';
import { api } from '../../api/client';
import type { Take } from '../../api/records';
import { decode } from '../../audio/sound';
import type { Selection } from '../../draw/tracks';
import { t } from '../../i18n';
import type { SentenceResult } from '../speak/attempt';
import { modelVoice, type ModelVoice } from '../speak/model_voice';
import { Picture } from '../speak/picture';
import { SoundPanel } from '../speak/sound_panel';
import { JudgedText, SoundTable } from './judged_text';

/** The recording with its judgement, as the drawings of the view in which one speaks want it; null until it is there. */
function useResult(take: Take, analysis: Analysis): SentenceResult | null {
  const [result, setResult] = useState<SentenceResult | null>(null);
  useEffect(() => {
    let current = true;
    setResult(null);
    if (take.has_recording) {
      api.recording(take.id).then(decode).then(
        (sound) => current && setResult({ sentence: 0, firstWord: 0, analysis, sound, settled: true, take: take.id }),
        () => { /* Without the sound the figures are still there. */ },
      );
    }
    return () => { current = false; };
  }, [take.id, take.has_recording, analysis]);
  return result;
}

function useModelVoice(text: string): ModelVoice | null {
  const [voice, setVoice] = useState<ModelVoice | null>(null);
  useEffect(() => {
    let current = true;
    modelVoice(text, null).then((loaded) => current && setVoice(loaded), () => { /* Then there is no voice to compare with. */ });
    return () => { current = false; };
  }, [text]);
  return voice;
}

/** The words of a take, and what was chosen among them as a picture and in words. */
export function TakeCloseUp({ take, analysis }: { take: Take; analysis: Analysis }) {
  const result = useResult(take, analysis);
  const voice = useModelVoice(analysis.text.original);
  const [selection, setSelection] = useState<Selection | null>(null);
  const word = selection?.word ?? null;
  return (
    <div class="close-up">
      <JudgedText analysis={analysis} chosen={word} choose={(index) => setSelection(word === index ? null : { word: index, phone: null })} />
      {!selection && <p class="quiet small">{t('detail_press_word')}</p>}
      {selection && result && <SoundPanel result={result} voice={voice} selection={selection} onSelect={setSelection} />}
      {word !== null && !result && <SoundTable analysis={analysis} word={word} />}
      {result && <Picture result={result} voice={voice} selection={selection} onSelect={setSelection} />}
    </div>
  );
}
