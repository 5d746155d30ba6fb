"""The grapheme-to-phoneme model: its split, its decoder, its scoring, its training, the shipped file."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from euphone_train.curves.record import read
from euphone_train.g2p import train as training
from euphone_train.g2p.data import Entry, parse_cmudict, split_of, without_relatives
from euphone_train.g2p.decode import edit_distance, greedy
from euphone_train.g2p.evaluate import score
from euphone_train.g2p.export import export_float
from euphone_train.g2p.model import LetterCtc, ModelSpec
from euphone_train.g2p.runtime import OnnxG2p
from euphone_train.g2p.symbols import ALPHABET, encode_word, output_classes

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "models" / "en-us-g2p"
CLASSES = output_classes(ROOT / "contract" / "phones.en-us.json")
TINY = ModelSpec(width=32, heads=2, feed_forward=32, layers=2, feedback_after=1, embedding=8)


def entry(word: str, *variants: str) -> Entry:
    return Entry(word=word, variants=tuple(tuple(variant.split()) for variant in variants))


def frames(*path: int, classes: int = 4) -> np.ndarray:
    """Log-probabilities [T, classes] whose best class follows the path."""
    return np.log(np.full((len(path), classes), 0.1) + 0.6 * np.eye(classes)[list(path)])


# --- dictionary and split ---


def test_the_parser_keeps_all_variants_of_a_word_together_and_leaves_hyphens_and_digits_out():
    text = "tomato T AH0 M EY1 T OW2\ntomato(2) T AH0 M AA1 T OW2 # British\nx-ray EH1 K S\n4th F AO1 R TH\n"
    assert parse_cmudict(text) == [entry("tomato", "T AH0 M EY1 T OW2", "T AH0 M AA1 T OW2")]


def test_the_split_is_the_one_the_published_figures_were_measured_on():
    known = {"lawlessness": "test", "gorbachev's": "test", "nest": "test", "hominy": "dev", "tomato": "train"}
    assert {word: split_of(word) for word in known} == known


def test_a_headword_and_so_every_variant_falls_into_exactly_one_split():
    text = "".join(f"w{a}{b} W AH1\nw{a}{b}(2) W IY1\n" for a in "abcdefghij" for b in "abcdefghij")
    by_split: dict[str, set[str]] = {"train": set(), "dev": set(), "test": set()}
    for parsed in parse_cmudict(text):
        assert len(parsed.variants) == 2
        by_split[split_of(parsed.word)].add(parsed.word)
    assert sum(map(len, by_split.values())) == len(set().union(*by_split.values())) == 100
    assert all(by_split.values())


def test_a_held_out_word_with_an_inflected_form_in_training_counts_as_a_relative():
    known = [entry("walk", "W AO1 K"), entry("smith's", "S M IH1 TH S")]
    held_out = [entry(word, "AH0") for word in ("walking", "smith", "smiths", "walnut")]
    assert [e.word for e in without_relatives(held_out, known)] == ["walnut"]


# --- symbols ---


def test_the_classes_are_the_blank_24_consonants_and_15_vowels_with_three_stresses():
    assert CLASSES[0] == "<blank>"
    assert len(CLASSES) == len(set(CLASSES)) == 1 + 24 + 15 * 3


def test_a_foreign_character_is_refused_by_name():
    with pytest.raises(ValueError, match="'é'"):
        encode_word("café")


# --- decoding ---


def test_repeats_merge_unless_a_blank_parts_them():
    assert greedy(frames(1, 1, 0, 1, 2, 2), vowels=[1, 2]) == [1, 1, 2]


def test_a_tie_goes_to_the_lowest_class():
    assert greedy(np.log(np.full((1, 3), 1 / 3)), vowels=[1]) == [1]
    assert greedy(np.log(np.array([[0.1, 0.45, 0.45]])), vowels=[1, 2]) == [1]


def test_a_word_without_a_vowel_gets_the_one_that_costs_least():
    log_probs = np.log(np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.5, 0.1, 0.3], [0.6, 0.1, 0.2, 0.1]]))
    assert greedy(log_probs, vowels=[2, 3]) == [3]
    assert greedy(frames(1, 0, 1), vowels=[3]) == [3, 1]


def test_edit_distance_counts_each_kind_of_error_once():
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == edit_distance("abc", "") == 3


# --- scoring ---


def test_any_listed_variant_is_right_and_stress_counts_only_where_asked():
    entries = [entry("tomato", "T AH0 M EY1 T OW2", "T AH0 M AA1 T OW2"), entry("cat", "K AE1 T")]
    guesses = [["T", "AH0", "M", "AA1", "T", "OW0"], ["K", "AE1", "P", "T"]]
    plain, stressed = score(entries, guesses, stress=False), score(entries, guesses, stress=True)
    assert (plain.words, plain.word_accuracy) == (2, 50.0)
    assert plain.phone_error_rate == pytest.approx(100 * 1 / 9)
    assert (stressed.word_accuracy, stressed.phone_error_rate) == (0.0, pytest.approx(100 * 2 / 9))


# --- training ---


def test_a_variant_longer_than_its_frames_is_left_out_of_training():
    entries = [entry("w", "D AH1 B AH0 L Y UW0"), entry("ab", "AE1 B", " ".join(["AA1"] * 5))]
    assert training.trainable(entries, 2) == [entry("ab", "AE1 B")]


def test_the_loss_sums_the_probability_of_all_variants():
    ids = {name: index for index, name in enumerate(CLASSES)}
    torch.manual_seed(0)
    log_probs = torch.log_softmax(torch.randn(1, 6, len(CLASSES)), -1)
    alone = [training.ctc_loss(log_probs, training.make_batch([entry("a", v)], ids)) for v in ("AH0", "EY1")]
    both = training.ctc_loss(log_probs, training.make_batch([entry("a", "AH0", "EY1")], ids))
    assert both.item() == pytest.approx(-torch.logsumexp(-torch.stack(alone), 0).item(), rel=1e-5)


def test_an_epoch_visits_every_entry_once_in_batches_of_one_length():
    ids = {name: index for index, name in enumerate(CLASSES)}
    entries = [entry(word, "AH0") for word in ("a", "b", "ab", "bc", "cd", "abc")]
    batches = training.make_batches(entries, ids, 8, random.Random(1))
    words = ["".join(ALPHABET[i] for i in row) for batch in batches for row in batch.letters.tolist()]
    assert sorted(words) == sorted(e.word for e in entries)


def test_a_stopped_training_goes_on_from_its_checkpoint_to_the_same_weights(tmp_path: Path):
    dictionary = tmp_path / "cmudict.dict"
    words = [a + b + c for a in "bdgkt" for b in "aeiou" for c in "nmlst"]
    dictionary.write_text("".join(f"{word} {word[0].upper()} AH1 {word[2].upper()}\n" for word in words))
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    spec = training.TrainSpec(epochs=2, letters_per_batch=100)
    training.train(dictionary, CLASSES, whole, TINY, spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "measure", _stop_at_the_second(training.measure))
        with pytest.raises(KeyboardInterrupt):
            training.train(dictionary, CLASSES, halves, TINY, spec)
    assert torch.load(halves / "checkpoint.pt", weights_only=True)["step"] > 0
    training.train(dictionary, CLASSES, halves, TINY, spec)
    one, other = (torch.load(run / "model.pt", weights_only=True) for run in (whole, halves))
    assert all(torch.equal(one[name], other[name]) for name in one)
    curves = [[row | {"seconds": 0} for row in read(run / "curve.csv")] for run in (whole, halves)]
    assert curves[0] == curves[1]
    assert [row["epoch"] for row in curves[0]] == [1, 2]


def _stop_at_the_second(measure: Callable) -> Callable:
    """`measure`, interrupted at its second call."""
    calls = []

    def stopped(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return measure(*arguments)

    return stopped


@pytest.mark.parametrize("letters", [1, 2, 13, 40])
def test_the_exported_model_agrees_with_pytorch_at_any_length(tmp_path: Path, letters: int):
    torch.manual_seed(3)
    model = LetterCtc(TINY).eval()
    export_float(model, tmp_path / "tiny.onnx")
    word = "abcdefghijklmnopqrstuvwxyz'.abcdefghijklm"[:letters]
    expected = model(torch.tensor([encode_word(word)]))[0][0].detach().numpy()
    actual = OnnxG2p(tmp_path / "tiny.onnx", CLASSES).log_probs(word)
    assert actual.shape == ((letters + 2) * TINY.frames_per_letter, len(CLASSES))
    np.testing.assert_allclose(actual, expected, atol=1e-4)


# --- the shipped bundle ---


@pytest.fixture(scope="module")
def shipped() -> OnnxG2p:
    return OnnxG2p.from_bundle(BUNDLE)


def test_the_shipped_model_gives_its_self_test_words(shipped: OnnxG2p):
    words = json.loads((BUNDLE / "self_test" / "words.json").read_text(encoding="utf-8"))
    assert {word: " ".join(shipped.pronounce(word)) for word in words} == words


def test_the_shipped_model_gives_its_self_test_probabilities(shipped: OnnxG2p):
    manifest = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
    letters = np.fromfile(BUNDLE / manifest["self_test"]["input"], dtype="<i8")
    word = "".join(manifest["g2p"]["letters"][i] for i in letters)
    expected = np.fromfile(BUNDLE / manifest["self_test"]["expected"]["ctc"], dtype="<f4")
    actual = np.exp(shipped.log_probs(word))
    assert np.abs(actual - np.exp(expected.reshape(actual.shape))).max() <= manifest["self_test"]["tolerance"]


@pytest.mark.parametrize("word", ["b", "z", "'", "...", "hmm", "bcdfgh", "pfft", "q" * 40])
def test_the_shipped_model_says_a_vowel_in_every_word(shipped: OnnxG2p, word: str):
    assert any(phone[-1].isdigit() for phone in shipped.pronounce(word))


def test_the_shipped_model_meets_its_bars_by_its_own_manifest():
    manifest = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
    figures = {row["measure"]: row["value"] for row in reversed(manifest["accuracy"])}
    assert figures["word accuracy without stress"] >= 70
    assert figures["phone error rate without stress"] <= 7
    assert (BUNDLE / "g2p.onnx").stat().st_size <= 2_000_000
    assert (manifest["g2p"]["letters"], manifest["g2p"]["classes"]) == (list(ALPHABET), CLASSES)
