import { Mouth } from '../../draw/mouth/mouth';
import { rich, t } from '../../i18n';
import { articleOf, focusText, plainText } from '../../i18n/feedback';
import { needsWork } from '../../state/bands';
import { strictness } from '../../state/settings';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { ReadMore } from '../../ui/read_more';
import type { Word } from '../../api/analysis';
import { focusOf, type Attempt } from './attempt';
import { DrillCard } from './drill_card';
import { HearButton } from './hear';
import { modelVoice, modelWord, ownPart } from './model_voice';
import { drill, item, openDrill } from './practice';
import { phase } from './live';

/** What is not marked at this strictness is a suggestion, not a task. */
function optional(word: Word | undefined, phone: number | null): boolean {
  const band = phone === null ? word?.band : word?.phones[phone]?.band;
  return band !== undefined && (band === 'slightly_accented' || band === 'hard_to_understand') && !needsWork(band, strictness.value);
}

export function focusSentence(attempt: Attempt): string {
  const found = focusOf(attempt);
  if (!found) return t('nothing_to_fix');
  const { message, hint } = focusText(found.result.analysis, found.focus);
  return `${plainText(message)} ${hint}`;
}

/** The one thing to do: what it is, how, a drawing, and the word to hear and to say again. */
export function FocusCard({ attempt }: { attempt: Attempt }) {
  const found = focusOf(attempt);
  if (!found) {
    return (
      <div class="card focus-card">
        <p class="focus-message">{t('nothing_to_fix')}</p>
        <p>{t('nothing_to_fix_how')}</p>
      </div>
    );
  }
  const { result, focus } = found;
  const { message, hint } = focusText(result.analysis, focus);
  const word = focus.word === null ? undefined : result.analysis.words[focus.word];
  const phone = focus.phone === null ? undefined : word?.phones[focus.phone];
  const sayable = word && word.script_word !== null;
  const spelled = word && word.script_word !== null ? (result.analysis.text.words[word.script_word]?.text ?? word.text) : '';
  const heading = optional(word, focus.phone) ? 'if_you_like' : 'one_thing';
  return (
    <div class="card focus-card">
      <div class={phone ? 'focus-columns' : undefined}>
        <div>
          <h2 class="kicker">{t(heading)}</h2>
          <p class="focus-message">{message}</p>
          <p class="focus-hint">{hint} <ReadMore article={articleOf(result.analysis, focus)} /></p>
          <div class="row">
            {word && word.end_s > word.start_s && (
              <HearButton name="own-focus" label={t('hear_yours')} icon="play" sound={() => ownPart(result, word)} />
            )}
            {word && sayable && (
              <HearButton name="model-focus" label={t('hear_model')}
                sound={async () => modelWord(await modelVoice(result.analysis.text.original, item.value), result, focus.word!)} />
            )}
            {word && sayable && !drill.value && (
              <button type="button" class="button" data-shortcut="w" aria-keyshortcuts="w" disabled={phase.value !== 'idle'}
                onClick={() => openDrill({ text: spelled, before: word, phone: focus.phone, from: result })}>
                <Icon name="microphone" />
                <span>{rich('only_word', { word: <English>{word.shown}</English> })}</span>
              </button>
            )}
          </div>
        </div>
        {phone && <Mouth arpabet={phone.arpabet} />}
      </div>
      {drill.value && <DrillCard drill={drill.value} />}
    </div>
  );
}
