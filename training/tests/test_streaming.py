"""The streaming model: heard in windows with a state, whole, or in a padded batch, it gives the same."""

from pathlib import Path

import numpy as np
import pytest
import torch

from euphone_train.export import onnx_model, streaming
from euphone_train.models.encoder import conv_lengths
from euphone_train.models.streaming import CHUNK_HOP, OVERLAP, StreamingModel, StreamingSpec, fresh_state

SPEC = StreamingSpec(conv_width=32, conv2_rank=16, conv3_rank=12, heads=2, mlp_width=48, layers=2, left=12, head_width=16, fine_width=8)


@pytest.fixture(scope="module")
def model() -> StreamingModel:
    torch.manual_seed(1)
    return StreamingModel(SPEC).eval()


def clip(samples: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(1, samples, generator=generator) * 0.1


@torch.no_grad()
def in_windows(model: StreamingModel, pcm: torch.Tensor, sizes: list[int]) -> tuple[torch.Tensor, ...]:
    """CTC, frames and features of windows of the given numbers of encoder frames, the last size repeated to the end."""
    state, start, parts = fresh_state(SPEC), 0, []
    left = int(conv_lengths(pcm.shape[1])[2])
    while left > 0:
        frames = min(sizes.pop(0) if len(sizes) > 1 else sizes[0], left)
        *tables, state = model.step(pcm[:, start : start + frames * CHUNK_HOP + OVERLAP], state)
        parts.append(tables)
        start, left = start + frames * CHUNK_HOP, left - frames
    return tuple(torch.cat(tables, 1) for tables in zip(*parts, strict=True))


@pytest.mark.parametrize("samples", [16_000, 41_234])
def test_windows_give_what_training_in_chunks_saw(model: StreamingModel, samples: int) -> None:
    pcm = clip(samples)
    with torch.no_grad():
        ctc, frames, mixed = model(pcm, torch.tensor([samples]), 6)
    stepped = in_windows(model, pcm, [6])
    count = stepped[0].shape[1]
    assert torch.allclose(stepped[0], ctc[:, :count], atol=1e-4)
    assert torch.allclose(stepped[1], frames[:, :count], atol=1e-4)
    assert torch.allclose(stepped[2][:, ::2], mixed[:, : count // 2], atol=1e-4)


def test_one_window_gives_what_training_on_whole_clips_saw(model: StreamingModel) -> None:
    pcm = clip(30_000)
    frames = int(conv_lengths(30_000)[2])
    with torch.no_grad():
        whole = model(pcm, torch.tensor([30_000]))
    stepped = in_windows(model, pcm, [frames])
    assert torch.allclose(stepped[0], whole[0][:, : 2 * frames], atol=1e-4)


def test_a_padded_batch_gives_what_each_clip_gives_alone(model: StreamingModel) -> None:
    clips = [clip(20_000, 1), clip(33_333, 2)]
    padded = torch.zeros(2, 33_333)
    padded[0, :20_000], padded[1] = clips[0][0], clips[1][0]
    samples = torch.tensor([20_000, 33_333])
    for chunk in (None, 6):
        with torch.no_grad():
            together = model(padded, samples, chunk)
            alone = [model(c, torch.tensor([c.shape[1]]), chunk) for c in clips]
        for i, one in enumerate(alone):
            count = 2 * int(conv_lengths(clips[i].shape[1])[2])
            assert torch.allclose(together[0][i, :count], one[0][0, :count], atol=1e-4)


def test_a_chunk_does_not_hear_what_comes_after_it(model: StreamingModel) -> None:
    pcm = clip(40_000)
    other = pcm.clone()
    other[:, 20_000:] = 0.0
    with torch.no_grad():
        first, second = (model(x, torch.tensor([40_000]), 6)[0] for x in (pcm, other))
    heard = 2 * 6 * ((20_000 - OVERLAP) // (6 * CHUNK_HOP))
    assert torch.allclose(first[:, :heard], second[:, :heard], atol=1e-5)
    assert not torch.allclose(first[:, heard : heard + 24], second[:, heard : heard + 24], atol=1e-3)


def test_the_exported_graph_agrees_window_by_window_in_int8_too(model: StreamingModel, tmp_path: Path) -> None:
    file, small = tmp_path / "float.onnx", tmp_path / "int8.onnx"
    streaming.export_float(model, file)
    streaming.quantise(file, small)
    assert small.stat().st_size < file.stat().st_size / 2
    assert streaming.check(model, small, tolerance=0.1) > 0


def test_a_whole_clip_in_onnx_gives_what_training_on_whole_clips_saw(model: StreamingModel, tmp_path: Path) -> None:
    streaming.export_float(model, tmp_path / "float.onnx")
    pcm = clip(30_123)
    features, ctc, _ = onnx_model.run_all(onnx_model.session(tmp_path / "float.onnx"), pcm[0].numpy())
    with torch.no_grad():
        expected = model(pcm, torch.tensor([30_123]))
    assert np.abs(np.exp(ctc) - expected[0][0, : len(ctc)].exp().numpy()).max() < 1e-3
    assert np.abs(features[::2] - expected[2][0, : len(features) // 2].numpy()).max() < 1e-2
