"""The lean graph of a streaming model: the numbers of the exported one, fewer nodes; and what was measured stays true of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from euphone_train import records
from euphone_train.export import leaner, onnx_model, streaming
from euphone_train.models.streaming import StreamingModel, StreamingSpec

MODELS = Path(__file__).parents[2] / "models"
SPEC = StreamingSpec(conv_width=32, conv2_rank=16, conv3_rank=12, heads=2, mlp_width=48, layers=2, left=12, head_width=16, fine_width=8)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the exporter leaves it, in int8."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("exported")
    model = StreamingModel(SPEC).eval()
    torch.nn.init.normal_(model.layer_weights)  # Equal ones would hide a mix of the wrong layers.
    for name in ("gain", "offset"):
        torch.nn.init.uniform_(getattr(model, name), 0.5, 1.5)
    streaming.export_float(model, folder / "float.onnx")
    onnx_model.quantise(folder / "float.onnx", folder / "model.onnx", kept_float=("/conv3/", "/k_proj", "/v_proj"))
    return folder / "model.onnx"


def bundle_of(exported: Path, folder: Path) -> tuple[Path, Path, Path]:
    """A bundle with what the pass touches, its config, and a folder of records."""
    bundle, config, results = folder / "bundle", folder / "bundle.toml", folder / "results"
    bundle.mkdir()
    results.mkdir()
    shutil.copyfile(exported, bundle / "model.onnx")
    (bundle / "calibration.json").write_text('{"learned": 1}')
    listed = [{"path": "model.onnx", "role": "model", "bytes": 0, "sha256": ""}]
    (bundle / "manifest.json").write_text(json.dumps({"version": "0.1.0", "files": listed, "provenance": {"created": "2026-01-01"}}))
    config.write_text('version = "0.2.0"\nmade_by = "a test"\n')
    records.write(results / "judged.json", "a test", bundle, {"r": 0.7})
    records.write(results / "plain.json", "a test", bundle, {"r": 0.5}, plain=True)
    (results / "of_another.json").write_text('{"made_by": "a test", "bundle": "0123", "values": {}}')
    return bundle, config, results


def test_a_lean_graph_gives_the_same_numbers_with_few_nodes_that_any_runtime_knows(exported: Path, tmp_path: Path) -> None:
    before = onnx.load(exported)
    after = leaner.lean(before)
    onnx.save(after, tmp_path / "lean.onnx")
    assert leaner.difference(exported, tmp_path / "lean.onnx") <= 1e-6
    assert len(after.graph.node) < 0.65 * len(before.graph.node)
    assert {node.domain for node in after.graph.node} == {""}
    assert after.ir_version == before.ir_version
    assert [o.version for o in after.opset_import if not o.domain] == [onnx_model.OPSET]
    for tensors in ("input", "output"):
        assert [t.name for t in getattr(after.graph, tensors)] == [t.name for t in getattr(before.graph, tensors)]


def test_a_difference_is_found_in_states_too(exported: Path, tmp_path: Path) -> None:
    model = leaner.lean(onnx.load(exported))
    longest = next(i for i in model.graph.initializer if i.dims == [] and numpy_helper.to_array(i) == 8000)
    longest.CopyFrom(numpy_helper.from_array(np.array(100, np.float32), longest.name))
    onnx.save(model, tmp_path / "forgetful.onnx")
    assert leaner.difference(exported, tmp_path / "forgetful.onnx") > 1


def test_a_graph_that_is_lean_or_of_another_model_is_refused(exported: Path) -> None:
    with pytest.raises(ValueError, match="lean already"):
        leaner.lean(leaner.lean(onnx.load(exported)))
    with pytest.raises(ValueError, match="lean already"):
        leaner.lean(onnx.load(MODELS / "en-us-standard" / "model.onnx"))


def test_the_shipped_graph_is_lean_already() -> None:
    with pytest.raises(ValueError, match="lean already"):
        leaner.lean(onnx.load(MODELS / "en-us-tiny" / "model.onnx"))


def test_a_bundle_gets_the_version_of_its_config_and_keeps_its_records(exported: Path, tmp_path: Path) -> None:
    bundle, config, results = bundle_of(exported, tmp_path)
    assert leaner.put(bundle, config, results) == ["judged.json", "plain.json"]
    manifest = json.loads((bundle / "manifest.json").read_text())
    assert manifest["version"] == "0.2.0"
    assert manifest["files"][0]["bytes"] == (bundle / "model.onnx").stat().st_size
    assert sorted(f.name for f in bundle.iterdir()) == ["calibration.json", "manifest.json", "model.onnx"]
    assert records.read(results / "judged.json", bundle) == {"r": 0.7}
    assert records.read(results / "plain.json", bundle, plain=True) == {"r": 0.5}
    assert json.loads((results / "of_another.json").read_text())["bundle"] == "0123"


def test_a_bundle_stays_as_it_is_where_a_single_bit_would_differ(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slightly_off(original: Callable[[onnx.ModelProto], onnx.ModelProto], model: onnx.ModelProto) -> onnx.ModelProto:
        made = original(model)
        scale = next(i for i in made.graph.initializer if i.dims == [SPEC.classes] and i.data_type == onnx.TensorProto.FLOAT)
        scale.CopyFrom(numpy_helper.from_array(np.nextafter(numpy_helper.to_array(scale), np.float32(9)), scale.name))
        return made

    original = leaner.lean
    monkeypatch.setattr(leaner, "lean", lambda model: slightly_off(original, model))
    bundle, config, results = bundle_of(exported, tmp_path)
    was = {f: f.read_bytes() for f in (*bundle.iterdir(), *results.iterdir())}
    with pytest.raises(ValueError, match="differ by"):
        leaner.put(bundle, config, results)
    assert {f: f.read_bytes() for f in (*bundle.iterdir(), *results.iterdir())} == was
