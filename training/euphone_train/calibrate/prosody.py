"""Where natives' melody ends and a learner's begins: the edges in engine/score/intonation.cc, and what they are worth.

Reads what the program says of native and of learners' readings, and prints as JSON: the range of pitch in stretches of eight words, the
movement at the end of statements and of questions, how both and the rhythm go with the raters' marks for prosody, and whether the pitch
curve tells the stressed syllable better than one frame at the vowel's centre. No training sees any of these figures.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from euphone_train.calibrate.engine import Task, analyse
from euphone_train.calibrate.fit import pearson
from euphone_train.calibrate.model import fit_prominence
from euphone_train.calibrate.rows import PROMINENCE
from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_mini_librispeech, read_speechocean

STRETCH = 8  # Words; learners' sentences have six to twelve.
FEWEST_FRAMES = 30
YES_NO = {"am", "are", "can", "could", "did", "do", "does", "is", "may", "shall", "was", "were", "will", "would"}
PRONOUNS = {"he", "i", "it", "she", "that", "there", "they", "this", "we", "you"}
WELL_SAID = 9  # Of 10: words whose stress is right by all accounts.

Readings = list[tuple[Utterance, dict]]


def readings(args: argparse.Namespace, utterances: list[Utterance]) -> Readings:
    """Scored documents of `limit` utterances, drawn at random."""
    drawn = random.Random(3).sample(utterances, min(args.limit, len(utterances)))
    documents = analyse(args.program, args.bundle, [Task(name=u.name, audio=u.audio, text=u.text.lower()) for u in drawn], scorer="gop")
    return [(u, documents[u.name]) for u in drawn if documents.get(u.name, {}).get("verdict") == "scored"]


def pitches(document: dict, start: float, end: float) -> np.ndarray:
    """Semitones of the voiced frames between two times."""
    curve = document["prosody"]["curve"]
    frames = curve["pitch_hz"][int(start / curve["step_s"]) : int(end / curve["step_s"])]
    return 12 * np.log2(np.array([hz for hz in frames if hz], dtype=float))


def span_of(document: dict, words: list[dict]) -> float | None:
    """5th to 95th percentile of the pitch in these words."""
    voice = np.concatenate([pitches(document, w["start_s"], w["end_s"]) for w in words])
    return float(np.subtract(*np.percentile(voice, [95, 5]))) if len(voice) >= FEWEST_FRAMES else None


def stretches(natives: Readings) -> Iterator[float]:
    for _, document in natives:
        words = [w for w in document["words"] if w["phones"]]
        for first in range(0, len(words) - STRETCH + 1, STRETCH):
            span = span_of(document, words[first : first + STRETCH])
            if span is not None:
                yield span


def asks(text: str) -> bool:
    first, second, *_ = [*text.lower().split(), "", ""]
    return first in YES_NO and second in PRONOUNS


def movements(some: Readings, questions: bool) -> np.ndarray:
    """How far the voice moves at the end of each reading; corpora have no punctuation, so all end with their text."""
    ends = [s["ends"][-1:] for u, d in some if asks(u.text) == questions for s in d["prosody"]["sentences"]]
    return np.array([end["semitones"] for last in ends for end in last])


def quantiles(values: np.ndarray | list[float]) -> dict:
    return {"count": len(values)} | {f"{share} %": round(float(np.percentile(values, share)), 2) for share in (1, 5, 25, 50, 75, 95)}


def with_marks(learners: Readings) -> dict:
    """Correlation of each measure with the raters' median for prosody, of sentences long enough."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for u, d in learners:
        sentence = d["prosody"]["sentences"][0]
        if sentence["monotone"] is None or u.prosodic is None:
            continue
        values = (d["prosody"]["rhythm"] or {}) | {k: d["tempo"][k] for k in ("articulation_rate", "pause_ratio", "mean_run")}
        values["range_semitones"] = sentence["range_semitones"]
        for name, value in values.items():
            rows.setdefault(name, []).append((value, u.prosodic))
        rows.setdefault("monotone", []).append((float(sentence["monotone"]), u.prosodic))
    return {name: {"count": len(pairs), "r": round(pearson(*np.array(pairs).T), 3)} for name, pairs in rows.items()}


