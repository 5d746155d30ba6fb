"""The ear: it learns what was said from changed texts, resumes, and is exported beside the scorer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from euphone_train.diagnose.batches import hear
from euphone_train.diagnose.compare import Truth, claims
from euphone_train.diagnose.fit import EarFit, EarFitSpec, set_aside, trained
from euphone_train.diagnose.settle import Settled, fit, settle
from euphone_train.diagnose.spoken import Spoken, plain_reading
from euphone_train.diagnose.synthesis import KINDS
from euphone_train.models.ear import Ear, EarSpec
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.scorer import Scorer, ScorerSpec, descriptor_width
from euphone_train.score import export

SPEC = EarSpec(feature_width=8, width=32)
SCORER = ScorerSpec(feature_width=8, width=16, layers=1, heads=2)
CONFIG = EarFitSpec.read(Path(__file__).resolve().parents[1] / "configs" / "diagnose.toml")


def sentence(seed: int, count: int = 12) -> Spoken:
    """Made-up descriptions whose posteriors tell what was said; every fifth phone was said as another, raters mark it wrong."""
    rng = np.random.default_rng(seed)
    phones, wrong = rng.integers(0, 39, count), rng.random(count) < 0.2
    said = np.where(wrong, rng.integers(1, 40, count), phones + 1)
    wrong = said != phones + 1
    described = rng.normal(0, 0.3, (count, descriptor_width(SCORER))).astype(np.float16)
    described[np.arange(count), 2 * SPEC.feature_width + said] += 4.0
    plain = np.full((count, 40), 0.001, dtype=np.float16)
    plain[np.arange(count), said] = 0.96
    return Spoken(
        name=str(seed),
        speaker=str(seed % 16),
        described=described,
        phones=phones,
        said=said,
        extra=np.zeros(count, dtype=np.int64),
        kinds=np.where(wrong, KINDS.index("substituted"), 0),
        marks=np.where(wrong, np.nan, 2.0).astype(np.float32),
        plain=plain,
    )


def spec(**changes) -> EarFitSpec:
    return replace(CONFIG, epochs=8, batch=8, rate=1e-2, warmup_steps=5, average=0.9, noise=0.1, model=SPEC, **changes)


def test_the_ear_learns_what_was_said_and_resumes_to_the_same_weights(tmp_path: Path) -> None:
    train, held_out = [sentence(i) for i in range(160)], [sentence(i) for i in range(500, 530)]
    whole = EarFit(tmp_path / "whole", spec(), train).run()
    half = EarFit(tmp_path / "half", spec(), train)
    save, half._save = half._save, lambda: save() if half.epoch <= 3 else (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        half.run()
    with pytest.raises(ValueError, match="not trained to the end"):
        trained(tmp_path / "half", spec())
    resumed = EarFit(tmp_path / "half", spec(), train).run()
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert claims(hear(whole, held_out)[0].astype(float), Truth.of(held_out))["substituted told"] > 0.8


def test_padding_changes_nothing_that_is_heard() -> None:
    torch.manual_seed(0)
    ear, short, long = Ear(SPEC).eval(), sentence(1, 5), sentence(2, 20)
    alone, together = hear(ear, [short]), hear(ear, [short, long])
    for a, b in zip(alone, together, strict=True):
        assert np.allclose(a, b[:5], atol=1e-5)


def test_speakers_set_aside_are_not_learned_from() -> None:
    learn, aside = set_aside([sentence(i) for i in range(64)])
    assert aside and not {s.speaker for s in learn} & {s.speaker for s in aside}


def test_trust_makes_the_expected_phone_likelier_and_leaves_a_distribution() -> None:
    torch.manual_seed(0)
    ear, phones = Ear(SPEC).eval(), torch.tensor([[3, 7]])
    said = torch.randn(1, 2, 40).log_softmax(-1)
    before = ear.settled(said, phones)
    ear.trust.fill_(2.0)
    after = ear.settled(said, phones)
    assert torch.allclose(after.exp().sum(-1), torch.ones(1, 2), atol=1e-5)
    assert (after[0, 0, 4] > before[0, 0, 4]) and (after[0, 1, 8] > before[0, 1, 8])


@pytest.mark.parametrize("reads", [False, True], ids=["beside members", "read by members"])
def test_the_exported_scorer_hears_as_the_ear_does(tmp_path: Path, reads: bool) -> None:
    torch.manual_seed(0)
    (tmp_path / "manifest.json").write_text(json.dumps({"files": []}))
    members, ear = [Scorer(replace(SCORER, ear=reads)).eval() for _ in range(2)], Ear(SPEC).eval()
    ear.sharpness.fill_(0.8)
    ear.trust.fill_(1.5)
    export.write(members, tmp_path, ear)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["scorer"]["outputs"]["heard"] == "heard"
    arguments = export.example(SCORER, 23, 260, seed=3)
    *scores, heard = export.run(export.onnx_model.session(tmp_path / "scorer.onnx"), arguments)
    with torch.no_grad():
        *expected, want = ScorerEnsemble(members, ear).eval()(*arguments)
    assert heard.shape == (23, 40)
    assert float(np.abs(np.exp(heard) - want.exp().numpy()).max()) < 0.01
    for told, score in zip(scores, expected, strict=True):
        assert np.allclose(told, score.numpy(), atol=0.05)


def test_the_plain_reading_shares_one_among_the_phones_and_sees_a_frame_to_either_side() -> None:
    ctc = np.log(np.full((10, 4), 1e-4))
    ctc[:, 0] = np.log(0.99)
    ctc[5] = np.log([0.05, 0.6, 0.3, 0.05])
    plain = plain_reading(ctc, np.array([[3, 5], [6, 9], [1, 2]]))
    assert plain[:2, 0] == pytest.approx([0.05, 0.05])
    assert plain[2, 0] == pytest.approx(0.99)
    assert plain[:, 1:].sum(1) == pytest.approx([1.0, 1.0, 1.0])
    assert plain[0, 1] == pytest.approx(0.6 / 0.95, abs=0.01)


def test_settling_takes_back_errors_that_are_rarer_than_those_learned_from() -> None:
    rng = np.random.default_rng(0)
    phones = np.zeros(4000, dtype=int)
    wrong = rng.random(4000) < 0.05
    evidence = np.where(wrong, -1.5, 1.5) + rng.normal(0, 1, 4000)  # Log-odds as if half of all were wrong: 2 · evidence / 1².
    said = np.stack([np.full(4000, -30.0), 3 * evidence, np.zeros(4000)], 1)
    by = fit(said, phones, np.where(wrong, 0.0, 2.0))
    assert by.trust > 1.0
    after = np.exp(settle(said.copy(), phones, by)[:, 1])
    assert abs(after.mean() - 0.95) < 0.02
    assert settle(said.copy(), phones, Settled(1.0, 0.0))[:, 1].max() <= 0.0
