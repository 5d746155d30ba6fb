import { useState } from 'preact/hooks';
import { play, playing, stopPlaying } from '../../audio/player';
import type { Sound } from '../../audio/sound';
import { t } from '../../i18n';
import { urgent } from '../../state/announce';
import { Icon, type IconName } from '../../ui/icon';

interface Props {
  /** Tells it from all other buttons that play. */
  name: string;
  label: string;
  sound: () => Promise<Sound> | Sound;
  icon?: IconName;
  speed?: number;
  loop?: boolean;
  small?: boolean;
  shortcut?: string;
  /** Language of the label, where it is not the page's. */
  lang?: string;
  /** What a screen reader says in place of the label. */
  says?: string;
}

/** Plays while it is pressed in; a second press stops. */
export function HearButton({ name, label, sound, icon = 'speaker', speed = 1, loop = false, small = false, shortcut, lang, says }: Props) {
  const [waiting, setWaiting] = useState(false);
  const on = playing.value === name;
  const press = async (): Promise<void> => {
    if (on) {
      stopPlaying();
      return;
    }
    setWaiting(true);
    try {
      void play(name, await sound(), { speed, loop });
    } catch {
      urgent.value = t('hear_failed');
    } finally {
      setWaiting(false);
    }
  };
  return (
    <button type="button" class={small ? 'button small' : 'button'} aria-pressed={on} aria-busy={waiting} aria-label={says}
      aria-keyshortcuts={shortcut} data-shortcut={shortcut} onClick={() => void press()}>
      <Icon name={on ? 'stop' : icon} />
      {lang ? <span lang={lang} dir="ltr">{label}</span> : label}
    </button>
  );
}
