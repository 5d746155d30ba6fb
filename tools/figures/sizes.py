#!/usr/bin/env python3
"""Sizes of the shipped model files, in MB (10⁶ bytes)."""

from common import ROOT, report

report(
    {
        "main.model_mb": (ROOT / "models/en-us-standard/model.onnx").stat().st_size / 1e6,
        "main.g2p_mb": (ROOT / "models/en-us-g2p/g2p.onnx").stat().st_size / 1e6,
    }
)
