"""What the program says of held-out learners, beside the raters' marks: terms of the rules from analysis documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from euphone_train.calibrate.attach import scoring_digest
from euphone_train.calibrate.engine import Task, align, inline_text
from euphone_train.data import splits
from euphone_train.data.corpora import Utterance
from euphone_train.diagnose.certain import LEAST_SNR_DB, ODDS_LIMIT


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Items in step: terms [n, k], whether the recording lets anything be claimed, marks, speakers, folds."""

    terms: np.ndarray
    evident: np.ndarray
    marks: np.ndarray
    speakers: np.ndarray
    folds: np.ndarray


def log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.clip(np.log(kept / (1 - kept)), -ODDS_LIMIT, ODDS_LIMIT))


def phone_terms(phone: dict, word: dict) -> list[float]:
    """In the order of PHONE_TERMS, as engine/score/diagnosis.cc takes them."""
    name = phone["arpabet"].rstrip("012")
    share = sum(h["probability"] for h in phone["heard"] if h["arpabet"] == name)
    expected = log_odds(share * (1 - phone["nothing_probability"]))
    return [phone["score"], expected, phone["uncertainty"], phone["evidence"]["log_duration"], word["accuracy"]]


def word_terms(word: dict) -> list[float]:
    """In the order of WORD_TERMS."""
    return [word["accuracy"], min(p["score"] for p in word["phones"]), word["uncertainty"]]


def documents_of(program: Path, bundle: Path, utterances: list[Utterance], cache: Path) -> dict[str, dict]:
    """Kept in `cache` for each state of the bundle."""
    file = cache / f"documents-{bundle.name}-{scoring_digest(bundle, diagnosis=False)[:16]}.jsonl"
    if not file.is_file():
        documents = align(program, bundle, [Task(name=u.name, audio=u.audio, text=inline_text(u.words)) for u in utterances])
        cache.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text("".join(json.dumps(d) + "\n" for d in documents.values()), encoding="utf-8")
        part.replace(file)
    documents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {d["id"]: d for d in documents}


def by_fold(program: Path, folds: Path, utterances: list[Utterance], cache: Path) -> list[tuple[Utterance, dict, int]]:
    """Every learner's documents from the bundle that has not heard them."""
    found = []
    for fold, speakers in enumerate(splits.learner_folds()):
        mine = [u for u in utterances if u.speaker in speakers]
        documents = documents_of(program, folds / f"fold{fold}", mine, cache)
        found += [(u, documents[u.name], fold) for u in mine if documents.get(u.name, {}).get("verdict") == "scored"]
    return found


def evident(document: dict, text: dict) -> bool:
    """Whether anything may be claimed of a recording, as engine/score/diagnosis.cc has it."""
    quality = document["quality"]
    clean = quality["snr_db"] >= LEAST_SNR_DB and all(f["severity"] == "note" for f in quality["findings"])
    margin = document["fit"] - text.get("chance_share", 0.0) * document["chance_fit"]
    return clean and margin >= text["unsure_below"]


def pairs(utterance: Utterance, document: dict) -> list[tuple]:
    """(word of the corpus, word of the document) as far as it was read."""
    read = {w["script_word"]: w for w in document["words"] if w["phones"] and w["error"] != "repeated" and w["script_word"] is not None}
    return [(word, read[i]) for i, word in enumerate(utterance.words) if i in read]


def phones_of(found: list[tuple[Utterance, dict, int]], text: dict) -> Rows:
    return _table(
        (phone_terms(p, word), evident(d, text), mark, u.speaker, fold)
        for u, d, fold in found
        for rated, word in pairs(u, d)
        for p, mark in zip(word["phones"], rated.phone_scores, strict=True)
    )


def words_of(found: list[tuple[Utterance, dict, int]], text: dict) -> Rows:
    """The marks are the median of the raters: under 5 exactly where most of them are."""
    return _table(
        (word_terms(word), evident(d, text), rated.accuracy, u.speaker, fold) for u, d, fold in found for rated, word in pairs(u, d)
    )


def _table(rows) -> Rows:
    names = ("terms", "evident", "marks", "speakers", "folds")
    return Rows(**{name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})
