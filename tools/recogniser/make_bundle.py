#!/usr/bin/env python3
"""Writes the bundle en-us-recogniser from the files that `cmake/fetch_package.py recogniser FOLDER` fetched and checked.

`./dev recogniser` does both. The model is used as it is published; nothing is converted or trained.
"""

import argparse
import array
import hashlib
import json
import shutil
import sys
import wave
from pathlib import Path

NAME = "en-us-recogniser"
VERSION = "1.0.0"
RATE = 16_000
SECONDS = 3  # of the reference recording
TEXT = "It was the best of times."  # said in them
FILES = {  # path in the bundle: role, source
    "encoder.ort": ("model", "encoder_model.ort"),
    "decoder.ort": ("decoder", "decoder_model_merged.ort"),
    "tokens.bin": ("tokens", "tokenizer.bin"),
    "LICENSE.moonshine": ("licence", "LICENSE"),
    "MODEL_CARD.md": ("card", None),
    "self_test/pcm.f32": ("self_test", None),
}
WORD_ERRORS = ((5.18, "152 recordings of native readers, mini LibriSpeech"), (41.8, "300 sentences of learners, speechocean762"))
CARD = Path(__file__).with_name("MODEL_CARD.md")


def reference(path: Path) -> bytes:
    """Returns the first SECONDS of a 16-bit mono WAV file as float32 at RATE; its rate must be a multiple of it."""
    with wave.open(str(path), "rb") as audio:
        step, rest = divmod(audio.getframerate(), RATE)
        if rest or audio.getsampwidth() != 2 or audio.getnchannels() != 1:
            raise ValueError(f"{path}: not 16-bit mono at a multiple of {RATE} Hz")
        samples = array.array("h", audio.readframes(SECONDS * RATE * step))
    if sys.byteorder == "big":
        samples.byteswap()
    means = array.array("f", (sum(samples[i : i + step]) / (step * 32768) for i in range(0, len(samples), step)))
    if sys.byteorder == "big":
        means.byteswap()
    return means.tobytes()


def section() -> dict:
    """Returns how the two networks are run (docs/formats/bundle.md)."""
    return {
        "rate_hz": RATE,
        "min_samples": RATE // 10,
        "max_samples": 30 * RATE,
        "tokens_per_second": 6.5,
        "encoder": {"samples": "input_values", "mask": "attention_mask", "frames": "last_hidden_state", "width": 288},
        "decoder": {
            "token": "input_ids",
            "frames": "encoder_hidden_states",
            "mask": "encoder_attention_mask",
            "use_past": "use_cache_branch",
            "past": "past_key_values",
            "present": "present",
            "logits": "logits",
            "layers": 6,
            "heads": 8,
            "head_width": 36,
            "begin_token": 1,
            "end_token": 2,
        },
    }


def manifest(files: list[dict]) -> dict:
    weights = {file["path"]: file["sha256"] for file in files if file["role"] in ("model", "decoder")}
    return {
        "format": 1,
        "kind": "recogniser",
        "name": NAME,
        "version": VERSION,
        "language": "en-US",
        "summary": "English speech to text, for scoring speech without a given text; 27 M parameters.",
        "files": files,
        "recogniser": section(),
        "self_test": {"input": "self_test/pcm.f32", "expected": {"text": TEXT}},
        "licences": [{"part": "everything", "spdx": "MIT", "holder": "Moonshine AI", "file": "LICENSE.moonshine"}],
        "provenance": {
            "created": "2026-11-26",
            "made_by": "tools/recogniser/make_bundle.py",
            "derived_from": [
                {"name": f"Moonshine tiny-en, {path}, from moonshine-voice 0.0.73", "licence": "MIT", "sha256": digest}
                for path, digest in weights.items()
            ],
            "trained_on": [],
        },
        "accuracy": [
            {"measure": "word error rate", "value": value, "unit": "%", "data": f"{data}; ./dev figures model.free"}
            for value, data in WORD_ERRORS
        ],
    }


def make(source: Path, out: Path) -> None:
    """Fills `out`; the manifest comes last, so that a bundle cut short does not open."""
    (out / "self_test").mkdir(parents=True, exist_ok=True)
    (out / "manifest.json").unlink(missing_ok=True)
    files = []
    for path, (role, origin) in FILES.items():
        if origin:
            shutil.copyfile(source / origin, out / path)
        elif role == "card":
            shutil.copyfile(CARD, out / path)
        else:
            (out / path).write_bytes(reference(source / "two_cities.wav"))
        content = (out / path).read_bytes()
        files.append({"path": path, "role": role, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    (out / "manifest.json").write_text(json.dumps(manifest(files), indent=2) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="what was fetched")
    parser.add_argument("out", type=Path, help="the bundle's folder")
    arguments = parser.parse_args()
    try:
        make(arguments.folder, arguments.out)
    except (OSError, ValueError, wave.Error) as error:
        print(f"make_bundle: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
