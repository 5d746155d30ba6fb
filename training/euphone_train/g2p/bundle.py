"""Writes the bundle folder: the int8 model, its self-test, its measured figures, the manifest."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from .data import Entry, load_split, without_relatives
from .evaluate import score
from .export import export_int8, load_trained
from .runtime import OnnxG2p
from .symbols import ALPHABET, encode_word

_ROLES = {
    "g2p.onnx": "model",
    "self_test/letters.i64": "self_test",
    "self_test/ctc.f32": "self_test",
    "self_test/words.json": "self_test",
    "LICENSE.cmudict": "licence",
    "MODEL_CARD.md": "card",
}
_SELF_TEST_WORD = "o'shaughnessy's"
_SELF_TEST_WORDS = (
    "a", "q", "ng", "euphone", "o'brien's", "mr.", "kubernetes", "instagrammed", "rethinking", "blockchain",
    "zuckerberg", "ngozi", "yvonne's", "shampooing", "unfriended", "antidisestablishmentarianism",
)  # fmt: skip
# Processors round 8-bit sums differently; a wrong export is off by far more.
_TOLERANCE = 0.05


def accuracy_rows(model: OnnxG2p, entries: Sequence[Entry], data: str) -> list[dict[str, str | float]]:
    """Returns the four figures of the model on the entries, in the manifest's form."""
    guesses = [model.pronounce(entry.word) for entry in entries]
    values: dict[str, float] = {}
    for stress, name in ((False, "without stress"), (True, "with stress")):
        figures = score(entries, guesses, stress=stress)
        values[f"word accuracy {name}"] = figures.word_accuracy
        values[f"phone error rate {name}"] = figures.phone_error_rate
    return [{"measure": measure, "value": round(value, 2), "unit": "%", "data": data} for measure, value in values.items()]


def test_accuracy(model: OnnxG2p, dictionary: Path) -> list[dict[str, str | float]]:
    """Returns the figures on all test headwords, then on those without a relative in training."""
    test = load_split(dictionary, "test")
    strangers = without_relatives(test, load_split(dictionary, "train"))
    everything = f"CMUdict test split, {len(test)} headwords, any listed variant"
    harder = f"the {len(strangers)} of the test headwords that share no stem with a training headword"
    return accuracy_rows(model, test, everything) + accuracy_rows(model, strangers, harder)


def _write_self_test(model: OnnxG2p, out: Path) -> None:
    folder = out / "self_test"
    folder.mkdir(exist_ok=True)
    np.asarray(encode_word(_SELF_TEST_WORD), dtype="<i8").tofile(folder / "letters.i64")
    np.asarray(model.log_probs(_SELF_TEST_WORD), dtype="<f4").tofile(folder / "ctc.f32")
    words = {word: " ".join(model.pronounce(word)) for word in (*_SELF_TEST_WORDS, _SELF_TEST_WORD)}
    (folder / "words.json").write_text(json.dumps(words, indent=2) + "\n", encoding="utf-8")


def _file_row(out: Path, path: str) -> dict[str, str | int]:
    content = (out / path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path, "role": _ROLES[path], "bytes": len(content), "sha256": digest}


def write_bundle(run: Path, dictionary: Path, classes: Sequence[str], out: Path, version: str) -> None:
    """Exports the model of the folder run into the bundle folder out and measures it there.

    out must already hold LICENSE.cmudict and MODEL_CARD.md, which people write.
    """
    for name in ("LICENSE.cmudict", "MODEL_CARD.md"):
        if not (out / name).is_file():
            raise FileNotFoundError(f"{out / name} is missing; a bundle needs its licence text and its card")
    export_int8(load_trained(run), out / "g2p.onnx")
    model = OnnxG2p(out / "g2p.onnx", classes)
    _write_self_test(model, out)
    manifest = {
        "format": 1,
        "kind": "g2p",
        "name": out.resolve().name,
        "version": version,
        "language": "en-US",
        "summary": "Pronunciations with stress for English words that the dictionary does not list.",
        "files": [_file_row(out, path) for path in _ROLES],
        "g2p": {
            "input": "letters",
            "output": "log_probs",
            "letters": list(ALPHABET),
            "classes": list(classes),
        },
        "self_test": {
            "input": "self_test/letters.i64",
            "expected": {"ctc": "self_test/ctc.f32"},
            "tolerance": _TOLERANCE,
        },
        "licences": [
            {
                "part": "weights, trained on the CMU Pronouncing Dictionary",
                "spdx": "BSD-2-Clause",
                "holder": "Carnegie Mellon University",
                "file": "LICENSE.cmudict",
            }
        ],
        "provenance": {
            "created": date.today().isoformat(),
            "made_by": "python -m euphone_train.g2p bundle",
            "config_sha256": hashlib.sha256((run / "model.json").read_bytes()).hexdigest(),
            "derived_from": [],
            "trained_on": [
                {
                    "name": "CMU Pronouncing Dictionary, as in the Python package cmudict 1.1.3",
                    "licence": "BSD-2-Clause",
                    "sha256": hashlib.sha256(dictionary.read_bytes()).hexdigest(),
                    "note": "Training split: 93 % of the headwords, chosen by SHA-256 of the headword.",
                }
            ],
        },
        "accuracy": test_accuracy(model, dictionary),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
