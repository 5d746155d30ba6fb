import { Fragment, type ComponentChild } from 'preact';
import { t } from '../../i18n';
import { bandClass, bandKey, shownBand, shownWord } from '../../state/bands';
import { strictness } from '../../state/settings';
import type { Attempt } from './attempt';
import type { Lights } from './lights';
import { shine } from './live';
import { selectWord } from './selected';

interface Piece {
  text: string;
  /** Words said for it; none: what stands between words. */
  words: number[];
}

/** The text cut at the tokens of its words. */
function piecesOf(text: string, spans: readonly { start_utf16: number; end_utf16: number }[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  spans.forEach((span, word) => {
    const last = pieces.at(-1);
    if (last && span.end_utf16 <= at) {
      last.words.push(word);
      return;
    }
    if (span.start_utf16 > at) pieces.push({ text: text.slice(at, span.start_utf16), words: [] });
    pieces.push({ text: text.slice(span.start_utf16, span.end_utf16), words: [word] });
    at = span.end_utf16;
  });
  if (at < text.length) pieces.push({ text: text.slice(at), words: [] });
  return pieces;
}

/** Pieces that stay on one line, as a word and its comma do; each group but the last ends with its space. */
function unbroken(pieces: readonly Piece[]): { pieces: Piece[]; space: string }[] {
  const groups = [{ pieces: [] as Piece[], space: '' }];
  for (const piece of pieces) {
    const parts = piece.words.length > 0 ? [piece.text] : piece.text.split(/(\s+)/).filter(Boolean);
    for (const part of parts) {
      if (/^\s+$/.test(part)) {
        groups.at(-1)!.space = part;
        groups.push({ pieces: [], space: '' });
      } else {
        groups.at(-1)!.pieces.push({ text: part, words: piece.words });
      }
    }
  }
  return groups;
}

/** While somebody reads: words take colour as they are said. Nothing changes its size. */
export function LiveSentence({ text, lights = shine }: { text: string; lights?: Lights }) {
  return (
    <p class="sentence" lang="en" dir="ltr">
      {piecesOf(text, lights.words.value).map((piece, i) => {
        const word = piece.words[0];
        if (word === undefined) return piece.text;
        const light = lights.lights.value.get(word);
        const shown = light && shownWord(light, strictness.value);
        const classes = ['word', shown && bandClass(shown), light?.provisional && 'provisional', piece.words.includes(lights.current.value ?? -1) && 'current'];
        return <span key={i} class={classes.filter(Boolean).join(' ')} data-word={word}>{piece.text}</span>;
      })}
    </p>
  );
}

/** After reading: each word is a button that opens it. */
function JudgedSentence({ text, attempt }: { text: string; attempt: Attempt }) {
  const judged = new Map<number, { result: number; word: number }>();
  attempt.sentences.forEach((result, r) => {
    result.analysis.words.forEach((word, w) => {
      if (word.script_word !== null && word.error !== 'repeated') judged.set(result.firstWord + word.script_word, { result: r, word: w });
    });
  });
  const piece = ({ text: shownText, words: own }: Piece, i: number): ComponentChild => {
    const place = own.map((word) => judged.get(word)).find((one) => one !== undefined);
    if (!place) return <span key={i}>{shownText}</span>;
    const word = attempt.sentences[place.result]!.analysis.words[place.word]!;
    const shown = shownWord(word, strictness.value);
    const label = t('word_status', { word: shownText, band: t(bandKey(shown)) });
    return (
      <button key={i} type="button" class={`word ${bandClass(shown)}`} aria-label={label} title={t(bandKey(shown))}
        onClick={() => selectWord(place.result, place.word)}>
        {shownText}
      </button>
    );
  };
  return (
    <p class="sentence" lang="en" dir="ltr">
      {unbroken(piecesOf(text, attempt.words)).map((group, i) => (
        <Fragment key={i}><span class="unbroken">{group.pieces.map(piece)}</span>{group.space}</Fragment>
      ))}
    </p>
  );
}

export function Sentence({ text, attempt }: { text: string; attempt: Attempt | null }) {
  return attempt ? <JudgedSentence text={text} attempt={attempt} /> : <LiveSentence text={text} />;
}

/** What the lines under words mean. */
export function Legend() {
  const all = ['clear', 'slightly_accented', 'hard_to_understand', 'not_as_written', 'not_sure'] as const;
  const seen = all.filter((band) => shownBand(band, strictness.value) === band);
  return (
    <details class="legend">
      <summary>{t('legend')}</summary>
      <ul>
        {seen.map((band) => <li key={band}><span class={`word ${bandClass(band)}`}>{t(bandKey(band))}</span></li>)}
        <li><span class="word band-clear provisional">{t('band_provisional')}</span></li>
      </ul>
    </details>
  );
}
