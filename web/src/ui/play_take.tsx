import { t } from '../i18n';
import { readable } from '../state/notation';
import type { Take } from '../api/records';
import { playing } from '../audio/player';
import { playTake, stopTake, takeName } from '../audio/take_player';
import { Icon } from './icon';

/** Plays a kept recording; pressed again it stops. Nothing where none is kept. */
export function PlayTake({ take, label = false }: { take: Pick<Take, 'id' | 'has_recording' | 'text'>; label?: boolean | string }) {
  if (!take.has_recording) return label ? <span class="quiet small">{t('log_no_recording')}</span> : <span class="play-place" title={t('log_no_recording')} />;
  const active = playing.value === takeName(take.id);
  const written = readable(take.text);
  const text = typeof label === 'string' && !active ? `${label}: ${written}` : t(active ? 'stop_take' : 'play_take', { text: written });
  return (
    <button
      type="button" class={label ? 'button' : 'icon-button'} aria-label={text} title={text}
      onClick={() => { if (active) stopTake(); else void playTake(take.id); }}
    >
      <Icon name={active ? 'stop' : 'play'} />
      {label && (active ? t('stop') : label === true ? t('play') : label)}
    </button>
  );
}
