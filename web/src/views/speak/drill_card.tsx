import type { Phone, Word } from '../../api/analysis';
import { rich, t } from '../../i18n';
import { bandClass, bandKey, shownWord } from '../../state/bands';
import { strictness } from '../../state/settings';
import { English } from '../../ui/english';
import { gain, type Attempt } from './attempt';
import { Gain } from './gain';
import { HearButton } from './hear';
import { phase, trouble } from './live';
import { ownPart } from './model_voice';
import { closeDrill, drillAttempts, mostTries, readDrill, type Drill } from './practice';
import { LiveSentence } from './sentence';
import { SpeakButton } from './speak_button';

function wordOf(attempt: Attempt): Word | undefined {
  return attempt.sentences[0]?.analysis.words.find((word) => word.script_word !== null && word.error !== 'repeated');
}

/** What it is about: the sound, where it was said in both, else the word. */
function scoreOf(word: Word | undefined, phone: number | null): number | null {
  if (!word) return null;
  const sound: Phone | undefined = phone === null ? undefined : word.phones[phone];
  return sound ? sound.score : word.accuracy;
}

function Side({ title, score, word, name, sound }: {
  title: string; score: number | null; word: Word | undefined; name: string; sound: () => ReturnType<typeof ownPart>;
}) {
  const shown = word && shownWord(word, strictness.value);
  return (
    <div class="side">
      <h4>{title}</h4>
      <p class="side-score">{score === null ? '–' : Math.round(score)}</p>
      {word && shown && <p><span class={`word ${bandClass(shown)}`} lang="en">{word.shown}</span> <small>{t(bandKey(shown))}</small></p>}
      <HearButton small name={name} label={t('play')} icon="play" sound={sound} />
    </div>
  );
}

/** Only this word, up to three times, each beside how it was at first. */
export function DrillCard({ drill }: { drill: Drill }) {
  const tries = drillAttempts.value;
  const last = tries.at(-1);
  const before = scoreOf(drill.before, drill.phone);
  const word = last && wordOf(last);
  const sounds = word?.phones.length === drill.before.phones.length ? drill.phone : null;
  const after = last ? scoreOf(word, sounds) : null;
  const enough = tries.length >= mostTries && phase.value === 'idle';
  const failed = last && last.sentences[0]?.analysis.verdict !== 'scored';
  return (
    <div class="drill">
      <div class="drill-say">
        <LiveSentence text={drill.text} />
        {enough
          ? <p>{t('three_tries')}</p>
          : <SpeakButton large={false} start={() => void readDrill()} label={t('try_of', { number: Math.min(tries.length + 1, mostTries), all: mostTries })} />}
        {trouble.value && <p role="alert" class="small">{t(trouble.value.key, { why: trouble.value.why ?? '' })}</p>}
      </div>
      {last && !failed && (
        <div class="sides" role="group" aria-label={t('compare')}>
          <Side title={t('before')} score={sounds === null ? drill.before.accuracy : before} word={drill.before} name="own-before" sound={() => ownPart(drill.from, drill.before)} />
          <Gain points={gain(sounds === null ? drill.before.accuracy : before, after)} />
          <Side title={t('after')} score={after} word={word} name="own-after" sound={() => (word ? ownPart(last.sentences[0]!, word) : last.sentences[0]!.sound)} />
        </div>
      )}
      {failed && <p>{t('speak_nothing')}</p>}
      <button type="button" class="button plain" onClick={closeDrill}>
        {rich('move_on', { word: <English>{drill.text}</English> })}
      </button>
    </div>
  );
}
