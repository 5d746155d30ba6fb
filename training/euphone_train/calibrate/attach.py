"""Puts a calibration into a bundle; the manifest's digest follows."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

NAME = "calibration.json"


def attach(bundle: Path, calibration: Path) -> None:
    content = calibration.read_bytes()
    (bundle / NAME).write_bytes(content)
    path = bundle / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    entry = {
        "path": NAME,
        "role": "calibration",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    manifest["files"] = [f for f in manifest["files"] if f["path"] != NAME] + [entry]
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
