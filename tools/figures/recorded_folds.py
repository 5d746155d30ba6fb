#!/usr/bin/env python3
"""Figures of the speaker-disjoint folds. They need five trainings, so this reads what the run recorded
(training/results/gop_folds.json, by `python -m euphone_train.calibrate run`) and checks that it belongs to the shipped calibration."""

import hashlib
import json

from common import ROOT, report, skip

path = ROOT / "training/results/gop_folds.json"
if not path.is_file():
    skip("no run has been recorded; see training/README.md")
recorded = json.loads(path.read_text())
shipped = hashlib.sha256((ROOT / "models/en-us-standard/calibration.json").read_bytes()).hexdigest()
model = hashlib.sha256((ROOT / "models/en-us-standard/model.onnx").read_bytes()).hexdigest()
if (recorded["calibration"], recorded["models"]["shipped"]) != (shipped, model):
    skip("the recorded run belongs to another model or calibration than the shipped ones")
report(
    {
        "main.phone_pcc": recorded["figures"]["phone"]["pcc"],
        "main.wrong_text_caught": 100 * recorded["wrong_text"]["caught"],
        "main.wrong_text_false": 100 * recorded["wrong_text"]["refused"],
    }
)
