"""Viterbi alignment finds the segments that the posteriors show."""

from __future__ import annotations

import numpy as np
import pytest

from euphone_train.align.mel import log_mel, with_context
from euphone_train.align.viterbi import best_path, ctc_graph, midpoint_spans, spans, speech_graph
from euphone_train.data.batches import stretched
from euphone_train.evaluate.boundaries import Spoken, compare, seconds
from euphone_train.models.acoustic import frame_count


def posteriors(labels: list[int], classes: int = 8) -> np.ndarray:
    return np.log(np.full((len(labels), classes), 0.02) + np.eye(classes)[labels] * 0.84)


def test_phones_and_optional_silence_are_found() -> None:
    labels = [0] * 5 + [1] * 4 + [2] * 3 + [0] * 6 + [3] * 5 + [0] * 4
    graph = speech_graph([[1, 2], [3]])
    found = best_path(graph, posteriors(labels))
    assert found is not None
    assert spans(found[0], graph, 3).tolist() == [[5, 9], [9, 12], [18, 23]]
    assert graph.label[found[0]].tolist() == labels


def test_words_may_touch_and_silence_may_be_missing() -> None:
    labels = [1] * 3 + [2] * 3 + [2] * 3
    graph = speech_graph([[1, 2], [2]])
    found = best_path(graph, posteriors(labels))
    assert found is not None
    assert graph.label[found[0]].tolist() == labels


def test_a_clip_shorter_than_its_phones_has_no_alignment() -> None:
    assert best_path(speech_graph([[1, 2, 3]]), posteriors([1, 2, 3])) is None
    assert best_path(ctc_graph([1, 1]), posteriors([1, 1])) is None


def test_ctc_alignment_puts_cuts_half_way_between_spikes() -> None:
    labels = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0]
    graph = ctc_graph([1, 2])
    found = best_path(graph, posteriors(labels))
    assert found is not None
    spikes = spans(found[0], graph, 2)
    assert spikes.tolist() == [[6, 7], [12, 13]]
    assert midpoint_spans(spikes, len(labels)).tolist() == [[2, 10], [10, 18]]


def test_labels_follow_a_change_of_speed() -> None:
    labels = np.repeat([0, 1, 2], [100, 50, 50])
    fast = stretched(labels, 182, 1.1)
    assert abs(int((fast == 0).sum()) - 91) <= 1
    assert abs(int((fast == 1).sum()) - 45) <= 1
    assert stretched(labels, 200, 1.0).tolist() == labels.tolist()


@pytest.mark.parametrize("samples", [4000, 16_000, 50_001])
def test_features_lie_on_the_grid_of_the_model(samples: int) -> None:
    features = log_mel(np.random.default_rng(0).standard_normal(samples).astype(np.float32))
    assert features.shape == (frame_count(samples), 40)
    assert with_context(features, 2).shape == (frame_count(samples), 200)


def test_a_click_shows_in_the_frame_whose_centre_is_nearest() -> None:
    pcm = np.zeros(16_000, dtype=np.float32)
    pcm[8000] = 1.0
    assert int(log_mel(pcm).mean(1).argmax()) == round((8000 - 255) / 192)


def test_boundary_error_measures_milliseconds() -> None:
    spans_found = np.array([[10, 20], [20, 30]])
    times = seconds(spans_found) + np.array([[0.010, 0.010], [0.010, -0.010]])
    clip = Spoken(pcm=np.zeros(1, np.float32), words=[[1], [2]], times=times)
    assert compare([clip], [spans_found]).phone_ms == pytest.approx(10.0, abs=1e-6)
