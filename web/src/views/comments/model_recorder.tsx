import { useState } from 'preact/hooks';
import type { Recorder } from '../../audio/recorder';
import { stopPlaying } from '../../audio/player';
import { t } from '../../i18n';
import { Icon } from '../../ui/icon';
import { HearButton } from '../speak/hear';
import { microphoneTrouble, type Trouble } from '../speak/live';

/** Records how something should sound; it is heard, kept or thrown away by whoever shows this. */
export function ModelRecorder({ recorder, name }: { recorder: Recorder; name: string }) {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const state = recorder.state.value;
  const start = (): void => {
    stopPlaying();
    setTrouble(null);
    recorder.start().catch((failure: unknown) => setTrouble(microphoneTrouble(failure)));
  };
  return (
    <div class="model-recorder">
      {state.at === 'done' ? (
        <div class="row">
          <HearButton name={`model ${name}`} label={t('model_hear')} icon="play" small sound={() => state.sound} />
          <button type="button" class="button small" onClick={() => { stopPlaying(); recorder.discard(); }}><Icon name="trash" />{t('model_discard')}</button>
        </div>
      ) : state.at === 'recording' ? (
        <div class="row">
          <button type="button" class="button small" onClick={() => recorder.stop()}><Icon name="stop" />{t('model_stop')}</button>
          <span class="quiet small">{t('model_left', { count: state.left })}</span>
        </div>
      ) : (
        <button type="button" class="button small" disabled={state.at === 'opening'} onClick={start}><Icon name="microphone" />{t('model_record')}</button>
      )}
      <p role="status" class="small quiet">
        {state.at === 'done' && t('model_ready')}
        {state.at === 'empty' && t('model_empty')}
      </p>
      {trouble && <p role="alert">{t(trouble.key, { why: trouble.why ?? '' })}</p>}
    </div>
  );
}
