import { useEffect, useRef, useState } from 'preact/hooks';
import { blockLevel, judge, measure, meterShare, type MicrophoneVerdict, type RoomAndVoice } from '../../audio/loudness';
import { borrowMicrophone, returnMicrophone } from '../../audio/microphone';
import { t, type Key } from '../../i18n';
import { announce } from '../../state/announce';
import { stored } from '../../state/stored';
import { Icon } from '../../ui/icon';
import { microphoneTrouble, type Trouble } from './live';

export const micChecked = stored<boolean>('mic_checked', false);

const seconds = 4;
const wanted = seconds * 16_000;

type State =
  | { at: 'before' }
  | { at: 'running'; level: number; left: number }
  | { at: 'done'; verdict: MicrophoneVerdict; heard: RoomAndVoice }
  | { at: 'failed'; trouble: Trouble };

/** Takes four seconds from the microphone and says what they are like. */
async function listen(progress: (level: number, left: number) => void, stopped: () => boolean): Promise<RoomAndVoice> {
  const microphone = await borrowMicrophone();
  const samples = new Int16Array(wanted);
  let count = 0;
  await new Promise<void>((resolve) => {
    microphone.onSamples = (block) => {
      const room = block.subarray(0, wanted - count);
      samples.set(room, count);
      count += room.length;
      progress(meterShare(blockLevel(block)), Math.ceil((wanted - count) / 16_000));
      if (count >= wanted || stopped()) resolve();
    };
  });
  returnMicrophone();
  return measure(samples);
}

export function MicCheck({ close }: { close?: () => void }) {
  const [state, setState] = useState<State>({ at: 'before' });
  const gone = useRef(false);
  useEffect(() => () => { gone.current = true; }, []);
  const start = async (): Promise<void> => {
    setState({ at: 'running', level: 0, left: seconds });
    try {
      const heard = await listen((level, left) => setState({ at: 'running', level, left }), () => gone.current);
      const verdict = judge(heard);
      setState({ at: 'done', verdict, heard });
      announce(t(`mic_${verdict}`));
      if (!close && verdict.startsWith('good')) micChecked.value = true;
    } catch (failure) {
      setState({ at: 'failed', trouble: microphoneTrouble(failure) });
    }
  };
  return (
    <section class="card mic-check" aria-labelledby="mic-title">
      <h2 id="mic-title">{t('mic_check_title')}</h2>
      {state.at === 'before' && <p>{t('mic_check_lead')}</p>}
      {state.at === 'running' && (
        <>
          <p>{t('mic_check_running')} <span class="quiet">{t('mic_check_left', { count: state.left })}</span></p>
          <div class="meter" aria-hidden="true"><div style={{ transform: `scaleX(${state.level})` }} /></div>
        </>
      )}
      {state.at === 'done' && (
        <>
          <p class={state.verdict.startsWith('good') ? 'mic-says good' : 'mic-says'}>
            <Icon name={state.verdict.startsWith('good') ? 'check' : 'info'} /> {t(`mic_${state.verdict}` as Key)}
          </p>
          <p class="small quiet">
            {t('mic_figures', { voice: Math.round(state.heard.voice), room: Math.round(state.heard.room), snr: Math.round(state.heard.voice - state.heard.room) })}
          </p>
        </>
      )}
      {state.at === 'failed' && <p role="alert">{t(state.trouble.key, { why: state.trouble.why ?? '' })}</p>}
      <div class="row">
        {state.at !== 'running' && (
          <button type="button" class={state.at === 'done' && state.verdict.startsWith('good') ? 'button' : 'button primary'} onClick={() => void start()}>
            {t(state.at === 'before' ? 'mic_check_start' : 'mic_again')}
          </button>
        )}
        {close && (
          <button type="button" class={state.at === 'done' ? 'button primary' : 'button plain'} onClick={() => { micChecked.value = true; close(); }}>
            {t(state.at === 'done' ? 'move_on' : 'mic_skip')}
          </button>
        )}
      </div>
    </section>
  );
}
