"""What the scorer learns from: every rated sentence as the engine aligns it and as the bundle's int8 model hears it, in one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from euphone_train.calibrate.engine import Task, align, inline_text
from euphone_train.data import splits
from euphone_train.data.audio_cache import read_audio
from euphone_train.data.corpora import Utterance
from euphone_train.data.phones import phone_class
from euphone_train.export import onnx_model
from euphone_train.models.ear import Ear
from euphone_train.models.encoder import FINE_FIRST_CENTRE_SAMPLE, FINE_HOP_SAMPLES
from euphone_train.models.scorer import EDGE_FRAMES, describe
from euphone_train.train.steps import save


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence: `described` float16 [phones, descriptor_width], with an ear [phones, input_width]; ids and words int64 [phones], its
    labels on the raters' scales."""

    name: str
    speaker: str
    described: np.ndarray
    phones: np.ndarray
    words: np.ndarray
    phone_labels: np.ndarray  # [phones] 0–2
    word_labels: np.ndarray  # [words, 3] accuracy, stress, total, 0–10
    labels: np.ndarray  # [4] accuracy, fluency, prosodic, total, 0–10


def frame_before(seconds: float) -> int:
    """The frame that begins at a boundary the engine reports."""
    return max(0, round((seconds * 16_000 + FINE_HOP_SAMPLES / 2 - FINE_FIRST_CENTRE_SAMPLE) / FINE_HOP_SAMPLES))


def seconds_of(document: dict, utterance: Utterance) -> np.ndarray:
    """[phones, 2] begin and end of the words that count. Raises ValueError where the engine and the corpus tell different phones."""
    read = {w["script_word"]: w for w in document["words"] if w["phones"] and w["error"] != "repeated" and w["script_word"] is not None}
    spans = []
    for i, word in enumerate(utterance.words):
        heard = read[i]["phones"] if i in read else []
        if [p["arpabet"].rstrip("012") for p in heard] != [p.rstrip("012") for p in word.phones]:
            raise ValueError(f"{utterance.name}: the engine aligned other phones than the corpus has in word {i + 1}")
        spans += [(p["start_s"], p["end_s"]) for p in heard]
    return np.array(spans)


def spans_of(seconds: np.ndarray, frames: int) -> np.ndarray:
    """[phones, 2] frames [begin, end) of a clip of so many, none empty."""
    table = np.array([[frame_before(s) for s in pair] for pair in seconds])
    table[:, 0] = np.minimum(table[:, 0], frames - 1)
    table[:, 1] = np.clip(table[:, 1], table[:, 0] + 1, frames)
    return table


def cut_to_sentence(tables: tuple[np.ndarray, ...], spans: np.ndarray) -> tuple[tuple[torch.Tensor, ...], np.ndarray]:
    """`tables`: features, CTC and frame log-probabilities of the whole recording. What the engine shows to the scorer of them, and
    the spans within that."""
    begin, end = max(0, spans[0, 0] - EDGE_FRAMES), min(len(tables[1]), spans[-1, 1] + EDGE_FRAMES)
    return tuple(torch.from_numpy(t[begin:end]) for t in tables), spans - begin


def described(tables: tuple[np.ndarray, ...], spans: np.ndarray, phones: np.ndarray, words: np.ndarray) -> np.ndarray:
    """[phones, descriptor_width] float16; `tables` as for cut_to_sentence."""
    cut, spans = cut_to_sentence(tables, spans)
    with torch.no_grad():
        rows = describe(*cut, torch.from_numpy(spans), torch.from_numpy(phones), torch.from_numpy(words))
    return rows.half().numpy()


def labelled(utterance: Utterance) -> Sentence:
    """Not described yet."""
    phones = np.array([phone_class(p) - 1 for w in utterance.words for p in w.phones])
    words = np.repeat(np.arange(len(utterance.words)), [len(w.phones) for w in utterance.words])
    return Sentence(
        name=utterance.name,
        speaker=utterance.speaker,
        described=np.zeros((len(phones), 0), dtype=np.float16),
        phones=phones,
        words=words,
        phone_labels=np.array([s for w in utterance.words for s in w.phone_scores], dtype=np.float32),
        word_labels=np.array([(w.accuracy, w.stress, w.total) for w in utterance.words], dtype=np.float32),
        labels=np.array([utterance.published_accuracy, utterance.fluency, utterance.prosodic, utterance.total], dtype=np.float32),
    )


def _described(s: Sentence, seconds: np.ndarray, tables: tuple[np.ndarray, ...]) -> Sentence:
    return replace(s, described=described(tables, spans_of(seconds, len(tables[1])), s.phones, s.words))


def digest(bundle: Path, utterances: list[Utterance]) -> str:
    """Of the model that describes and the names of what it describes: 16 hexadecimal digits."""
    return hashlib.sha256((bundle / "model.onnx").read_bytes() + json.dumps([u.name for u in utterances]).encode()).hexdigest()[:16]


def build(program: Path, bundle: Path, utterances: list[Utterance], cache: Path) -> list[Sentence]:
    """All sentences; made once for each model file and kept in `cache`."""
    file = cache / f"segments-{digest(bundle, utterances)}.pt"
    if not file.is_file():
        documents = align(program, bundle, [Task(name=u.name, audio=u.audio, text=inline_text(u.words)) for u in utterances])
        runtime = onnx_model.session(bundle / "model.onnx")
        sentences = []
        for i, u in enumerate(utterances):
            if u.name in documents:
                tables = onnx_model.run_all(runtime, read_audio(u.audio))
                sentences.append(_described(labelled(u), seconds_of(documents[u.name], u), tables))
            if i % 250 == 249:
                print(f"{bundle.name}: {i + 1} of {len(utterances)} sentences described", flush=True)
        cache.mkdir(parents=True, exist_ok=True)
        save(file, [vars(s) for s in sentences])
    return [Sentence(**values) for values in torch.load(file, weights_only=False)]


@torch.no_grad()
def heard_by(ear: Ear, sentences: list[Sentence]) -> list[Sentence]:
    """The sentences with the ear's evidence beside each description."""

    def with_evidence(s: Sentence) -> Sentence:
        described = torch.from_numpy(s.described.astype(np.float32))
        evidence = ear.evidence(described[None], torch.from_numpy(s.phones)[None])[0]
        return replace(s, described=np.concatenate((s.described, evidence.half().numpy()), 1))

    return [with_evidence(s) for s in sentences]


def for_fold(
    program: Path, bundle: Path, utterances: list[Utterance], cache: Path, fold: int | None
) -> tuple[list[Sentence], list[Sentence]]:
    """(to learn from, held out); nothing is held out without a fold."""
    return splits.parted(build(program, bundle, utterances, cache), fold)
