import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { play, playing, playPosition } from '../../audio/player';
import { durationOf } from '../../audio/sound';
import { atTime, moved } from '../../draw/navigate';
import { readPalette, rgbOf } from '../../draw/palette';
import { pictureOf, spectrogram } from '../../draw/spectrogram';
import { drawPhones, drawPitch, drawWaveform, drawWords, pitchRange, type Selection } from '../../draw/tracks';
import { pitchPoints, warpedPitch } from '../../draw/warp';
import { t } from '../../i18n';
import { announce } from '../../state/announce';
import { colours, strictness } from '../../state/settings';
import { Icon } from '../../ui/icon';
import type { SentenceResult } from './attempt';
import { ownPart, type ModelVoice } from './model_voice';

const heights = { waveform: 64, spectrogram: 128, pitch: 96, words: 36, phones: 36 };
const gap = 8;
const whole = heights.waveform + heights.spectrogram + heights.pitch + heights.words + heights.phones + 4 * gap;
const zooms = [1, 1.6, 2.6, 4.2];

interface Props {
  result: SentenceResult;
  voice: ModelVoice | null;
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
}

/** How wide the place for the picture is. */
function useWidth(place: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return width;
}

function paint(canvas: HTMLCanvasElement, props: Props, width: number, spectrum: ReturnType<typeof spectrogram>): void {
  const { result, voice, selection } = props;
  const scale = window.devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = whole * scale;
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  const palette = readPalette(canvas);
  const axis = { duration: durationOf(result.sound), width };
  const box = (y: number, height: number) => ({ x: 0, y, width, height });
  drawWaveform(context, box(0, heights.waveform), result.sound, palette);

  let y = heights.waveform + gap;
  const image = pictureOf(spectrum, rgbOf(palette.sunken), rgbOf(palette.ink));
  const small = document.createElement('canvas');
  small.width = image.width;
  small.height = image.height;
  small.getContext('2d')!.putImageData(image, 0, 0);
  context.drawImage(small, 0, y, width, heights.spectrogram);

  y += heights.spectrogram + gap;
  context.fillStyle = palette.sunken;
  context.fillRect(0, y, width, heights.pitch);
  const own = pitchPoints(result.analysis);
  const model = voice?.analysis ? warpedPitch(voice.analysis, result.analysis) : [];
  const range = pitchRange([own, model]);
  drawPitch(context, box(y, heights.pitch), axis, model, range, palette.model, true);
  drawPitch(context, box(y, heights.pitch), axis, own, range, palette.accent, false);

  y += heights.pitch + gap;
  const lane = { axis, palette, strictness: strictness.value, selection };
  drawWords(context, result.analysis.words, { ...lane, box: box(y, heights.words) });
  y += heights.words + gap;
  drawPhones(context, result.analysis.words, { ...lane, box: box(y, heights.phones) });
}

/** A line that goes along while something of the take is played. */
function Cursor({ axisWidth, duration, from }: { axisWidth: number; duration: number; from: number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const step = (): void => {
      const at = playPosition();
      if (at !== null && line.current) line.current.style.transform = `translateX(${((from + at) / duration) * axisWidth}px)`;
      frame = requestAnimationFrame(step);
    };
    step();
    return () => cancelAnimationFrame(frame);
  }, [axisWidth, duration, from]);
  return <div ref={line} class="picture-cursor" />;
}

export function Picture(props: Props) {
  const { result, voice, selection, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [zoom, setZoom] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [loop, setLoop] = useState(false);
  const visible = useWidth(scroller);
  const duration = durationOf(result.sound);
  const width = Math.round(Math.min(8000, Math.max(visible, visible * zooms[zoom]!, zoom === 0 && visible < 600 ? duration * 260 : 0)));
  const spectrum = useMemo(() => spectrogram(result.sound, 1200), [result.sound]);
  const { words } = result.analysis;

  useEffect(() => {
    if (width > 0 && canvas.current) paint(canvas.current, props, width, spectrum);
  }, [result, voice, selection, width, spectrum, colours.value, strictness.value]);

  const tell = (chosen: Selection): void => {
    const word = words[chosen.word]!;
    const phone = chosen.phone === null ? null : word.phones[chosen.phone];
    announce(phone ? t('selected_sound', { ipa: phone.ipa, word: word.shown }) : t('selected_word', { word: word.shown }));
    onSelect(chosen);
  };
  const click = (event: MouseEvent): void => {
    const bounds = canvas.current!.getBoundingClientRect();
    const sounds = event.clientY - bounds.top > whole - heights.phones - gap / 2;
    const found = atTime(words, ((event.clientX - bounds.left) / bounds.width) * duration, sounds);
    if (found) tell(found);
  };
  const key = (event: KeyboardEvent): void => {
    const next = moved(words, selection, event.key);
    if (!next) return;
    event.preventDefault();
    tell(next);
    const x = (words[next.word]!.start_s / duration) * width;
    scroller.current?.scrollTo({ left: x - visible / 3 });
  };

  const span = selection === null ? null : selection.phone === null ? words[selection.word] : words[selection.word]?.phones[selection.phone];
  const from = span ? Math.max(0, span.start_s - 0.03) : 0;
  const on = playing.value === 'picture';
  const start = (): void => void play('picture', span ? ownPart(result, span) : result.sound, { speed, loop });
  return (
    <section class="picture" aria-labelledby="picture-title">
      <div class="picture-head">
        <h2 id="picture-title">{t('picture_title')}</h2>
        <div class="row">
          <button type="button" class="button small" aria-pressed={on} onClick={start}><Icon name="play" />{t('play')}</button>
          <button type="button" class="button small" aria-pressed={speed < 1} onClick={() => setSpeed(speed < 1 ? 1 : 0.6)}>{t('slow_replay')}</button>
          <button type="button" class="button small" aria-pressed={loop} onClick={() => setLoop(!loop)}><Icon name="repeat" />{t('picture_loop')}</button>
          <button type="button" class="button small round" aria-label={t('zoom_out')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}><Icon name="minus" /></button>
          <button type="button" class="button small round" aria-label={t('zoom_in')} disabled={zoom === zooms.length - 1} onClick={() => setZoom(zoom + 1)}><Icon name="plus" /></button>
        </div>
      </div>
      <div ref={scroller} class="picture-scroll" role="application" aria-label={t('picture_label')} aria-describedby="picture-hint" tabIndex={0} onKeyDown={key}>
        <div class="picture-inner" style={{ width: `${width}px`, height: `${whole}px` }}>
          <canvas ref={canvas} style={{ width: `${width}px`, height: `${whole}px` }} onClick={click} />
          {(on || playing.value.startsWith('own')) && <Cursor axisWidth={width} duration={duration} from={playing.value === 'own-all' ? 0 : from} />}
        </div>
      </div>
      <p class="picture-legend small quiet">
        <span class="key-own">{t('pitch')}: {t('pitch_yours')}</span>
        {voice?.analysis && <span class="key-model">{t('pitch')}: {t('pitch_model')}</span>}
        <span id="picture-hint">{t('picture_hint')}</span>
      </p>
    </section>
  );
}
