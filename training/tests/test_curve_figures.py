"""Learning curves as files, and the measurement over the amount of data from end to end."""

from __future__ import annotations

import argparse
import json
import math
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
import torch

from euphone_train.curves import figure, size
from euphone_train.curves.lines import Line, Panel, size_panels
from euphone_train.data import splits
from euphone_train.data.corpora import read_speechocean
from euphone_train.models.scorer import ScorerSpec, descriptor_width
from euphone_train.score import segments
from euphone_train.score.fit import FitSpec

CONFIG = "epochs = 2\nbatch = 25\nrate = 1e-2\nwarmup_steps = 4\n[model]\nfeature_width = 8\nwidth = 16\nlayers = 1\nheads = 2\n"


def panel() -> Panel:
    line = Line(label="held-out phone", x=(1, 2, 3), mean=(0.2, 0.4, 0.5), low=(0.1, 0.3, 0.4), high=(0.3, 0.5, 0.6), count=5)
    return Panel(title="correlation", axis="epoch", lines=(line,))


def test_an_svg_takes_its_ink_from_the_page_and_keeps_its_text(tmp_path: Path) -> None:
    svg, _ = figure.write([panel()], tmp_path / "figure")
    text = svg.read_text()
    ElementTree.fromstring(text)
    assert "prefers-color-scheme:dark" in text and "currentColor" in text
    assert text.count("#24292f") == 1
    assert ">held-out phone</text>" in text and ">correlation</text>" in text


def test_the_same_panels_make_the_same_files(tmp_path: Path) -> None:
    one, other = (figure.write([panel()], tmp_path / name / "figure") for name in ("one", "other"))
    for a, b in zip(one, other, strict=True):
        assert a.read_bytes() == b.read_bytes()


def test_less_data_is_seen_as_often_or_for_as_many_steps() -> None:
    spec = FitSpec(epochs=12, batch=25, warmup_steps=100)
    passes, steps = (size.schedule(same, 240, 2000, spec) for same in ("passes", "steps"))
    assert (passes.epochs, passes.warmup_steps) == (12, 12)
    assert (steps.epochs, steps.warmup_steps) == (96, 100)
    assert size.schedule("passes", 2000, 2000, spec) == size.schedule("steps", 2000, 2000, spec) == spec


def learners(root: Path) -> None:
    """One rated sentence of two words for each of the 125 learners, in the compact layout, without recordings."""
    word = {"text": "a", "phones": "AH", "phones-accuracy": [2], "accuracy": 10, "stress": 10, "total": 10}
    entry = {"text": "a a", "gender": "f", "accuracy": 10, "fluency": 10, "prosodic": 10, "total": 10, "words": [word, word]}
    speakers = [s for fold in splits.learner_folds() for s in sorted(fold)]
    lines = [json.dumps(entry | {"utt": f"u{s}", "speaker": s, "age": 8 if i % 2 else 30}) for i, s in enumerate(speakers)]
    (root / "scores.jsonl").write_text("\n".join(lines) + "\n")


def described(speaker: str) -> dict:
    rng = np.random.default_rng(int(speaker))
    rows = rng.standard_normal((4, descriptor_width(ScorerSpec(feature_width=8)))).astype(np.float16)
    score = np.clip(1 + rows[:, 0].astype(np.float32), 0, 2)
    words = np.repeat(5 * score.reshape(2, 2).mean(1), 3).reshape(2, 3)
    labels = {"phone_labels": score, "word_labels": words, "labels": np.full(4, 5 * score.mean(), dtype=np.float32)}
    return {"name": f"u{speaker}", "speaker": speaker, "described": rows, "phones": np.arange(4), "words": np.repeat([0, 1], 2)} | labels


@pytest.fixture
def arguments(tmp_path: Path) -> argparse.Namespace:
    """Made-up segments, cached as for bundles that exist, so that nothing has to be aligned."""
    learners(tmp_path)
    (tmp_path / "score.toml").write_text(CONFIG)
    utterances = read_speechocean(tmp_path)
    (tmp_path / "segments").mkdir()
    for fold in range(splits.FOLDS):
        bundle = tmp_path / "folds" / f"fold{fold}"
        bundle.mkdir(parents=True)
        (bundle / "model.onnx").write_bytes(bytes([fold]))
        file = tmp_path / "segments" / f"segments-{segments.digest(bundle, utterances)}.pt"
        torch.save([described(u.speaker) for u in utterances], file)
    places = {"work": tmp_path, "learners": tmp_path, "folds": tmp_path / "folds", "program": None, "out": tmp_path / "data_size.json"}
    return argparse.Namespace(**places, config=tmp_path / "score.toml", same="passes", seed=1, threads=1)


def test_sizes_are_measured_once_and_what_is_trained_is_taken_up(arguments: argparse.Namespace) -> None:
    size.run(arguments)
    first, states = arguments.out.read_bytes(), {f: f.stat().st_mtime_ns for f in arguments.work.rglob("state.pt")}
    assert len(states) == len(size.SHARES) * splits.FOLDS
    size.run(arguments)
    assert arguments.out.read_bytes() == first
    assert states == {f: f.stat().st_mtime_ns for f in arguments.work.rglob("state.pt")}
    record = json.loads(first)
    assert [row["speakers"] for row in record["values"]["passes"]] == [12, 25, 50, 100]
    assert len(set(record["segments"].values())) == splits.FOLDS
    assert all(math.isfinite(y) for line in size_panels(arguments.out)[0].lines for y in line.mean)


def test_the_other_rule_is_recorded_beside_the_first(arguments: argparse.Namespace) -> None:
    size.run(arguments)
    arguments.same = "steps"
    size.run(arguments)
    values = json.loads(arguments.out.read_text())["values"]
    assert values["steps"][0]["epochs"] == [8] * 5 and values["passes"][0]["epochs"] == [2] * 5
    assert values["steps"][3] == values["passes"][3]
