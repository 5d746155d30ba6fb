#!/usr/bin/env python3
"""Makes packages out of a build folder. packaging/README.md says what is in them.

    package.py deb|tarball|sbom|all [--build DIR] [--out DIR]

The same folder, at the same version, gives the same bytes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import elf
import portable
import sbom
import tree

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = ROOT / "packaging/debian"


def tiny(build: Path) -> bool:
    """Whether the program runs its models by itself, without ONNX Runtime."""
    return tree.cached(build, "EUPHONE_WITH_ONNXRUNTIME") == "OFF"


def deb(build: Path, out: Path, *, version: str = "", options: str = "") -> list[Path]:
    """Packages for Debian. version: another one than the changelog's; options: of dpkg-deb."""
    if not (build / "share/man/man1/euphone.1").is_file():
        raise SystemExit(f"package: {build} is not built yet; cmake --build {build} --target euphone_cli euphone_data euphone_manual")
    with tempfile.TemporaryDirectory(prefix="euphone-deb-") as folder:
        work = Path(folder) / "euphone"
        shutil.copytree(DEBIAN, work / "debian")
        if version:
            log = work / "debian/changelog"
            log.write_text(re.sub(r"\(.+?\)", f"({version})", log.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        environment = os.environ | {
            "EUPHONE_BUILD": str(build),
            "EUPHONE_SOURCE": str(ROOT),
            "EUPHONE_DEB_OPTIONS": options,
            "DEB_BUILD_PROFILES": "pkg.euphone.tiny" if tiny(build) else "",
            "LC_ALL": "C.UTF-8",
        }
        # What is built is built already, so nothing that a build needs is asked for.
        command = ["dpkg-buildpackage", "-b", "-us", "-uc", "-d", "-nc", f"--host-arch={elf.machine(build / 'euphone')[0]}"]
        os.umask(0o022)
        done = subprocess.run(command, cwd=work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{done.stdout[-3000:]}\npackage: dpkg-buildpackage failed")
        out.mkdir(parents=True, exist_ok=True)
        made = sorted(path for path in Path(folder).iterdir() if path.is_file())
        moved = [Path(shutil.move(path, out / path.name)) for path in made]
    return [path for path in moved if path.suffix == ".deb"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["deb", "tarball", "sbom", "all"])
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", help="build folder")
    parser.add_argument("--out", type=Path, default=ROOT / "build/packages", help="where packages go")
    parser.add_argument("--version", default="", help="version of the .deb, other than the changelog's")
    parser.add_argument("--fast", action="store_true", help="hardly compress: for tests")
    options = parser.parse_args()
    build, out = options.build.resolve(), options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    made = []
    if options.what in ("deb", "all"):
        made += deb(build, out, version=options.version, options="-Zgzip -z1" if options.fast else "")
    if options.what in ("tarball", "all"):
        made.append(portable.make(ROOT, build, out, fast=options.fast))
    if options.what in ("sbom", "all"):
        made.append(sbom.make(ROOT, build, out))
    for path in made:
        print(f"{path.stat().st_size / 1e6:8.2f} MB  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
