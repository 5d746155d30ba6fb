"""Joint tuning: batches describe as single sentences do, and copies of the audio keep what was said in its place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from euphone_train.data.audio_cache import AudioCache
from euphone_train.data.augment import AugmentSpec
from euphone_train.data.pool import AugmentedPool, padded
from euphone_train.export import onnx_model
from euphone_train.export.bundle import with_blank_bias
from euphone_train.joint.bundle import averaged, merged, mixed, write_further
from euphone_train.joint.material import Rated
from euphone_train.joint.net import JointModel, describe_batch, padded_spans
from euphone_train.joint.run import JointRun, JointSpec
from euphone_train.models.acoustic import AcousticModel, frame_count
from euphone_train.models.large import FurtherModels
from euphone_train.models.scorer import EDGE_FRAMES, Scorer, ScorerSpec, describe
from euphone_train.models.streaming import StreamingSpec
from euphone_train.score.batches import collate
from euphone_train.score.segments import spans_of

RATE = 16_000
CPU = torch.device("cpu")


def rated(seed: int, phones: int, start_s: float = 0.1, step_s: float = 0.1) -> Rated:
    rng = np.random.default_rng(seed)
    words = np.arange(phones) // 3
    begin = start_s + step_s * np.arange(phones)
    return Rated(
        name=str(seed),
        speaker=str(seed),
        seconds=np.stack((begin, begin + 0.8 * step_s), 1),
        described=rng.standard_normal((phones, 44)).astype(np.float16),
        phones=rng.integers(0, 39, phones),
        words=words,
        phone_labels=rng.uniform(0, 2, phones).astype(np.float32),
        word_labels=rng.uniform(0, 10, (words[-1] + 1, 3)).astype(np.float32),
        labels=rng.uniform(0, 10, 4).astype(np.float32),
    )


def clips(folder: Path, count: int, seconds: float) -> AudioCache:
    """`count` clips named 0, 1, … of noise, each a little longer than the one before."""
    rng, spans, offset = np.random.default_rng(0), {}, 0
    with (folder / "made.i16").open("wb") as out:
        for i in range(count):
            pcm = (rng.standard_normal(int((seconds + 0.2 * i) * RATE)) * 3000).astype(np.int16)
            out.write(pcm.tobytes())
            spans[str(i)] = (offset, len(pcm))
            offset += len(pcm)
    (folder / "made.json").write_text(json.dumps(spans))
    return AudioCache(folder, "made")


def test_a_batch_describes_each_sentence_as_it_is_described_alone() -> None:
    sentences = [rated(0, 7), rated(1, 12, start_s=1.0), rated(2, 1, start_s=0.0)]
    samples = [RATE * 2, RATE * 3, RATE]
    spans, batch = padded_spans(sentences, samples, [1.0, 1.0, 0.9]), collate(sentences)
    frames = [frame_count(s) for s in samples]
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(3, max(frames), 8, generator=generator)
    ctc, framewise = (torch.randn(3, max(frames), 40, generator=generator).log_softmax(-1) for _ in range(2))
    rows = describe_batch(features, ctc, framewise, torch.tensor(frames), spans, batch)
    for i, (s, speed) in enumerate(zip(sentences, (1.0, 1.0, 0.9), strict=True)):
        spans = spans_of(s.seconds / speed, frames[i])
        begin, end = max(0, spans[0, 0] - EDGE_FRAMES), min(frames[i], spans[-1, 1] + EDGE_FRAMES)
        alone = describe(
            *(t[i, begin:end] for t in (features, ctc, framewise)),
            torch.from_numpy(spans - begin),
            torch.from_numpy(s.phones),
            torch.from_numpy(s.words),
        )
        torch.testing.assert_close(rows[i, : len(s.phones)], alone, atol=1e-4, rtol=1e-4)
        assert not rows[i, len(s.phones) :].any()


def test_the_first_copy_is_the_recording_and_the_others_are_made_once(tmp_path: Path) -> None:
    cache = clips(tmp_path, 3, 1.0)
    pool = AugmentedPool(tmp_path, cache, ["0", "1", "2"], AugmentSpec(speed=1.0), 3, seed=1)
    again = AugmentedPool(tmp_path, cache, ["2", "1", "0"], AugmentSpec(speed=1.0), 3, seed=1)
    for name in ("0", "1", "2"):
        plain, speed = pool.copy(name, 0)
        assert speed == 1.0 and np.abs(plain - cache.pcm(name) * 32767).max() <= 1
        for v in (1, 2):
            pcm, speed = pool.copy(name, v)
            assert len(pcm) == pytest.approx(cache.samples(name) / speed, abs=2)
            assert np.array_equal(pcm, again.copy(name, v)[0])
    pcm, samples = padded([pool.copy(n, 0)[0] for n in ("0", "2")], CPU)
    assert pcm.shape == (2, cache.samples("2")) and samples.tolist() == [cache.samples("0"), cache.samples("2")]
    assert not pcm[0, cache.samples("0") :].any()


def test_a_run_tunes_the_encoder_after_the_scorers_and_resumes_to_the_same_weights(tmp_path: Path) -> None:
    sentences = [replace(rated(i, 6), name=str(i)) for i in range(6)]
    pool = AugmentedPool(tmp_path, clips(tmp_path, 6, 1.5), [s.name for s in sentences], AugmentSpec(), 2, seed=1)
    spec = JointSpec(epochs=2, frozen_epochs=1, members=2, batch_seconds=5.0, variants=2, model=ScorerSpec(width=16, heads=2, ear=True))

    def run(name: str, epochs: int) -> JointRun:
        torch.manual_seed(0)
        start = JointModel(AcousticModel(), [Scorer(spec.model) for _ in range(spec.members)])
        made = JointRun(tmp_path / name, replace(spec, epochs=epochs), start, pool, (sentences[:4], sentences[4:]), "cpu")
        made.spec = spec  # The rates are those of the whole run, also where it stops early.
        return made

    whole = run("whole", 2)
    before = {k: v.clone() for k, v in whole.model.state_dict().items()}
    whole._pass()
    first = whole.model.state_dict()
    assert torch.equal(before["acoustic.encoder.layers.0.mlp.fc1.weight"], first["acoustic.encoder.layers.0.mlp.fc1.weight"])
    assert not torch.equal(before["scorers.0.reduce.weight"], first["scorers.0.reduce.weight"])

    whole = run("again", 2)
    whole.run()
    tuned = whole.model.state_dict()
    assert not torch.equal(before["acoustic.encoder.layers.0.mlp.fc1.weight"], tuned["acoustic.encoder.layers.0.mlp.fc1.weight"])
    assert torch.equal(before["acoustic.encoder.conv2.weight"], tuned["acoustic.encoder.conv2.weight"])
    assert len(whole.predict()) == 2

    resumed = run("again", 2)
    assert resumed.epoch == 2
    for name, value in resumed.model.state_dict().items():
        torch.testing.assert_close(value, tuned[name])


def test_a_streaming_student_and_scorers_that_have_learned_are_tuned_from_where_they_stand(tmp_path: Path) -> None:
    sentences = [replace(rated(i, 6), name=str(i), described=np.zeros((6, 0), np.float16)) for i in range(4)]
    pool = AugmentedPool(tmp_path, clips(tmp_path, 4, 1.5), [s.name for s in sentences], AugmentSpec(), 2, seed=1)
    sizes = StreamingSpec(width=96, conv_width=64, conv2_rank=16, conv3_rank=16, heads=2, mlp_width=64, layers=2)
    model = ScorerSpec(feature_width=sizes.width, width=16, heads=2)
    spec = JointSpec(epochs=1, frozen_epochs=0, members=1, batch_seconds=5.0, variants=2, chunked=0.5, student=sizes, model=model)
    torch.manual_seed(0)
    start = JointModel(spec.acoustic(), [Scorer(model)])
    start.scorers[0].mean.fill_(0.25)
    before = {k: v.clone() for k, v in start.state_dict().items()}
    run = JointRun(tmp_path / "run", spec, start, pool, (sentences[:3], sentences[3:]), "cpu")
    run.run()
    tuned = run.model.state_dict()
    torch.testing.assert_close(tuned["scorers.0.mean"], before["scorers.0.mean"])
    assert torch.equal(before["acoustic.conv2.0.weight"], tuned["acoustic.conv2.0.weight"])
    assert not torch.equal(before["acoustic.layers.0.fc1.weight"], tuned["acoustic.layers.0.fc1.weight"])


def test_the_average_of_tuned_encoders_is_that_of_their_weights() -> None:
    models = [JointModel(AcousticModel(), []) for _ in range(2)]
    mean = averaged(models).state_dict()
    first, second = (m.acoustic.state_dict() for m in models)
    torch.testing.assert_close(mean["reduce.weight"], (first["reduce.weight"] + second["reduce.weight"]) / 2)
    torch.testing.assert_close(mixed(models[0].acoustic, models[1].acoustic, 0.5).state_dict()["reduce.weight"], mean["reduce.weight"])
    moved = with_blank_bias(averaged(models), -1.5).state_dict()["ctc.bias"] - mean["ctc.bias"]
    torch.testing.assert_close(moved, torch.tensor([-1.5] + 39 * [0.0]))


def test_gathered_bytes_give_the_numbers_of_gathered_floats(tmp_path: Path) -> None:
    torch.manual_seed(0)
    source, late, early = (tmp_path / f"{n}.onnx" for n in ("float", "late", "early"))
    onnx_model.export_float(AcousticModel(), source)
    quantize_dynamic(str(source), str(late), op_types_to_quantize=["MatMul"], weight_type=QuantType.QUInt8)
    model = onnx.load(late)
    onnx_model.quantise_before_unfolding(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, early)
    assert [n.op_type for n in model.graph.node].count("Slice") == [n.op_type for n in onnx.load(late).graph.node].count("Slice")
    whole = [n for n in model.graph.node if n.op_type == "DynamicQuantizeLinear" and n.output[0].endswith("_whole")]
    assert len(whole) == 5  # Two convolutions of the encoder, three of the heads.
    pcm = (np.random.default_rng(1).standard_normal(30_000) * 0.05).astype(np.float32)
    for a, b in zip(*(onnx_model.run_all(onnx_model.session(f), pcm) for f in (late, early)), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_large_network_says_what_its_parts_say(tmp_path: Path) -> None:
    torch.manual_seed(0)
    models = [AcousticModel().eval() for _ in range(3)]
    for model in models[1:]:
        for name in ("conv1", "group_norm", "conv2", "conv3"):
            getattr(model.encoder, name).load_state_dict(getattr(models[0].encoder, name).state_dict())
    first, further, both = (tmp_path / f"{n}.onnx" for n in ("first", "further", "both"))
    onnx_model.export_float(models[0], first)
    write_further(models[1:], further)
    merged(first, further, both)
    pcm = (np.random.default_rng(1).standard_normal(30_000) * 0.05).astype(np.float32)
    features, ctc, frames = onnx_model.run_all(onnx_model.session(both), pcm)
    alone = onnx_model.run_all(onnx_model.session(first), pcm)
    with torch.no_grad():
        columns = FurtherModels(models[1:])(torch.from_numpy(pcm)[None])[0].numpy()
    np.testing.assert_array_equal(ctc, alone[1])
    np.testing.assert_array_equal(frames, alone[2])
    np.testing.assert_array_equal(features[:, :288], alone[0])
    assert features.shape[1] == 288 + 2 * 368
    assert np.corrcoef(features[:, 288:].ravel(), columns.ravel())[0, 1] > 0.99


def test_encoders_with_other_convolutions_are_refused() -> None:
    with pytest.raises(ValueError, match="do not share"):
        FurtherModels([AcousticModel(), AcousticModel()])
