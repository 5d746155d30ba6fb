#!/usr/bin/env python3
"""Devices by name: how many of those that --device knows run here or are refused in one line, and how many ran and computed what the bundle
expects, with the program's own ONNX Runtime and those that `./dev verify openvino` and `./dev verify webgpu` have fetched."""

import json
import os
import subprocess
from pathlib import Path

from common import PROGRAM, ROOT, SAMPLES, report

NAMES = ("auto", "cpu", "cuda", "tensorrt", "openvino", "webgpu", "coreml", "qnn", "nnapi", "xnnpack")
CLIP, TEXT = SAMPLES / "librispeech-3242-8112-0024.opus", "Mantelish brought it back to Maccadon."
SWIFTSHADER = Path("/usr/lib/chromium/vk_swiftshader_icd.json")


def answered(device: str) -> bool:
    """Whether the device is used, or refused in one line and nothing else."""
    command = [PROGRAM, "--model", "en-us-tiny", "--device", device, "analyze", CLIP, "--text", TEXT]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return not result.stderr
    return result.returncode == 4 and not result.stdout and result.stderr.count("\n") == 1 and "was built without" in result.stderr


def ran() -> set[str]:
    """Devices on which the tiny model passed, by any library that is here."""
    libraries = [None, *sorted(ROOT.glob("build/deps/ort-*/onnxruntime/capi/libonnxruntime.so.1.*"))]
    found = set()
    for library in libraries:
        more = {"EUPHONE_ONNXRUNTIME": str(library)} if library else {}
        if SWIFTSHADER.exists():
            more["VK_ICD_FILENAMES"] = str(SWIFTSHADER)
        command = [PROGRAM, "--model", "en-us-tiny", "doctor", "--json"]
        result = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | more)
        devices = [check["device"] for check in json.loads(result.stdout) if "device" in check]
        found |= {device["name"] for device in devices if device["runs"]}
    return found


report({"edge.providers_named": sum(map(answered, NAMES)), "edge.providers_run": len(ran())})
