import { t, type Key } from '../../i18n';
import { Icon } from '../../ui/icon';
import { meter, phase, stopReading, type Phase } from './live';

const says: Record<Phase, Key> = {
  idle: 'speak_key',
  starting: 'speak_connecting',
  listening: 'speak_listening',
  waiting: 'speak_reconnecting',
  judging: 'speak_judging',
};

/** The one big button. Around it the level of the voice, as a ring that grows. */
export function SpeakButton({ label, start, large = true }: { label: string; start: () => void; large?: boolean }) {
  const now = phase.value;
  const busy = now !== 'idle';
  return (
    <div class={large ? 'speak' : 'speak small'}>
      <div class="speak-ring" aria-hidden="true" style={{ transform: `scale(${(1 + 0.32 * meter.value).toFixed(3)})`, opacity: now === 'listening' ? 1 : 0 }} />
      <button
        id={large ? 'speak-button' : undefined} type="button" class={busy ? 'speak-button active' : 'speak-button'}
        disabled={now === 'judging'} aria-describedby={large ? 'speak-says' : undefined}
        onClick={() => (busy ? stopReading() : start())}
      >
        <Icon name={busy ? 'stop' : 'microphone'} />
        <span>{busy ? t('stop_button') : label}</span>
      </button>
      {large && <p id="speak-says" class="speak-says" data-phase={now}>{t(says[now])}</p>}
    </div>
  );
}
