#!/usr/bin/env python3
"""Installed size of the package of the edition that needs no ONNX Runtime, in MB (10⁶ bytes)."""

from common import ROOT, report, skip
from packages import installed_mb

build = ROOT / "build/tiny"
if not (build / "share/man/man1/euphone.1").is_file():
    skip("needs build/tiny: a release build with -DEUPHONE_WITH_ONNXRUNTIME=OFF, of euphone_cli, euphone_data and euphone_manual")
report({"edge.deb_tiny_mb": installed_mb(build, "euphone-tiny")})
