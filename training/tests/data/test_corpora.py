"""Both layouts of both corpora give the same utterances."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from euphone_train.data.corpora import is_clean, read_mini_librispeech, read_speechocean

MARKS = {"accuracy": 8, "fluency": 9, "prosodic": 7, "total": 8}
WORD = {
    "text": "BEAR",
    "accuracy": 6,
    "stress": 10,
    "total": 6,
    "phones": ["B", "EH0", "R"],
    "phones-accuracy": [2.0, 0.4, 1.8],
}


def test_compact_and_original_speechocean_agree(tmp_path: Path) -> None:
    compact, original = tmp_path / "compact", tmp_path / "original"
    compact.mkdir()
    line = {"utt": "000010011", "text": "BEAR", "speaker": "0001", "age": 6, "gender": "m", "words": [WORD]} | MARKS
    (compact / "scores.jsonl").write_text(json.dumps(line) + "\n")
    (original / "resource").mkdir(parents=True)
    (original / "train").mkdir()
    scores = {"000010011": {"text": "BEAR", "words": [WORD]} | MARKS}
    (original / "resource" / "scores.json").write_text(json.dumps(scores))
    for name, text in {
        "wav.scp": "000010011 WAVE/SPEAKER0001/000010011.WAV",
        "utt2spk": "000010011 0001",
        "spk2age": "0001 6",
        "spk2gender": "0001 m",
    }.items():
        (original / "train" / name).write_text(text + "\n")
    one, other = read_speechocean(compact)[0], read_speechocean(original)[0]
    assert other.audio == original / "WAVE/SPEAKER0001/000010011.WAV"
    assert one.words == other.words
    assert (one.name, one.speaker, one.age, one.gender) == (other.name, other.speaker, other.age, other.gender)


def test_compact_and_original_librispeech_agree(tmp_path: Path) -> None:
    compact, original = tmp_path / "compact", tmp_path / "LibriSpeech"
    compact.mkdir()
    (compact / "text.tsv").write_text("utt\tspeaker\tchapter\ttext\n19-198-0000\t19\t198\tNORTH WIND\n")
    (compact / "speakers.tsv").write_text("speaker\tgender\n19\tf\n")
    chapter = original / "train-clean-5" / "19" / "198"
    chapter.mkdir(parents=True)
    (chapter / "19-198.trans.txt").write_text("19-198-0000 NORTH WIND\n")
    one, other = read_mini_librispeech(compact)[0], read_mini_librispeech(original)[0]
    assert (one.name, one.speaker, one.text) == (other.name, other.speaker, other.text)
    assert other.audio == chapter / "19-198-0000.flac"


def test_an_empty_folder_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        read_speechocean(tmp_path)
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        read_mini_librispeech(tmp_path)


@pytest.mark.parametrize(("marks", "clean"), [([2.0, 0.4, 1.8], True), ([0.9, 0.4, 1.8], False)])
def test_clean_means_at_most_one_phone_below_one(tmp_path: Path, marks: list[float], clean: bool) -> None:
    line = {"utt": "u", "text": "BEAR", "speaker": "1", "age": 6, "gender": "m"} | MARKS
    line["words"] = [WORD | {"phones-accuracy": marks}]
    (tmp_path / "scores.jsonl").write_text(json.dumps(line) + "\n")
    assert is_clean(read_speechocean(tmp_path)[0]) is clean
