"""What PyTorch says of the sample recordings, for a test that holds the program to it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from euphone_train.calibrate.attach import read_calibration, scoring_digest
from euphone_train.calibrate.engine import Task, align
from euphone_train.data.audio_cache import read_audio
from euphone_train.data.phones import phone_class
from euphone_train.export import onnx_model
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.score.segments import cut_to_sentence, frame_before

_CURVES = {"accuracy": "sentence_curve", "fluency": "fluency_curve", "prosody": "prosody_curve", "total": "total_curve"}


def heard_percent(logs: np.ndarray | None = None) -> dict[str, list[float]]:
    """Of each phone: how likely nothing was said, and the share of the phone that was heard most among all; empty without an ear."""
    if logs is None:
        return {}
    said = np.exp(logs)
    best = said[:, 1:].max(1) / said[:, 1:].sum(1)
    return {"nothing": [round(100 * float(v), 2) for v in said[:, 0]], "best": [round(100 * float(v), 2) for v in best]}


def judged(model: ScorerEnsemble, document: dict, tables: tuple[np.ndarray, ...], curves: dict) -> dict:
    """Scores 0–100 of one analysis, whose alignment is taken as it is."""
    read = [w for w in document["words"] if w["phones"] and w["error"] not in ("repeated", "inserted")]
    phones = [p for w in read for p in w["phones"]]
    spans = np.array([(frame_before(p["start_s"]), frame_before(p["end_s"])) for p in phones])
    ids = np.array([phone_class(p["arpabet"]) - 1 for p in phones])
    words = np.repeat(np.arange(len(read)), [len(w["phones"]) for w in read])
    cut, spans = cut_to_sentence(tables, spans)
    with torch.no_grad():
        told = [x.numpy() for x in model(*cut, torch.from_numpy(spans), torch.from_numpy(ids), torch.from_numpy(words))]
    phone, word, sentence = (x.mean(0) for x in told[:3])

    def bent(values: np.ndarray, curve: str) -> list[float]:
        return [round(float(v), 3) for v in np.interp(values, curves[curve]["x"], curves[curve]["y"])]

    return {
        "phones": bent(50 * phone, "phone_curve"),
        "words": bent(10 * word[:, 0], "word_curve"),
        "word_totals": [round(float(v), 3) for v in 10 * word[:, 2]],
        "heard": heard_percent(*told[3:]),
        "scores": {name: bent(10 * sentence[i : i + 1], curve)[0] for i, (name, curve) in enumerate(_CURVES.items())},
    }


def write(program: Path, bundle: Path, model: ScorerEnsemble, samples: Path, out: Path) -> None:
    """Every line of SAMPLES/samples.tsv, its words taken as read."""
    lines = [x.split("\t") for x in (samples / "samples.tsv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    tasks = [Task(name=Path(audio).stem, audio=samples / audio, text=text) for audio, text in lines]
    documents = align(program, bundle, tasks)
    runtime = onnx_model.session(bundle / "model.onnx")
    curves = read_calibration(bundle)["learned"]
    expected = {
        t.name: {"text": t.text} | judged(model, documents[t.name], onnx_model.run_all(runtime, read_audio(t.audio)), curves) for t in tasks
    }
    record = {"made_by": "python -m euphone_train.score golden", "bundle": scoring_digest(bundle), "recordings": expected}
    out.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
