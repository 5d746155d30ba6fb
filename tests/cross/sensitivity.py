#!/usr/bin/env python3
"""How differently one program scores the samples when they are louder by a millionth, which nobody hears: what is to be expected of two
machines whose floats differ in the last digit. sensitivity.py PROGRAM SAMPLES"""

import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile
from compare_scores import Document, compared, documents

MILLIONTHS = (1, -2, 10, -30)


def louder(program: str, samples: Path, model: str, millionths: float) -> list[Document]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = (samples / "samples.tsv").read_text(encoding="utf-8").splitlines()
        for line in lines[1:]:
            audio = line.split("\t")[0]
            pcm, rate = soundfile.read(samples / audio, dtype="float64")
            soundfile.write(folder / audio, pcm * (1 + millionths * 1e-6), rate, format="WAV", subtype="FLOAT")
        (folder / "samples.tsv").write_text("\n".join(lines), encoding="utf-8")
        return documents([program], folder, model)


def main(program: str, samples: Path) -> None:
    for model in ("en-us-standard", "en-us-tiny"):
        plain = louder(program, samples, model, 0)
        for millionths in MILLIONTHS:
            row, wrong = compared(model, plain, louder(program, samples, model, millionths))
            flagged = sum("flagged" in problem for problem in wrong)
            print(f"{model}, {millionths:+d} millionths: {row}, {flagged} recordings with other flags")


if __name__ == "__main__":
    try:
        main(str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]))
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
