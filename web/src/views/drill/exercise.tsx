import { useEffect, useRef } from 'preact/hooks';
import { decode } from '../../audio/sound';
import { Mouth } from '../../draw/mouth/mouth';
import { t } from '../../i18n';
import { findingText, plainText, soundFound, soundText, soundWell } from '../../i18n/feedback';
import { howTo } from '../../i18n/sound_guide';
import { announce } from '../../state/announce';
import { strictness } from '../../state/settings';
import { Icon } from '../../ui/icon';
import { gain, unscored, type Attempt } from '../speak/attempt';
import { Gain } from '../speak/gain';
import { HearButton } from '../speak/hear';
import { modelAudio } from '../speak/item';
import { phase, shine, trouble } from '../speak/live';
import { modelVoice, modelWord, ownPart } from '../speak/model_voice';
import { mostTries } from '../speak/practice';
import { closeUp, select } from '../speak/selected';
import { Sentence } from '../speak/sentence';
import { SoundPanel } from '../speak/sound_panel';
import { SpeakButton } from '../speak/speak_button';
import { outcomeOf, spots, spotToTell, type Outcome, type Spot } from './outcome';
import { at, goTo, item, items, now, outcomes, readNow, round, shownTry, tries } from './round';

function Told({ attempt, spot, outcome }: { attempt: Attempt; spot: Spot | undefined; outcome: Outcome }) {
  const none = unscored(attempt);
  if (!spot || outcome === 'unheard') {
    const finding = none?.analysis.quality.findings.find((one) => one.severity === 'severe');
    const wrong = none?.analysis.verdict === 'wrong_text';
    const why = finding && !wrong ? findingText(finding) : null;
    return <div><p class="focus-message">{why ? why.message : t(wrong ? 'wrong_text' : 'drill_unheard')}</p><p>{why ? why.advice : t('drill_unheard_how')}</p></div>;
  }
  const well = outcome === 'well';
  return (
    <div>
      <p class={well ? 'focus-message went-well' : 'focus-message'}>
        {well && <Icon name="check" />}
        <span>{well ? soundWell(spot.of, spot.sound) : soundFound(spot.of, spot.sound)}</span>
      </p>
      {!well && <p class="focus-hint">{howTo(spot.sound.arpabet)}</p>}
    </div>
  );
}

/** The same place in the try before. */
function before(attempt: Attempt, spot: Spot | undefined): number | null {
  const all = tries.value[at.value] ?? [];
  const last = all[all.findIndex((one) => one.number === attempt.number) - 1];
  const drill = round.value?.drill;
  if (!last || !spot || !drill) return null;
  const same = spots(last, drill, now.value!).find((one) => one.of.script_word === spot.of.script_word && one.phone === spot.phone);
  return same?.sound.score ?? null;
}

function Judged({ attempt }: { attempt: Attempt }) {
  const drill = round.value!.drill;
  const heard = spots(attempt, drill, now.value!);
  const outcome = outcomeOf(attempt, heard, strictness.value);
  const spot = spotToTell(heard, outcome);
  const text = outcome === 'well' && spot ? soundWell(spot.of, spot.sound) : spot && outcome !== 'unheard' ? soundFound(spot.of, spot.sound) : [t('drill_unheard')];
  useEffect(() => announce(plainText(text)), [attempt]);
  const { sentence, selection } = closeUp.value;
  const chosen = attempt.sentences[sentence];
  return (
    <>
      <div class="card focus-card">
        <div class={spot && outcome !== 'well' ? 'focus-columns' : undefined}>
          <div>
            <Told attempt={attempt} spot={spot} outcome={outcome} />
            {spot && outcome !== 'unheard' && (
              <div class="row">
                <HearButton name="own-drill" label={t('hear_yours')} icon="play" sound={() => ownPart(spot.result, spot.of)} />
                <HearButton name="model-drill" label={t('hear_model')}
                  sound={async () => modelWord(await modelVoice(spot.result.analysis.text.original, null), spot.result, spot.word)} />
                <Gain points={gain(before(attempt, spot), spot.sound.score)} />
              </div>
            )}
          </div>
          {spot && outcome !== 'well' && outcome !== 'unheard' && <Mouth arpabet={spot.sound.arpabet} />}
        </div>
      </div>
      {selection && chosen && <SoundPanel result={chosen} voice={null} selection={selection} onSelect={select} />}
    </>
  );
}

