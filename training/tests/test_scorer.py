"""The learned scorer: what describes a phone, padding, export, resuming."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from euphone_train.calibrate.fit import pearson
from euphone_train.curves.record import read
from euphone_train.models.ensemble import SideBySide
from euphone_train.models.scorer import SENTENCE_SCORES, Scorer, ScorerSpec, describe, descriptor_width, word_positions
from euphone_train.score import export
from euphone_train.score.batches import collate
from euphone_train.score.curves import NATIVE, learned_section
from euphone_train.score.fit import Fit, FitSpec, trained
from euphone_train.score.judge import mean_of, predict, summary
from euphone_train.score.segments import Sentence

SPEC = ScorerSpec(feature_width=8, width=16, layers=1, heads=2)


def sentence(seed: int, words: int = 4) -> Sentence:
    """Made-up descriptors in which the first one tells the score."""
    rng = np.random.default_rng(seed)
    of_word = np.repeat(np.arange(words), rng.integers(1, 5, words))
    described = rng.standard_normal((len(of_word), descriptor_width(SPEC))).astype(np.float16)
    score = np.clip(1 + described[:, 0].astype(np.float32), 0, 2)
    word = np.array([5 * score[of_word == w].mean() for w in range(words)], dtype=np.float32)
    return Sentence(
        name=str(seed),
        speaker=str(seed % 5),
        described=described,
        phones=rng.integers(0, 39, len(of_word)),
        words=of_word,
        phone_labels=score,
        word_labels=np.stack([word] * 3, 1),
        labels=np.full(4, 5 * score.mean(), dtype=np.float32),
    )


def scorer(seed: int = 0) -> Scorer:
    torch.manual_seed(seed)
    model = Scorer(SPEC)
    torch.nn.init.normal_(model.sentence_head.weight, std=0.1)
    return model.eval()


def test_a_phone_that_was_heard_clearly_stands_out_in_its_description() -> None:
    features, ctc, frames, spans, phones, words = export.example(SPEC, count=5)
    heard = torch.full_like(ctc, -12.0)
    heard[:, 0] = 0.0
    begin, end = spans[2]
    heard[begin:end, phones[2] + 1] = -0.01
    rows = describe(features, heard, frames, spans, phones, words)
    own, margin = rows[:, -13], rows[:, -12]
    assert own[2] == own.max() and own[2] > 1.0
    assert margin[2] > 10.0


def test_descriptions_have_the_declared_width_and_see_only_their_frames() -> None:
    features, ctc, frames, spans, phones, words = export.example(SPEC, count=6)
    rows = describe(features, ctc, frames, spans, phones, words)
    assert rows.shape == (6, descriptor_width(SPEC))
    changed = features.clone()
    changed[int(spans[3, 0]) : int(spans[3, 1])] += 1.0
    other = describe(changed, ctc, frames, spans, phones, words)
    assert [bool((rows[i] != other[i]).any()) for i in range(6)] == [i == 3 for i in range(6)]


def test_positions_count_from_either_end_of_a_word() -> None:
    front, back = word_positions(torch.tensor([0, 0, 0, 1, 2, 2]))
    assert front.tolist() == [0, 1, 2, 0, 0, 1]
    assert back.tolist() == [2, 1, 0, 0, 1, 0]


def test_padding_changes_no_score() -> None:
    model, short, long = scorer(), sentence(1, 2), sentence(2, 9)
    alone, together = predict(model, [short])[0], predict(model, [short, long])[0]
    for a, b in zip(alone, together, strict=True):
        assert np.allclose(a, b, atol=1e-5)


def test_the_exported_ensemble_gives_each_members_scores(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [{"path": "scorer.onnx", "role": "scorer"}]}))
    members = [scorer(1), scorer(2)]
    export.write(members, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert [f["path"] for f in manifest["files"]] == ["scorer.onnx"]
    arguments = export.example(SPEC, 23, 260, seed=3)
    got = export.run(export.onnx_model.session(tmp_path / "scorer.onnx"), arguments)
    described, (front, back) = describe(*arguments)[None], word_positions(arguments[5])
    belongs = (torch.arange(6)[:, None] == arguments[5][None]).float()[None]
    with torch.no_grad():
        alone = [m(described, arguments[4][None], (front[None], back[None]), belongs) for m in members]
    scaled = [torch.cat([scores[i] for scores in alone]) * scale for i, scale in enumerate((1, 5, 5))]
    want = [s.clamp(0, 2 if i == 0 else 10) for i, s in enumerate(scaled)]
    assert got[0].shape == (2, 23) and got[1].shape == (2, 6, 3) and got[2].shape == (2, 4)
    for a, b, scale in zip(want, got, (2, 10, 10), strict=True):
        assert float(np.abs(a.numpy() - b).max()) < 0.02 * scale


def test_members_that_learned_from_other_sentences_run_side_by_side_as_they_do_alone() -> None:
    first, second = scorer(1), scorer(2)
    second.mean += torch.linspace(-1.0, 1.0, len(second.mean))
    second.scale *= torch.linspace(0.5, 2.0, len(second.scale))
    arguments = export.example(SPEC, 9, 120, seed=4)
    described, (front, back) = describe(*arguments)[None], word_positions(arguments[5])
    belongs = (torch.arange(3)[:, None] == arguments[5][None]).float()[None]
    read = described, arguments[4][None], (front[None], back[None]), belongs
    with torch.no_grad():
        alone, together = [m(*read) for m in (first, second)], SideBySide([first, second]).eval()(*read)
    for level, scores in enumerate(together):
        torch.testing.assert_close(scores, torch.cat([a[level] for a in alone]), atol=1e-4, rtol=1e-4)


def test_training_learns_what_the_descriptors_tell_and_resumes_to_the_same_weights(tmp_path: Path) -> None:
    train, held_out = [sentence(i) for i in range(200)], [sentence(i) for i in range(300, 320)]
    spec = FitSpec(epochs=12, batch=10, rate=1e-2, warmup_steps=5, average=0.9, noise=0.1, model=SPEC)
    whole = Fit(tmp_path / "whole", spec, 1, train, held_out).run()
    half = Fit(tmp_path / "half", spec, 1, train, [])
    stop_after(half, 3)
    resumed = Fit(tmp_path / "half", spec, 1, train, []).run()
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert summary(predict(whole, held_out), held_out)["phone"] > 0.7
    for name in ("whole", "half"):
        assert [row["epoch"] for row in read(tmp_path / name / "curve.csv")] == list(range(1, 13))
    with pytest.raises(ValueError, match="not trained to the end"):
        trained(tmp_path / "nothing", spec)


def stop_after(fit: Fit, epochs: int) -> None:
    """Runs and is killed after some epochs."""

    class Killed(Exception):
        pass

    save = fit._save

    def saved() -> None:
        if fit.epoch == epochs + 1:  # The row of this epoch is written, its checkpoint is not.
            raise Killed
        save()

    fit._save = saved
    with pytest.raises(Killed):
        fit.run()


def test_an_ensemble_scores_what_its_members_score_on_average() -> None:
    sentences = [sentence(1), sentence(2)]
    first, second = (predict(scorer(i), sentences) for i in (1, 2))
    mean = mean_of([first, second])
    assert np.allclose(mean[1][0], (first[1][0] + second[1][0]) / 2)


def test_pearson_is_one_on_a_line_and_none_without_spread() -> None:
    x = np.arange(5.0)
    assert pearson(x, 3 * x + 1) == pytest.approx(1.0)
    assert pearson(x, np.ones(5)) == 0.0


def test_labels_of_a_batch_lie_between_nought_and_two() -> None:
    batch = collate([sentence(1), sentence(2)])
    assert float(batch.word_labels.max()) <= 2.0
    assert float(batch.labels.max()) <= 2.0


def test_the_learned_scale_tells_poor_words_at_the_raters_edge_and_gives_natives_their_due() -> None:
    rng = np.random.default_rng(0)
    labels = np.where(rng.random(4000) < 0.1, 20.0, 95.0) + rng.normal(0, 3, 4000)
    scores = np.clip(0.5 * labels + 48 + rng.normal(0, 4, 4000), 0, 100)  # Shrunk towards the middle.
    section = learned_section((scores, labels), (scores, labels), dict.fromkeys(SENTENCE_SCORES, 90.0))
    curve = section["word_curve"]
    mapped = np.interp(scores, curve["x"], curve["y"])
    before, after = ((np.mean(s[labels < 50] < 50), np.mean(s[labels >= 50] < 50)) for s in (scores, mapped))
    assert before[0] < 0.1 < after[0] and after[1] < 0.01
    assert np.interp(90.0, section["total_curve"]["x"], section["total_curve"]["y"]) == NATIVE
    assert section["word_bands"]["clear"] > section["word_bands"]["hard_to_understand"]
