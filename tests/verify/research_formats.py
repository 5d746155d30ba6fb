"""Has the programs that research uses read what Euphone writes, and Euphone what they write: praatio (TextGrid), pympi (ELAN), Lhotse
(its own manifests, Kaldi folders). research_formats.py PROGRAM SAMPLES"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pympi
from lhotse import CutSet
from lhotse.kaldi import load_kaldi_data_dir
from praatio import textgrid

TEXT = "Next year will be different, she thought."
WORDS = "next year will be different she thought".split()


def main(program: Path, samples: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)

        def euphone(*words) -> str:
            return subprocess.run([program, *map(str, words)], check=True, capture_output=True, text=True).stdout

        def same(first: Path, second: Path) -> None:
            compared = json.loads(euphone("labels", "compare", first, second, "--tier", "words", "--json"))
            assert (compared["same"], compared["within_10_ms"]) == (len(WORDS), 1.0), compared

        sample = samples / "so762-014070336.opus"
        euphone("analyze", sample, "--text", TEXT, "--id", "take", "--out", path, "--format", "textgrid", "--format", "elan")
        grid = textgrid.openTextgrid(str(path / "take.TextGrid"), includeEmptyIntervals=False)
        assert [entry.label for entry in grid.getTier("words").entries] == WORDS
        for form in ("long_textgrid", "short_textgrid"):
            grid.save(str(path / f"{form}.TextGrid"), format=form, includeBlankSpaces=True)
            same(path / f"{form}.TextGrid", path / "take.TextGrid")
        print("praatio reads the TextGrid, and its long and short ones are read")

        eaf = pympi.Elan.Eaf(str(path / "take.eaf"))
        assert [entry[2] for entry in sorted(eaf.get_annotation_data_for_tier("words"))] == WORDS
        eaf.to_file(str(path / "pympi.eaf"))
        same(path / "pympi.eaf", path / "take.TextGrid")
        print("pympi reads the ELAN document, and its own is read")

        (path / "list.tsv").write_text(f"{sample.resolve()}\t{TEXT}\tann-1\n")
        euphone("corpus", path / "list.tsv", "--kaldi", path / "kaldi")
        recordings, supervisions, _ = load_kaldi_data_dir(path / "kaldi", 16000)
        assert [supervision.text for supervision in supervisions] == [TEXT]
        print("Lhotse reads the Kaldi folder")

        recordings.to_file(path / "x_recordings_dev.jsonl.gz")
        supervisions.to_file(path / "x_supervisions_dev.jsonl.gz")
        cuts = CutSet.from_manifests(recordings, supervisions)
        cuts.to_file(path / "cuts.jsonl.gz")
        cuts.trim_to_supervisions().to_file(path / "trimmed.jsonl.gz")
        expected = json.loads(euphone("analyze", sample, "--text", TEXT, "--format", "json"))["scores"]
        for manifest in ("x_supervisions_dev.jsonl.gz", "cuts.jsonl.gz", "trimmed.jsonl.gz"):
            scores = json.loads(euphone("analyze", "--manifest", path / manifest, "--format", "json"))["scores"]
            assert scores == expected, (manifest, scores, expected)
        print("Lhotse's supervisions and cuts are read, and judged as the recording itself")


main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
