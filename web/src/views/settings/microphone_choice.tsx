import { useEffect, useState } from 'preact/hooks';
import { borrowMicrophone, releaseMicrophone } from '../../audio/microphone';
import { t } from '../../i18n';
import { microphone } from '../../state/settings';
import { MicCheck } from '../speak/mic_check';
import { microphoneTrouble, type Trouble } from '../speak/live';

async function microphones(): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all.filter((device) => device.kind === 'audioinput' && device.deviceId !== 'default' && device.deviceId !== '');
}

/** Browsers tell the names of microphones only to pages that have used one. */
export function MicrophoneChoice() {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const look = (): void => void microphones().then(setDevices, () => setDevices([]));
  useEffect(() => {
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  const ask = async (): Promise<void> => {
    try {
      await borrowMicrophone();
      releaseMicrophone();
      setTrouble(null);
      look();
    } catch (failure) {
      setTrouble(microphoneTrouble(failure));
    }
  };
  const named = devices.some((device) => device.label !== '');
  return (
    <section>
      <h2 id="microphone-title">{t('set_microphone')}</h2>
      <select aria-labelledby="microphone-title" value={microphone.value} onChange={(event) => { microphone.value = event.currentTarget.value; }}>
        <option value="">{t('microphone_default')}</option>
        {devices.map((device, i) => (
          <option key={device.deviceId} value={device.deviceId}>{device.label || t('microphone_unnamed', { number: i + 1 })}</option>
        ))}
      </select>
      {!named && <p><button type="button" class="button plain" onClick={() => void ask()}>{t('microphone_names')}</button></p>}
      {trouble && <p role="alert" class="notice">{t(trouble.key, { why: trouble.why ?? '' })}</p>}
      <div class="settings-check"><MicCheck /></div>
    </section>
  );
}
