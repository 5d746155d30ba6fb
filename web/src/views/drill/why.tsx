import type { ComponentChildren } from 'preact';
import type { DueSound } from '../../api/tutor';
import { Mouth } from '../../draw/mouth/mouth';
import { decimal, language, percent, rich, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { howTo } from '../../i18n/sound_guide';
import { link } from '../../state/router';
import { English, Ipa } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { ReadMore } from '../../ui/read_more';
import { reasonFor } from './outcome';
import { goTo, type Round } from './round';

/** Other sounds whose turn it is, each with a way to practise it instead. */
function Others({ sounds }: { sounds: readonly DueSound[] }) {
  if (sounds.length === 0) return null;
  return (
    <section class="drill-others" aria-labelledby="drill-others">
      <h2 id="drill-others" class="kicker">{t('drill_others')}</h2>
      <ul>
        {sounds.slice(0, 6).map(({ arpabet, ipa }) => (
          <li key={arpabet}>
            <a class="button small" href={`${link('practice')}?sound=${encodeURIComponent(arpabet)}`}>{soundText(arpabet)}{ipa && <> <Ipa>/{ipa}/</Ipa></>}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tip({ tip, arpabet }: { tip: Round['drill']['tip']; arpabet: string }) {
  const own = language.value === 'en' || !tip;
  const text: ComponentChildren = own ? (tip?.text ?? howTo(arpabet)) : howTo(arpabet);
  return (
    <p class="focus-hint">
      {own && tip ? <English>{text}</English> : text}
      {' '}<ReadMore article={tip?.article} />
    </p>
  );
}

/** Which sound, why this one, how it is made, and how hard the round will be. */
export function Why({ round }: { round: Round }) {
  const { drill, sounds, chosen } = round;
  const { arpabet, ipa } = drill.sound;
  const own = sounds.find((one) => one.arpabet === arpabet);
  const reason = reasonFor(arpabet, sounds, chosen);
  const values = { percent: percent(own?.retrievability ?? 0), score: decimal(own?.last_mean ?? 0, 0) };
  const others = sounds.filter((one) => one.arpabet !== arpabet && one.due);
  return (
    <>
      <div class="card focus-card">
        <div class="focus-columns">
          <div>
            <h2 class="drill-sound">{soundText(arpabet)} <Ipa>/{ipa}/</Ipa></h2>
            <p>{t(`drill_why_${reason}`, values)}</p>
            {drill.against && <p>{rich('drill_against', { sound: soundText(drill.against.arpabet) })}</p>}
            <Tip tip={drill.tip} arpabet={arpabet} />
            {drill.items.length > 0
              ? <p class="quiet">{t('drill_expect', { count: drill.items.length, percent: percent(drill.expected) })}</p>
              : <p class="notice">{t('drill_no_items')}</p>}
            {drill.items.length > 0 && (
              <button type="button" class="button primary large" onClick={() => goTo(0)}><Icon name="microphone" />{t('drill_start')}</button>
            )}
          </div>
          <Mouth arpabet={arpabet} />
        </div>
      </div>
      <Others sounds={others} />
    </>
  );
}
