"""Analysis documents and human labels, side by side, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from euphone_train.data.corpora import Utterance

EVIDENCE = ("ctc_posterior", "ctc_ratio", "frame_posterior", "frame_ratio", "frame_share", "log_duration")
TEMPO = ("speech_rate", "articulation_rate", "pause_ratio", "log_mean_run", "disfluencies")
NATIVE = 98.0  # What a native reader is taken to deserve as sentence accuracy and fluency.
PROMINENCE = ("log_duration", "level_db", "pitch_semitones")


@dataclass(kw_only=True)
class SentenceRow:
    """`phone_*` run over all phones of the words that were found; `words` indexes them: (first, count, label 0–100)."""

    name: str
    speaker: str
    phones: list[str] = field(default_factory=list)
    evidence: list[list[float]] = field(default_factory=list)
    labels: list[float] = field(default_factory=list)
    words: list[tuple[int, int, float]] = field(default_factory=list)
    omitted: list[tuple[tuple[float, ...], float]] = field(default_factory=list)  # phones' and word's labels
    tempo: list[float] = field(default_factory=list)
    fit: float = 0.0
    accuracy: float = 0.0
    fluency: float | None = None


def sentence_row(document: dict, utterance: Utterance, fluency: float | None) -> SentenceRow:
    """Labels are brought to 0–100: phones ×50, words and sentences ×10."""
    row = SentenceRow(
        name=utterance.name,
        speaker=utterance.speaker,
        fit=document["fit"],
        accuracy=10 * (utterance.accuracy or 0.0),
        fluency=None if fluency is None else 10 * fluency,
    )
    row.tempo = _tempo(document)
    for word in document["words"]:
        if word["script_word"] is None or word["error"] == "repeated":
            continue
        label = utterance.words[word["script_word"]]
        if not word["phones"]:
            row.omitted.append((tuple(50 * s for s in label.phone_scores), 10 * label.accuracy))
            continue
        row.words.append((len(row.phones), len(word["phones"]), 10 * label.accuracy))
        for phone, score in zip(word["phones"], label.phone_scores, strict=True):
            row.phones.append(phone["arpabet"].rstrip("012"))
            row.evidence.append([phone["evidence"][term] for term in EVIDENCE])
            row.labels.append(50 * score)
    return row


def native_row(document: dict, speaker: str) -> SentenceRow:
    """A reading by a native speaker, taken for as good as can be; its phones and words have no labels."""
    row = SentenceRow(name=document["id"], speaker=speaker, fit=document["fit"], accuracy=NATIVE, fluency=NATIVE)
    row.tempo = _tempo(document)
    for word in document["words"]:
        if word["script_word"] is None or word["error"] == "repeated":
            continue
        if not word["phones"]:
            row.omitted.append(((), NATIVE))
            continue
        row.words.append((len(row.phones), len(word["phones"]), NATIVE))
        for phone in word["phones"]:
            row.phones.append(phone["arpabet"].rstrip("012"))
            row.evidence.append([phone["evidence"][term] for term in EVIDENCE])
    return row


def _tempo(document: dict) -> list[float]:
    tempo = document["tempo"]
    return [
        tempo["speech_rate"],
        tempo["articulation_rate"],
        tempo["pause_ratio"],
        float(np.log1p(tempo["mean_run"])),
        tempo["disfluencies"],
    ]


def prominence_pairs(document: dict) -> np.ndarray:
    """For words of two or more syllables with one primary stress: its prominence minus each other syllable's, [n, 3]."""
    pairs = []
    for word in document["words"]:
        stressed = [s for s in word["syllables"] if s["stress_expected"] == 1]
        if len(stressed) != 1 or len(word["syllables"]) < 2 or word["origin"] != "lexicon":
            continue
        winner = [stressed[0]["prominence"][t] for t in PROMINENCE]
        pairs += [
            [w - s["prominence"][t] for w, t in zip(winner, PROMINENCE, strict=True)] for s in word["syllables"] if s is not stressed[0]
        ]
    return np.array(pairs).reshape(-1, len(PROMINENCE))
