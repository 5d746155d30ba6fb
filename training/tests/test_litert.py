"""The tiny bundle's weights as a LiteRT model: what is shipped is what is written, and it computes what the ONNX graph does."""

from pathlib import Path

import numpy as np
import onnx
import pytest

from euphone_train.export import lean_weights, litert, litert_graph

MODELS = Path(__file__).parents[2] / "models"
TINY, LITE = MODELS / "en-us-tiny" / "model.onnx", MODELS / "en-us-tiny-litert" / litert.MODEL


def test_the_shipped_model_is_what_is_written_from_the_tiny_bundle():
    assert litert_graph.build(*lean_weights.read(onnx.load(TINY))) == LITE.read_bytes()


def test_it_hears_what_the_onnx_graph_hears_whole_and_in_windows():
    pcm = np.fromfile(LITE.parent / "selftest" / "pcm.f32", np.float32)
    assert max(litert.differences(LITE, TINY, pcm).values()) < 0.03


def test_another_graph_is_refused():
    with pytest.raises(ValueError, match="no lean graph of a streaming model"):
        lean_weights.read(onnx.load(MODELS / "en-us-standard" / "model.onnx"))
