"""What tuned runs become: one acoustic model, the mean of theirs, for a bundle whose scorers learn from it anew; or further encoders with
their scorers beside those of a finished bundle (the large one)."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, compose, helper
from torch import nn

from euphone_train.calibrate import attach
from euphone_train.export import bundle as bundles
from euphone_train.export import onnx_model
from euphone_train.export.products import with_products
from euphone_train.joint.net import JointModel
from euphone_train.joint.run import JointSpec
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.large import FurtherModels, LargeScorer
from euphone_train.models.scorer import Scorer
from euphone_train.models.streaming import StreamingModel
from euphone_train.score import export
from euphone_train.train.checkpoint import finished

_COLUMNS, _OWN = "further_columns", "standard_features"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the large bundle adds to a standard one."""

    standard: ScorerEnsemble
    further: list[JointModel]


def tuned(folder: Path, spec: JointSpec) -> JointModel:
    """The averaged weights of a run that has come far enough. Raises ValueError for one that has not."""
    model = JointModel(spec.acoustic(), [Scorer(spec.model) for _ in range(spec.members)])
    model.load_state_dict(finished(folder, spec.least_epochs or spec.epochs)["average"])
    return model.eval()


def mixed(first: nn.Module, second: nn.Module, share: float) -> nn.Module:
    """The weights of `first`, and of `second` so large a share."""
    a, b = first.state_dict(), second.state_dict()
    model = copy.deepcopy(first)
    model.load_state_dict({k: torch.lerp(v, b[k], share) if v.is_floating_point() else v for k, v in a.items()})
    return model.eval()


def averaged(models: list[JointModel]) -> AcousticModel | StreamingModel:
    """The mean of their acoustic models' weights, which may be taken where all were tuned from the same ones: it suits the scorers of each
    run as well as its own (docs/models/experiments.md; Wortsman et al., Model soups, ICML 2022)."""
    states = [m.acoustic.state_dict() for m in models]
    mean = copy.deepcopy(models[0].acoustic)
    mean.load_state_dict({k: torch.stack([s[k].double() for s in states]).mean(0).to(v.dtype) for k, v in states[0].items()})
    return mean.eval()


def write_further(models: list[AcousticModel], file: Path) -> None:
    source = file.with_suffix(".float.onnx")
    further = with_products(FurtherModels(copy.deepcopy(models))).eval()
    onnx_model.write(further, (torch.randn(1, 40_000) * 0.05,), source, {onnx_model.INPUT: {1: "samples"}}, {_COLUMNS: {1: "frames"}})
    _check(FurtherModels(copy.deepcopy(models)).eval(), source)
    onnx_model.quantise(source, file)
    source.unlink()


def _check(model: FurtherModels, file: Path) -> None:
    """Raises ValueError where ONNX Runtime and PyTorch disagree."""
    runtime, rng = onnx_model.session(file), np.random.default_rng(0)
    for samples in (4_000, 51_234):
        pcm = (rng.standard_normal((1, samples)) * 0.05).astype(np.float32)
        with torch.no_grad():
            wanted = model(torch.from_numpy(pcm)).numpy()
        (got,) = runtime.run(None, {onnx_model.INPUT: pcm})
        if wanted.shape != got.shape or float(np.abs(wanted - got).max()) > 0.05:
            raise ValueError(f"{file}: ONNX Runtime and PyTorch disagree by {float(np.abs(wanted - got).max()):.3f}")


def merged(standard: Path, further: Path, target: Path) -> None:
    """One network: the standard model as it is, and its features with the further columns beside them."""
    first, second = onnx.load(standard), compose.add_prefix(onnx.load(further), "further/")
    for node in first.graph.node:
        for i, name in enumerate(node.output):
            if name == onnx_model.FEATURES:
                node.output[i] = _OWN
    for node in second.graph.node:
        for i, name in enumerate(node.input):
            if name == f"further/{onnx_model.INPUT}":
                node.input[i] = onnx_model.INPUT
    graph = first.graph
    graph.node.extend(second.graph.node)
    graph.initializer.extend(second.graph.initializer)
    columns = f"further/{_COLUMNS}"
    graph.node.append(helper.make_node("Concat", [_OWN, columns], [onnx_model.FEATURES], name="all_features", axis=2))
    outputs = [o for o in graph.output if o.name != onnx_model.FEATURES]
    del graph.output[:]
    graph.output.extend([*outputs, helper.make_tensor_value_info(onnx_model.FEATURES, TensorProto.FLOAT, [1, "frames", None])])
    del graph.value_info[:]
    known = {o.domain for o in first.opset_import}
    first.opset_import.extend(o for o in second.opset_import if o.domain not in known)
    onnx.checker.check_model(first)
    onnx.save(first, target)


def write(base: Path, parts: Parts, folder: Path, config: Path, licences: Path) -> None:
    """`base` is the standard bundle that the parts were tuned beside; its calibration is kept but for what the scorers' scale is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    further = folder / "further.onnx"
    write_further([m.acoustic for m in parts.further], further)
    merged(base / "model.onnx", further, folder / "model.onnx")
    further.unlink()
    bundles.write_self_test(folder, np.fromfile(folder / "selftest" / "pcm.f32", dtype="<f4"), ("ctc", "frames", "features"))
    spec, scorer = bundles.BundleSpec.read(config), LargeScorer(parts.standard, [list(m.scorers) for m in parts.further]).eval()
    acoustic = attach.read_manifest(base)["acoustic"] | {"feature_width": scorer.spec.feature_width}
    for licence in spec.licences:
        shutil.copyfile(licences / licence["file"], folder / licence["file"])
    bundles.write_manifest(folder, spec, config, acoustic, [])
    export.write_model(scorer, folder)