def nuclei(some: Readings, well_said: bool) -> Iterator[tuple[np.ndarray, int]]:
    """Of each word of two or more syllables, one of them stressed: [syllables, terms and the curve's mean], and which it is."""
    for u, document in some:
        for word in document["words"]:
            stresses = [s["stress_expected"] for s in word["syllables"]]
            if len(stresses) < 2 or stresses.count(1) != 1 or word["origin"] != "lexicon":
                continue
            if well_said and min(u.words[word["script_word"]].accuracy, u.words[word["script_word"]].stress) < WELL_SAID:
                continue
            vowels = [word["phones"][s["nucleus"]] for s in word["syllables"]]
            voices = [pitches(document, v["start_s"], v["end_s"] + 0.01) for v in vowels]
            means = np.array([v.mean() if len(v) else np.nan for v in voices])
            centre = np.nanmean(means) if np.isfinite(means).any() else 0.0
            terms = np.array([[s["prominence"][t] for t in PROMINENCE] for s in word["syllables"]])
            yield np.column_stack([terms, np.nan_to_num(means - centre)]), stresses.index(1)


def hear(words: list[tuple[np.ndarray, int]], columns: list[int], weights: np.ndarray, margin: float) -> dict:
    """Share of words whose strongest syllable is the dictionary's; share in which it is told, and told right."""
    first, told, right = 0, 0, 0
    for terms, stressed in words:
        strength = np.sort(values := terms[:, columns] @ weights)
        hit = int(values.argmax()) == stressed
        first += hit
        told += (called := strength[-1] - strength[-2] >= margin)
        right += called and hit
    shares = {"strongest": first / len(words), "told": told / len(words), "right": right / max(1, told)}
    return {"words": len(words)} | {name: round(share, 4) for name, share in shares.items()}


def stress(natives: Readings, learners: Readings) -> dict:
    """Fitted on natives that the acoustic model may know, judged on the others and on learners."""
    dev = splits.native_dev_speakers()
    seen = list(nuclei([r for r in natives if r[0].speaker not in dev], False))
    judged = {"natives held out": [r for r in natives if r[0].speaker in dev], "learners, well said": learners}
    figures = {}
    for name, columns in {"one frame": [0, 1, 2], "mean of the curve": [0, 1, 3], "no pitch": [0, 1]}.items():
        pairs = np.concatenate([np.delete(t[s] - t, s, 0)[:, columns] for t, s in seen])
        model, margin, _ = fit_prominence(pairs)
        figures[name] = {who: hear(list(nuclei(rows, rows is learners)), columns, model.weights, margin) for who, rows in judged.items()}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m euphone_train.calibrate.prosody", description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the built euphone program")
    parser.add_argument("--bundle", type=Path, required=True, help="the bundle that is shipped")
    parser.add_argument("--native", type=Path, required=True, help="mini LibriSpeech")
    parser.add_argument("--learners", type=Path, required=True, help="speechocean762")
    parser.add_argument("--limit", type=int, default=600, help="readings of each corpus")
    args = parser.parse_args()
    natives, learners = readings(args, read_mini_librispeech(args.native)), readings(args, read_speechocean(args.learners))
    sentences = [s for _, d in learners for s in d["prosody"]["sentences"]]
    figures = {
        "readings": {"natives": len(natives), "learners": len(learners)},
        "range of natives, eight words": quantiles(list(stretches(natives))),
        "range of learners, six words and more": quantiles([s["range_semitones"] for s in sentences if s["monotone"] is not None]),
        "of those monotone": round(float(np.mean([s["monotone"] for s in sentences if s["monotone"] is not None])), 3),
        "end of statements, natives": quantiles(movements(natives, False)),
        "end of statements, learners": quantiles(movements(learners, False)),
        "end of questions, learners": quantiles(movements(learners, True)),
        "with the raters' marks for prosody": with_marks(learners),
        "stress": stress(natives, learners),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
