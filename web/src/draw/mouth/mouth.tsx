import type { ComponentChildren } from 'preact';
import { t } from '../../i18n';
import { guideTo } from '../../i18n/sound_guide';
import { articulationOf, descriptionKeys, type Air, type Articulation, type Lips } from './features';
import { mouthShape, tonguePath } from './shape';

/** Where the air leaves. */
function AirFlow({ air, lips }: { air: Air; lips: Lips }) {
  if (air === 'nose') return <path class="mouth-air" d="M176 108C176 70 160 46 120 44C84 42 60 54 44 67C40 72 36 78 30 84M38 80L29 85L30 75" />;
  const x = lips === 'round' ? 22 : 30;
  if (air === 'hiss') {
    return <path class="mouth-air" d={`M${x} 96c-4-3-7 3-11 0s-5 1-7 1M${x} 101c-4-3-7 3-11 0s-5 1-9 1M${x} 106c-4-3-7 3-11 0s-5 1-7 1`} />;
  }
  if (air === 'burst') {
    return <path class="mouth-air" d={`M${x} 100H${x - 17}M${x - 1} 94L${x - 13} 86M${x - 1} 106L${x - 13} 114`} />;
  }
  if (air === 'sides') {
    return <path class="mouth-air dashed" d={`M150 88C128 78 100 82 84 104C70 112 50 101 ${x} 101H${x - 16}M${x - 10} 95L${x - 17} 101L${x - 10} 107`} />;
  }
  return <path class="mouth-air" d={`M${x} 101H${x - 18}M${x - 11} 95L${x - 18} 101L${x - 11} 107`} />;
}

function Voice() {
  return <path class="mouth-voice" d="M164 184q3-4 6 0t6 0 6 0M164 191q3-4 6 0t6 0 6 0" />;
}

function Drawing({ sound, children }: { sound: Articulation; children: ComponentChildren }) {
  const shape = mouthShape(sound, sound.air);
  return (
    <svg class="mouth" viewBox="4 4 200 194" role="img">
      {children}
      <path class="mouth-head" d={shape.head} />
      <path class="mouth-space" d={shape.cavity} />
      <path class="mouth-space" d={shape.nose} />
      {sound.then && <path class="mouth-tongue then" d={tonguePath(sound.then)} />}
      <path class="mouth-tooth" d={shape.lowerTooth} />
      <path class="mouth-tongue" d={shape.tongue} />
      {sound.then && <path class="mouth-tongue-line then" d={tonguePath(sound.then)} />}
      <path class="mouth-tooth" d={shape.upperTooth} />
      <path class="mouth-velum" d={shape.velum} />
      <path class="mouth-line" d={shape.outline} />
      {shape.lipLine && <path class="mouth-line" d={shape.lipLine} />}
      <AirFlow air={sound.air} lips={sound.lips} />
      {sound.voice && <Voice />}
    </svg>
  );
}

/** How the sound is made, drawn and, for those who do not see it, said. Nothing for what is no sound. */
export function Mouth({ arpabet, caption = true }: { arpabet: string; caption?: boolean }) {
  const sound = articulationOf(arpabet);
  if (!sound) return null;
  const description = descriptionKeys(sound).map((key) => t(key)).join(' ');
  return (
    <figure class="mouth-figure">
      <Drawing sound={sound}>
        <title>{t('mouth_label', { sound: `“${guideTo(arpabet).letters}”`, description })}</title>
      </Drawing>
      {caption && (
        <figcaption aria-hidden="true">
          <span class={sound.voice ? 'mouth-key voice' : 'mouth-key'}>{t(sound.voice ? 'mouth_voice' : 'mouth_no_voice')}</span>
          <span class="mouth-key air">{t(`mouth_air_${sound.air}`)}</span>
        </figcaption>
      )}
    </figure>
  );
}
