"""What the ear learns from: sentences held against texts that were changed, as the engine aligns them, in one file for each model."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from euphone_train.calibrate.engine import Task, align, analyse, inline_text
from euphone_train.data import splits
from euphone_train.data.audio_cache import read_audio
from euphone_train.data.corpora import Utterance, Word, read_mini_librispeech
from euphone_train.data.phones import phone_class
from euphone_train.diagnose.synthesis import KINDS, Listed, Synthesis, spoiled_text
from euphone_train.export import onnx_model
from euphone_train.score.segments import described, seconds_of, spans_of
from euphone_train.train.steps import save

RIGHT = 1.8  # Marks from here on (of 2): what was said is taken to be the expected phone.
_MOST_LETTERS = 100  # Of a native reading: long ones take their time and teach no more for it.


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A sentence held against a text: for each expected phone its description, what was said, and the plain reading of the posteriors."""

    name: str
    speaker: str
    described: np.ndarray  # float16 [phones, descriptor_width]
    phones: np.ndarray  # [phones] ids of what is expected
    said: np.ndarray  # [phones] class, or UNKNOWN
    extra: np.ndarray  # [phones] class, or UNKNOWN
    kinds: np.ndarray  # [phones] positions in KINDS
    marks: np.ndarray  # [phones] 0–2; not a number where nobody rated it
    plain: np.ndarray  # float16 [phones, classes] shares of the phones, column 0 nothing


def plain_reading(ctc: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """[phones, classes]: the engine's MeasureHeard (engine/score/evidence.h). Column 0 is how likely nothing was said; the others share
    1 among themselves."""
    rows, probabilities = [], np.exp(ctc)
    for begin, end in spans:
        part = probabilities[max(0, begin - 1) : end + 1]
        mass = part.sum(0)
        mass[1:] /= max(mass[1:].sum(), 1e-9)
        mass[0] = part[:, 0].min()
        rows.append(mass)
    return np.stack(rows)


def with_words(utterance: Utterance, listed: list[list[Listed]]) -> Utterance:
    words = tuple(replace(w, phones=tuple(p.symbol for p in phones)) for w, phones in zip(utterance.words, listed, strict=True))
    return replace(utterance, words=words)


def spoken_of(utterance: Utterance, listed: list[list[Listed]], document: dict, tables: tuple[np.ndarray, ...]) -> Spoken:
    """`utterance` has the marks and its own phones, `listed` what `document` was made with."""
    spans = spans_of(seconds_of(document, with_words(utterance, listed)), len(tables[1]))
    flat = [(w, p) for w, phones in enumerate(listed) for p in phones]
    marks = [
        utterance.words[w].phone_scores[p.origin] if p.origin is not None and utterance.words[w].phone_scores else np.nan for w, p in flat
    ]
    phones = np.array([phone_class(p.symbol) - 1 for _, p in flat])
    return Spoken(
        name=utterance.name,
        speaker=utterance.speaker,
        described=described(tables, spans, phones, np.array([w for w, _ in flat])),
        phones=phones,
        said=np.array([p.said for _, p in flat]),
        extra=np.array([p.extra for _, p in flat]),
        kinds=np.array([KINDS.index(p.kind) for _, p in flat]),
        marks=np.array(marks, dtype=np.float32),
        plain=plain_reading(tables[1], spans).astype(np.float16),
    )


def as_utterance(utterance: Utterance, document: dict) -> Utterance | None:
    """A native reading with the phones that the engine found in it; none where words are missing or too many, or it was not scored."""
    if document["verdict"] != "scored" or any(w["error"] in ("omitted", "inserted", "repeated") for w in document["words"]):
        return None
    words = tuple(
        Word(text=w["text"], phones=tuple(p["arpabet"] for p in w["phones"]), phone_scores=(), accuracy=10.0, stress=10.0, total=10.0)
        for w in document["words"]
    )
    return replace(utterance, words=words)


def native_utterances(program: Path, bundle: Path, corpus: Path, count: int) -> list[Utterance]:
    """About `count` short readings, spread over the readers that the acoustic model has heard."""
    dev = splits.native_dev_speakers()
    short = [u for u in read_mini_librispeech(corpus) if u.speaker not in dev and len(u.text) <= _MOST_LETTERS]
    chosen = short[:: max(1, len(short) // max(1, count))][:count]
    documents = analyse(program, bundle, [Task(name=u.name, audio=u.audio, text=u.text.lower()) for u in chosen])
    found = [as_utterance(u, documents[u.name]) for u in chosen if u.name in documents]
    return [u for u in found if u is not None]


def _known(word: Word) -> list[bool]:
    return [s >= RIGHT for s in word.phone_scores] if word.phone_scores else [True] * len(word.phones)


def _digest(bundle: Path, utterances: list[Utterance], synthesis: Synthesis, variants: int) -> str:
    names = json.dumps([[u.name for u in utterances], asdict(synthesis), variants])
    return hashlib.sha256((bundle / "model.onnx").read_bytes() + names.encode()).hexdigest()[:16]


def build(program: Path, bundle: Path, utterances: list[Utterance], synthesis: Synthesis, variants: int, cache: Path) -> list[Spoken]:
    """Each sentence `variants` times, spoiled anew; made once for each model file and kept in `cache`."""
    file = cache / f"spoken-{_digest(bundle, utterances, synthesis, variants)}.pt"
    if not file.is_file():
        texts = [_texts(utterances, synthesis, seed) for seed in range(variants)]
        documents = [
            align(
                program,
                bundle,
                [Task(name=u.name, audio=u.audio, text=inline_text(with_words(u, t).words)) for u, t in zip(utterances, text, strict=True)],
            )
            for text in texts
        ]
        runtime, spoken = onnx_model.session(bundle / "model.onnx"), []
        for i, u in enumerate(utterances):
            tables = onnx_model.run_all(runtime, read_audio(u.audio))
            spoken += [spoken_of(u, t[i], d[u.name], tables) for t, d in zip(texts, documents, strict=True) if u.name in d]
            if i % 500 == 499:
                print(f"{bundle.name}: {i + 1} of {len(utterances)} sentences described", flush=True)
        cache.mkdir(parents=True, exist_ok=True)
        save(file, [vars(s) for s in spoken])
    return [Spoken(**values) for values in torch.load(file, weights_only=False)]


def _texts(utterances: list[Utterance], synthesis: Synthesis, seed: int) -> list[list[list[Listed]]]:
    """The same for a sentence whichever others are there."""
    rngs = [np.random.default_rng((seed, zlib.crc32(u.name.encode()))) for u in utterances]
    return [spoiled_text([(w.phones, _known(w)) for w in u.words], synthesis, rng) for u, rng in zip(utterances, rngs, strict=True)]
