import type { Phone, Word } from '../../api/analysis';
import { decimal, percent, rich, t } from '../../i18n';
import { heardText, insteadOf, soundText } from '../../i18n/feedback';
import { howTo } from '../../i18n/sound_guide';
import { bandClass, bandKey, shownBand, shownWord } from '../../state/bands';
import { strictness } from '../../state/settings';
import { English, Ipa } from '../../ui/english';
import { ReadMore } from '../../ui/read_more';
import { Mouth } from '../../draw/mouth/mouth';
import type { Selection } from '../../draw/tracks';
import type { SentenceResult } from './attempt';
import { HearButton } from './hear';
import { modelPart, modelWord, ownPart, type ModelVoice } from './model_voice';

interface Props {
  result: SentenceResult;
  voice: ModelVoice | null;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

/** A score, drawn with how far it may be off. */
export function ScoreBar({ score, uncertainty }: { score: number; uncertainty: number | null }) {
  const low = Math.max(0, score - (uncertainty ?? 0));
  const high = Math.min(100, score + (uncertainty ?? 0));
  return (
    <div class="score-bar-place">
      <span>{t('sound_score', { score: Math.round(score) })}</span>
      <div class="score-bar" aria-hidden="true">
        <div class="score-range" style={{ insetInlineStart: `${low}%`, width: `${high - low}%` }} />
        <div class="score-mark" style={{ insetInlineStart: `${score}%` }} />
      </div>
      {uncertainty !== null && (
        <small>{t('sound_score_between', { low: Math.round(low), high: Math.round(high) })}</small>
      )}
    </div>
  );
}

function claimText(phone: Phone): ReturnType<typeof rich> | string {
  const claim = phone.diagnosis?.claim;
  const { said, dropped, unsure } = insteadOf(phone);
  if (unsure || phone.band === 'not_sure') return t('claim_not_sure');
  if (dropped) return t('claim_dropped');
  if (said !== null) return rich('claim_substituted', { heard: heardText(said, phone.arpabet) });
  if (claim === 'distorted') return t('claim_distorted');
  return claim === 'right' || phone.band === 'clear' ? t('claim_right') : t('claim_distorted');
}

function Heard({ phone }: { phone: Phone }) {
  const shares = phone.heard.map((one) => ({ ipa: one.ipa, name: one.arpabet, share: one.probability }));
  const nothing = phone.nothing_probability;
  return (
    <div class="heard">
      <h4>{t('heard_as')}</h4>
      <ul>
        {shares.slice(0, 4).map((one) => (
          <li key={one.name}><Ipa>{one.ipa}</Ipa> <meter min={0} max={1} value={one.share} aria-hidden="true" /> {percent(one.share)}</li>
        ))}
        {nothing >= 0.01 && <li>{t('heard_nothing')} <meter min={0} max={1} value={nothing} aria-hidden="true" /> {percent(nothing)}</li>}
      </ul>
    </div>
  );
}

/** Of the sound; where there is a coach there are articles. */
function articleOn(result: SentenceResult, phone: Phone): string | null {
  return result.analysis.feedback.advice ? `sound/${phone.arpabet.replace(/\d$/, '').toLowerCase()}` : null;
}

function SoundDetail({ word, phone, article }: { word: Word; phone: Phone; article: string | null }) {
  const probability = phone.diagnosis?.probability ?? null;
  return (
    <div class="sound-detail">
      <div>
        <h3>
          <span>{soundText(phone.arpabet, word.shown)}</span> <Ipa>/{phone.ipa}/</Ipa>
          <span class={`chip ${bandClass(shownBand(phone.band, strictness.value))}`}>{t(bandKey(shownBand(phone.band, strictness.value)))}</span>
        </h3>
        <ScoreBar score={phone.score} uncertainty={phone.uncertainty ?? null} />
        <p>{claimText(phone)} {probability !== null && <span class="quiet">{t('claim_probability', { percent: percent(probability) })}</span>}</p>
        <h4>{t('how_to')}</h4>
        <p>{howTo(phone.arpabet)} <ReadMore article={article} /></p>
        <Heard phone={phone} />
        <p class="small quiet">{rich('written_as', { ipa: <Ipa>{phone.ipa}</Ipa>, arpabet: <code>{phone.arpabet}</code> })}</p>
      </div>
      <Mouth arpabet={phone.arpabet} />
    </div>
  );
}

function WordDetail({ word }: { word: Word }) {
  const shown = shownWord(word, strictness.value);
  return (
    <div>
      {word.accuracy !== null && shown !== 'omitted' && <ScoreBar score={word.accuracy} uncertainty={word.uncertainty ?? null} />}
      {shown === 'omitted' && <p>{t('omitted_word')}</p>}
      {word.band === 'not_sure' && <p>{t('claim_not_sure')}</p>}
      {word.origin === 'g2p' && <p class="notice">{t('guessed_word')}</p>}
    </div>
  );
}

/** One word close up, and one of its sounds. */
export function SoundPanel({ result, voice, selection, onSelect }: Props) {
  const word = result.analysis.words[selection.word];
  if (!word) return null;
  const phone = selection.phone === null ? null : (word.phones[selection.phone] ?? null);
  const span = phone ?? word;
  const name = `${selection.word}-${selection.phone ?? ''}`;
  const model = voice && (phone ? modelPart(voice, result, selection.word, selection.phone) : true);
  const modelSound = () => (phone ? modelPart(voice!, result, selection.word, selection.phone)! : modelWord(voice!, result, selection.word));
  const shown = shownWord(word, strictness.value);
  return (
    <section class="card panel" id="sound-panel" tabIndex={-1} aria-labelledby="panel-title">
      <div class="panel-head">
        <h2 id="panel-title"><English>{word.shown}</English> <span class={`chip ${bandClass(shown)}`}>{t(bandKey(shown))}</span></h2>
        <div class="row">
          {span.end_s > span.start_s && <HearButton small name={`own-${name}`} label={t('hear_yours')} icon="play" sound={() => ownPart(result, span)} />}
          {model && <HearButton small name={`model-${name}`} label={t('hear_model')} sound={modelSound} />}
          {span.end_s > span.start_s && <HearButton small name={`ownslow-${name}`} label={t('slow_replay')} icon="slow" speed={0.5} sound={() => ownPart(result, span)} />}
          {span.end_s > span.start_s && <HearButton small name={`ownloop-${name}`} label={t('picture_loop')} icon="repeat" loop sound={() => ownPart(result, span)} />}
        </div>
      </div>
      {word.phones.length > 0 && (
        <div class="sounds" role="group" aria-label={t('sounds_of', { word: word.shown })}>
          {word.phones.map((one, i) => (
            <button key={i} type="button" class={`sound ${bandClass(shownBand(one.band, strictness.value))}`} aria-pressed={selection.phone === i}
              aria-label={`${one.ipa}: ${t(bandKey(shownBand(one.band, strictness.value)))}`}
              onClick={() => onSelect({ word: selection.word, phone: selection.phone === i ? null : i })}>
              <Ipa>{one.ipa}</Ipa>
              <small>{decimal(one.score, 0)}</small>
            </button>
          ))}
        </div>
      )}
      {phone ? <SoundDetail word={word} phone={phone} article={articleOn(result, phone)} /> : <WordDetail word={word} />}
    </section>
  );
}
