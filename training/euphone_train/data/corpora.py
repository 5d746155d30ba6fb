"""Readers of speechocean762 and mini LibriSpeech, in the compact layout and in the original OpenSLR layouts."""

from __future__ import annotations

import csv
import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Word:
    """A read word with its raters' marks; `phones` are canonical ARPAbet, `phone_scores` 0 (wrong) to 2 (right)."""

    text: str
    phones: tuple[str, ...]
    phone_scores: tuple[float, ...]
    accuracy: float
    stress: float
    total: float


@dataclass(frozen=True, kw_only=True)
class Utterance:
    name: str
    speaker: str
    text: str
    audio: Path
    age: int | None = None
    gender: str | None = None
    words: tuple[Word, ...] = field(default=())
    accuracy: float | None = None  # The raters' median.
    published_accuracy: float | None = None  # The same, but where the published release has a rule's value instead.
    fluency: float | None = None
    prosodic: float | None = None
    total: float | None = None


def _word(entry: dict) -> Word:
    phones = entry["phones"]
    return Word(
        text=entry["text"],
        phones=tuple(phones.split() if isinstance(phones, str) else phones),
        phone_scores=tuple(float(s) for s in entry["phones-accuracy"]),
        accuracy=float(entry["accuracy"]),
        stress=float(entry["stress"]),
        total=float(entry["total"]),
    )


def read_speechocean(root: Path, half: str = "train") -> list[Utterance]:
    """Accepts `root/scores.jsonl` + `root/audio/*.opus`, or OpenSLR 101 as unpacked (root holds train/ test/ resource/)."""
    compact = root / "scores.jsonl"
    if compact.is_file():
        with compact.open(encoding="utf-8") as lines:
            return [_compact_utterance(root, json.loads(line)) for line in lines]
    scores_file = root / "resource" / "scores.json"
    if not scores_file.is_file():
        raise FileNotFoundError(f"{root}: neither scores.jsonl nor resource/scores.json; is this speechocean762?")
    scores = json.loads(scores_file.read_text(encoding="utf-8"))
    table = {n: _kaldi_table(root / half / n) for n in ("wav.scp", "utt2spk", "spk2age", "spk2gender")}
    utterances = []
    for name, wav in sorted(table["wav.scp"].items()):
        speaker, entry = table["utt2spk"][name], scores[name]
        utterances.append(
            Utterance(
                name=name,
                speaker=speaker,
                text=entry["text"],
                audio=root / wav,
                age=int(table["spk2age"][speaker]),
                gender=table["spk2gender"][speaker],
                words=tuple(_word(w) for w in entry["words"]),
                accuracy=float(entry["accuracy"]),
                **_published(entry),
            )
        )
    return utterances


def _compact_utterance(root: Path, entry: dict) -> Utterance:
    return Utterance(
        name=entry["utt"],
        speaker=entry["speaker"],
        text=entry["text"],
        audio=root / "audio" / f"{entry['utt']}.opus",
        age=entry["age"],
        gender=entry["gender"],
        words=tuple(_word(w) for w in entry["words"]),
        accuracy=_sentence_accuracy(entry),
        **_published(entry),
    )


def _published(entry: dict) -> dict[str, float]:
    """Sentence scores as the published release has them, 0–10."""
    scores = {name: float(entry[name]) for name in ("fluency", "prosodic", "total")}
    return scores | {"published_accuracy": float(entry["accuracy"])}


def _sentence_accuracy(entry: dict) -> float:
    """The raters' median; in the published release a rule replaced it for some sentences."""
    marks = entry.get("accuracy_before_overwrite")
    return float(statistics.median(marks)) if marks else float(entry["accuracy"])


def _kaldi_table(file: Path) -> dict[str, str]:
    pairs = (line.split(maxsplit=1) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return {key: value.strip() for key, value in pairs}


def read_mini_librispeech(root: Path) -> list[Utterance]:
    """Accepts `root/text.tsv` + `root/audio/*.opus`, or an OpenSLR 31 tree of *.trans.txt and *.flac anywhere below."""
    compact = root / "text.tsv"
    if compact.is_file():
        genders = {row["speaker"]: row["gender"] for row in _tsv(root / "speakers.tsv")}
        return [
            Utterance(
                name=row["utt"],
                speaker=row["speaker"],
                text=row["text"],
                audio=root / "audio" / f"{row['utt']}.opus",
                gender=genders[row["speaker"]],
            )
            for row in _tsv(compact)
        ]
    transcripts = sorted(root.rglob("*.trans.txt"))
    if not transcripts:
        raise FileNotFoundError(f"{root}: neither text.tsv nor *.trans.txt; is this mini LibriSpeech?")
    utterances = []
    for transcript in transcripts:
        for name, text in _kaldi_table(transcript).items():
            speaker = name.split("-")[0]
            audio = transcript.parent / f"{name}.flac"
            utterances.append(Utterance(name=name, speaker=speaker, text=text, audio=audio))
    return utterances


def _tsv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_clean(utterance: Utterance) -> bool:
    """A learner's sentence that may be learned as if native: at most one phone rated below 1."""
    return sum(score < 1.0 for word in utterance.words for score in word.phone_scores) <= 1
