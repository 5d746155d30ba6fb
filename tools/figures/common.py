"""What the measuring scripts share: where things are, and how to run the program over many recordings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))  # Of which only what needs nothing but Python is used.
from euphone_train import records  # noqa: E402

PROGRAM = ROOT / "build" / "release" / "euphone"
SAMPLES = ROOT / "samples"
SHIPPED = ROOT / "models" / "en-us-standard"
RESULTS = ROOT / "training" / "results"
RATE = 16000
_FIVE_SECONDS = ("librispeech-118-47824-0022.opus", "librispeech-3242-8112-0024.opus")
FIVE_SECONDS_TEXT = "You see, I spent a good deal in Smithtown yesterday. Mantelish brought it back to Maccadon."


def report(values: dict) -> None:
    print(json.dumps(values))
    sys.exit(0)


def skip(why: str) -> None:
    report({"skip": why})


def data_folder(name: str) -> Path:
    """A corpus beside the checkout (../shared/data) or below $EUPHONE_CORPORA; says so and ends where there is none."""
    for base in (os.environ.get("EUPHONE_CORPORA"), ROOT.parent / "shared" / "data"):
        if base and (Path(base) / name).is_dir():
            return Path(base) / name
    skip(f"needs the corpus {name}; see training/README.md")
    raise AssertionError


def fold_bundles() -> dict[str, Path]:
    """By learner, the bundle of the training fold that never saw them; empty unless $EUPHONE_FOLDS holds fold0 … fold4
    (training/README.md)."""
    base = os.environ.get("EUPHONE_FOLDS")
    if not base:
        return {}
    folds = json.loads((ROOT / "training/splits/so762_folds.json").read_text())["folds"]
    return {speaker: Path(base).resolve() / f"fold{i}" for i, fold in enumerate(folds) for speaker in fold}


def analyse(tasks: list[tuple[Path, str, str]], *program: str, options: tuple[str, ...] = ()) -> dict[str, dict]:
    """tasks: (audio, text, id). Documents by id; refused recordings are left out. Options of the program, and of analyze."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as listing:
        listing.writelines(f"{audio.resolve()}\t{text}\t{name}\n" for audio, text, name in tasks)
        listing.flush()
        command = [PROGRAM, *program, "analyze", "--manifest", listing.name, "--format", "json", *options]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 1, 3):
        raise RuntimeError(result.stderr.strip()[-300:])
    return {d["id"]: d for d in map(json.loads, result.stdout.splitlines())}


def write_record(name: str, values: dict) -> None:
    """Keeps what only a training's fold models can give, in training/results/NAME.json."""
    records.write(RESULTS / f"{name}.json", f"tools/figures/{Path(sys.argv[0]).name} --record", SHIPPED, values)


def read_record(name: str, plain: bool = False, bundle: Path = SHIPPED) -> dict:
    """Ends with a skip where nothing was recorded, or for another model or calibration than the shipped ones."""
    try:
        return records.read(RESULTS / f"{name}.json", bundle, plain=plain)
    except ValueError as problem:
        skip(str(problem))
        raise


def read_audio(path: Path) -> np.ndarray:
    """Mono float32 at 16 kHz."""
    import soundfile  # Only where recordings are edited.

    pcm, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return resample(pcm.mean(1), rate, RATE)


def resample(pcm: np.ndarray, rate: int, wanted: int) -> np.ndarray:
    """Band-limited, by the Fourier transform of the whole clip."""
    if rate == wanted:
        return pcm.astype(np.float32)
    count = round(len(pcm) * wanted / rate)
    spectrum = np.fft.rfft(pcm)
    kept = np.zeros(count // 2 + 1, dtype=complex)
    common = min(len(kept), len(spectrum))
    kept[:common] = spectrum[:common]
    return (np.fft.irfft(kept, count) * count / len(pcm)).astype(np.float32)


def write_audio(path: Path, pcm, rate: int = RATE) -> Path:
    """16-bit WAV; values outside [-1, 1] are clipped, as a sound card would."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def five_seconds(folder: Path) -> Path:
    """A WAV file of 5 s, in which FIVE_SECONDS_TEXT is read."""
    pcm = np.concatenate([read_audio(SAMPLES / clip) for clip in _FIVE_SECONDS])[: 5 * RATE]
    return write_audio(folder / "five.wav", pcm)


def native_dev(corpus: Path) -> list[tuple[Path, str]]:
    """(audio, upper-case text) of the native readers that no training has seen."""
    speakers = set(json.loads((ROOT / "training/splits/native_dev.json").read_text())["speakers"])
    rows = [line.split("\t") for line in (corpus / "text.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [(corpus / "audio" / f"{r[0]}.opus", r[3]) for r in rows if r[1] in speakers]


def learners(corpus: Path) -> list[dict]:
    return [json.loads(line) for line in (corpus / "scores.jsonl").read_text(encoding="utf-8").splitlines()]
