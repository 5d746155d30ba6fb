"""Puts a calibration into a bundle, whose manifest follows, and tells bundles apart by what they hold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

NAME = "calibration.json"


def read_manifest(bundle: Path) -> dict:
    return json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))


def write_manifest(bundle: Path, manifest: dict) -> None:
    (bundle / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def file_entry(bundle: Path, path: str, role: str) -> dict:
    """What a manifest says of a file."""
    content = (bundle / path).read_bytes()
    return {"path": path, "role": role, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def attach(bundle: Path, calibration: Path) -> None:
    _put(bundle, calibration.read_bytes())


def attach_document(bundle: Path, calibration: dict) -> None:
    _put(bundle, (json.dumps(calibration, indent=1) + "\n").encode())


def read_calibration(bundle: Path) -> dict:
    return json.loads((bundle / NAME).read_text(encoding="utf-8"))


def scoring_digest(bundle: Path, *, plain: bool = False, diagnosis: bool = True) -> str:
    """Of everything in a bundle that results depend on; `plain`: those of the plain scorer; without `diagnosis`: scores alone."""
    calibration = read_calibration(bundle)
    parts = [bundle / "model.onnx"]
    if plain or not diagnosis:
        calibration.pop("diagnosis", None)
    if plain:
        calibration.pop("learned", None)
    elif (bundle / "scorer.onnx").is_file():
        parts.append(bundle / "scorer.onnx")
    content = b"".join(p.read_bytes() for p in parts) + json.dumps(calibration, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()


def _put(bundle: Path, content: bytes) -> None:
    (bundle / NAME).write_bytes(content)
    manifest = read_manifest(bundle)
    manifest["files"] = [f for f in manifest["files"] if f["path"] != NAME] + [file_entry(bundle, NAME, "calibration")]
    write_manifest(bundle, manifest)
