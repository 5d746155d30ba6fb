"""Boundary error of forced alignment on synthetic speech whose true boundaries are known.

flite prints when each phone of its output ends. Its phone sequence is aligned to its audio with the `frames` output
(and, for comparison, with cuts half way between CTC spikes), and every boundary is compared.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from euphone_train.align.viterbi import best_path, ctc_graph, midpoint_spans, spans, speech_graph
from euphone_train.data.audio_cache import RATE_HZ, read_audio
from euphone_train.data.phones import phone_class
from euphone_train.models.encoder import FINE_FIRST_CENTRE_SAMPLE, FINE_HOP_SAMPLES

VOICES = ("slt", "rms", "awb")
_SILENT = "pau"
Posteriors = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A synthetic clip: phones by word and [phones, 2] true start and end in seconds."""

    pcm: np.ndarray
    words: list[list[int]]
    times: np.ndarray


@dataclass(frozen=True, kw_only=True)
class BoundaryError:
    """Mean absolute differences in milliseconds and the mean signed difference (positive: ours is later)."""

    phone_ms: float
    word_ms: float
    bias_ms: float
    within_20_ms: float
    phones: int


def _flite(voice: str, text: str, wav: Path) -> list[tuple[str, float]]:
    command = ["flite", "-voice", voice, "-t", text, "-psdur", "-o", str(wav)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(name, float(end)) for name, end in re.findall(r"(\w+):([\d.]+)", output)]


def _class_of(flite_phone: str) -> int:
    return phone_class({"ax": "AH"}.get(flite_phone, flite_phone.upper()))


def phrases(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def synthesise(voice: str, text: str, folder: Path) -> Spoken | None:
    """None when the phones of the sentence are not those of its words spoken alone, so words cannot be told apart."""
    wav = folder / f"{voice}.wav"
    counts = [sum(name != _SILENT for name, _ in _flite(voice, word, wav)) for word in re.findall(r"[A-Za-z']+", text)]
    segments = _flite(voice, text, wav)
    starts = [0.0] + [end for _, end in segments[:-1]]
    spoken = [(_class_of(n), s, e) for (n, e), s in zip(segments, starts, strict=True) if n != _SILENT]
    if sum(counts) != len(spoken):
        return None
    words, at = [], 0
    for count in counts:
        words.append([c for c, _, _ in spoken[at : at + count]])
        at += count
    return Spoken(pcm=read_audio(wav), words=words, times=np.array([[s, e] for _, s, e in spoken]))


def seconds(frame_spans: np.ndarray) -> np.ndarray:
    """Frame spans [phones, 2] to seconds; the boundary before frame i lies half a hop before its centre."""
    samples = FINE_FIRST_CENTRE_SAMPLE + frame_spans * FINE_HOP_SAMPLES - FINE_HOP_SAMPLES / 2
    return np.maximum(samples, 0.0) / RATE_HZ


def align_frames(words: list[list[int]], frames: np.ndarray) -> np.ndarray | None:
    """[phones, 2] frame spans by Viterbi over framewise log probabilities."""
    graph = speech_graph(words)
    found = best_path(graph, frames)
    return None if found is None else spans(found[0], graph, sum(map(len, words)))


def align_ctc(words: list[list[int]], ctc: np.ndarray) -> np.ndarray | None:
    """[phones, 2] frame spans cut half way between CTC spikes."""
    phones = [p for w in words for p in w]
    graph = ctc_graph(phones)
    found = best_path(graph, ctc)
    return None if found is None else midpoint_spans(spans(found[0], graph, len(phones)), len(ctc))


def compare(clips: list[Spoken], found: list[np.ndarray]) -> BoundaryError:
    """A boundary is the start of every phone, and the end of every phone before a pause or the end."""
    differences, at_word = [], []
    for clip, span in zip(clips, found, strict=True):
        ours, first = seconds(span), np.zeros(len(span), bool)
        first[np.cumsum([0] + [len(w) for w in clip.words[:-1]])] = True
        last = np.r_[first[1:], True]
        before_pause = np.r_[clip.times[1:, 0] > clip.times[:-1, 1] + 1e-6, True]
        differences += [ours[:, 0] - clip.times[:, 0], (ours[:, 1] - clip.times[:, 1])[before_pause]]
        at_word += [(ours[:, 0] - clip.times[:, 0])[first], (ours[:, 1] - clip.times[:, 1])[last]]
    all_ms, word_ms = np.concatenate(differences) * 1000, np.concatenate(at_word) * 1000
    return BoundaryError(
        phone_ms=float(np.abs(all_ms).mean()),
        word_ms=float(np.abs(word_ms).mean()),
        bias_ms=float(all_ms.mean()),
        within_20_ms=float((np.abs(all_ms) <= 20).mean()),
        phones=sum(len(c.times) for c in clips),
    )


def boundary_errors(clips: list[Spoken], posteriors: Posteriors) -> dict[str, BoundaryError]:
    """`posteriors` gives CTC and frame log probabilities [frames, 40] of a clip."""
    outputs = [posteriors(c.pcm) for c in clips]
    results = {}
    for name, align, column in (("frames", align_frames, 1), ("ctc midpoints", align_ctc, 0)):
        found = [align(c.words, o[column]) for c, o in zip(clips, outputs, strict=True)]
        kept = [(c, f) for c, f in zip(clips, found, strict=True) if f is not None]
        results[name] = compare([c for c, _ in kept], [f for _, f in kept])
    return results