/** How far the round is; what each exercise came to as a shape and in words. */
function Steps() {
  const all = items.value.length;
  const index = at.value;
  return (
    <div class="drill-steps">
      <button type="button" class="button plain round" data-shortcut="p" aria-keyshortcuts="p" aria-label={t('previous')} disabled={index === 0} onClick={() => goTo(index - 1)}>
        <Icon name="back" />
      </button>
      <div>
        <p class="quiet" id="drill-at">{t('drill_at', { number: index + 1, all })}</p>
        <ol class="drill-dots" aria-labelledby="drill-at">
          {outcomes.value.map((tried, i) => {
            const shown = tried.includes('well') ? 'well' : tried.length > 0 ? 'tried' : 'open';
            return <li key={i} class={shown} aria-current={i === index ? 'step' : undefined}><span class="hidden">{t(`drill_dot_${shown}`)}</span></li>;
          })}
        </ol>
      </div>
      <button type="button" class="button plain round" data-shortcut="n" aria-keyshortcuts="n" aria-label={t('next')} onClick={() => goTo(index + 1)}>
        <Icon name="next" />
      </button>
    </div>
  );
}

export function readDrillItem(): void {
  closeUp.value = { sentence: 0, selection: null };
  void readNow();
}

/** One exercise: hear it, say it, and what came of the sound that it is about. */
export function Exercise() {
  const one = now.value!;
  const reading = item.value!;
  const attempt = shownTry.value;
  const idle = phase.value === 'idle';
  const enough = (tries.value[at.value]?.length ?? 0) >= mostTries && idle && attempt !== null;
  const notice = shine.notice.value;
  const told = notice && notice.severity !== 'note' ? findingText(notice) : null;
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was pressed to come here is gone; from here the space bar speaks.
    stage.current?.focus({ preventScroll: true });
    announce(t('drill_now', { number: at.value + 1, all: items.value.length, text: reading.text }));
  }, [one]);
  return (
    <>
      <Steps />
      <div ref={stage} tabIndex={-1} class={attempt ? 'stage judged' : 'stage'}>
        <p class="kicker">{t(`drill_kind_${one.kind}`)} · {soundText(round.value!.drill.sound.arpabet)}</p>
        <Sentence text={reading.text} attempt={attempt} />
        <div class="row centre">
          <HearButton name="model" label={t('hear_it')} shortcut="h" sound={async () => decode(await modelAudio(reading, false))} />
          <HearButton name="model-slow" label={t('hear_slow')} icon="slow" shortcut="s" sound={async () => decode(await modelAudio(reading, true))} />
        </div>
        <div class="speak-row">
          {enough ? <p class="quiet">{t('three_tries')}</p> : <SpeakButton label={t(attempt ? 'say_again' : 'speak_button')} start={readDrillItem} />}
          {attempt && idle && (
            <button type="button" class="button primary large next-button" onClick={() => goTo(at.value + 1)}>
              {t(at.value + 1 < items.value.length ? 'drill_next' : 'drill_finish')}<Icon name="next" />
            </button>
          )}
        </div>
        <div class="troubles">
          {trouble.value && <p class="notice" role="alert">{t(trouble.value.key, { why: trouble.value.why ?? '' })}</p>}
          {told && !trouble.value && phase.value === 'listening' && <p class="notice" role="status">{told.message} {told.advice}</p>}
        </div>
      </div>
      {attempt && <Judged attempt={attempt} />}
    </>
  );
}
