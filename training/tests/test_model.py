"""The network: padding changes nothing, exports agree, lengths are as documented."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import torch

from euphone_train.data.phones import CONTRACT
from euphone_train.export import onnx_model
from euphone_train.export.bundle import write_bundle
from euphone_train.export.products import with_products
from euphone_train.export.reference_clip import reference_clip
from euphone_train.models.acoustic import AcousticModel, frame_count

TRAINING = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def model() -> AcousticModel:
    torch.manual_seed(0)
    return AcousticModel().eval()


def test_padding_changes_nothing(model: AcousticModel) -> None:
    clip = torch.from_numpy(reference_clip())[None, :12_000]
    padded = torch.cat((clip, torch.full((1, 5000), 0.3)), 1)
    with torch.no_grad():
        alone, together = model(clip), model(padded, torch.tensor([12_000]))
    for a, b in zip(alone, together, strict=True):
        assert torch.allclose(a, b[:, : a.shape[1]], atol=2e-3)


@pytest.mark.parametrize("samples", [4000, 4321, 15_999, 16_000, 16_191])
def test_frame_count_is_what_comes_out(model: AcousticModel, samples: int) -> None:
    with torch.no_grad():
        ctc, frames = model(torch.zeros(1, samples))
    assert ctc.shape == frames.shape == (1, frame_count(samples), 40)
    assert torch.allclose(ctc.exp().sum(-1), torch.ones(1, frame_count(samples)), atol=1e-4)


def test_products_equal_convolutions(model: AcousticModel) -> None:
    clip = torch.from_numpy(reference_clip())[None, :9000]
    with torch.no_grad():
        plain, rewritten = model(clip), with_products(copy.deepcopy(model))(clip)
    for a, b in zip(plain, rewritten, strict=True):
        assert torch.allclose(a, b, atol=1e-3)


def test_a_bundle_obeys_the_schema_and_its_own_digests(model: AcousticModel, tmp_path: Path) -> None:
    write_bundle(model, tmp_path, TRAINING / "configs" / "bundle.toml", TRAINING / "licences", [])
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    schema = json.loads((CONTRACT.parent / "bundle.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(manifest)
    for entry in manifest["files"]:
        content = (tmp_path / entry["path"]).read_bytes()
        assert len(content) == entry["bytes"]
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    pcm = np.fromfile(tmp_path / "selftest/pcm.f32", "<f4")
    ctc, frames = onnx_model.run(onnx_model.session(tmp_path / "model.onnx"), pcm)
    for name, array in (("ctc", ctc), ("frames", frames)):
        expected = np.fromfile(tmp_path / f"selftest/{name}.f32", "<f4").reshape(array.shape)
        assert np.abs(np.exp(expected) - np.exp(array)).max() < manifest["self_test"]["tolerance"]


def test_the_reference_clip_is_always_the_same() -> None:
    clip = reference_clip()
    assert np.array_equal(clip, reference_clip())
    assert np.isfinite(clip).all() and 0.05 < np.abs(clip).max() <= 1.0
