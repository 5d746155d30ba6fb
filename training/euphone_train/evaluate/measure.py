"""The figures of a finished bundle, measured on its int8 file as an engine would run it."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import numpy as np

from euphone_train import records
from euphone_train.data.audio_cache import RATE_HZ
from euphone_train.evaluate.boundaries import VOICES, boundary_errors, phrases, synthesise
from euphone_train.evaluate.phone_error import greedy, phone_error
from euphone_train.export import onnx_model
from euphone_train.train.setup import Material

PHRASES = Path(__file__).resolve().parents[2] / "phrases" / "boundaries.txt"


def _figure(measure: str, value: float, unit: str, data: str) -> dict:
    return {"measure": measure, "value": round(value, 3), "unit": unit, "data": data}


def native_figures(model: Path, material: Material) -> list[dict]:
    """Greedy CTC phone error on the held-out native readers."""
    runtime, dev = onnx_model.session(model), material.native_dev()
    heard = [greedy(onnx_model.run(runtime, material.caches["native"].pcm(u.name))[0]) for u, _ in dev]
    error = phone_error([words for _, words in dev], heard)
    data = f"{error.utterances} sentences of 3 held-out native readers, {error.phones} phones"
    return [
        _figure("phone error rate against the first dictionary pronunciation", error.first * 100, "%", data),
        _figure("phone error rate against the nearest dictionary pronunciation", error.any * 100, "%", data),
    ]


def scorer_figures(bundle: Path, recorded: Path) -> list[dict]:
    """The learned scorer's agreement with the raters on each fold's learners. Raises ValueError if another bundle's was recorded."""
    run, figures = records.read(recorded, bundle), []
    for level, figure in run["levels"].items():
        low, high = figure["interval"]
        data = f"{figure['count']} marks of {run['recordings']} speechocean762 sentences, unheard speakers, all folds; 95 % {low}–{high}"
        figures.append(_figure(f"{level} against the raters", figure["together"], "Pearson", data))
    return figures


def learner_figures(bundle: Path, recorded: Path) -> list[dict]:
    """The plain scorer's agreement with the raters across the folds. Raises ValueError if another bundle's was recorded."""
    run = records.read(recorded, bundle, plain=True)
    figures = []
    for what, figure in run["figures"].items():
        low, high = figure["interval"]
        counted = {"fluency": "sentences"}.get(what, f"{what}s")
        data = f"{figure['count']} {counted} of {run['speakers']} speechocean762 speakers in disjoint folds; 95 % interval {low}–{high}"
        figures.append(_figure(f"plain scorer: {what} against the raters", figure["pcc"], "Pearson", data))
    return figures


def boundary_figures(model: Path) -> list[dict]:
    """Alignment against synthetic speech; empty, with a notice, where flite is not installed."""
    if shutil.which("flite") is None:
        print("flite is not installed: boundaries are not measured", flush=True)
        return []
    runtime = onnx_model.session(model)
    with tempfile.TemporaryDirectory() as folder:
        spoken = [synthesise(v, p, Path(folder)) for v in VOICES for p in phrases(PHRASES)]
    clips = [c for c in spoken if c is not None]
    errors = boundary_errors(clips, lambda pcm: onnx_model.run(runtime, pcm))
    data = f"{len(clips)} flite phrases ({', '.join(VOICES)}), {errors['frames'].phones} phones, known text"
    figures = []
    for name, error in errors.items():
        figures.append(_figure(f"mean phone boundary error, {name}", error.phone_ms, "ms", data))
        figures.append(_figure(f"mean word boundary error, {name}", error.word_ms, "ms", data))
        figures.append(_figure(f"mean signed boundary error, {name}", error.bias_ms, "ms", data))
    return figures


def speed(model: Path, seconds: float = 5.0, runs: int = 20) -> float:
    """Processor time of one thread per second of audio, median of `runs`."""
    runtime = onnx_model.session(model, threads=1)
    pcm = np.random.default_rng(0).standard_normal(int(seconds * RATE_HZ)).astype(np.float32) * 0.05
    onnx_model.run(runtime, pcm)
    times = []
    for _ in range(runs):
        began = time.process_time()
        onnx_model.run(runtime, pcm)
        times.append(time.process_time() - began)
    return float(np.median(times)) / seconds
