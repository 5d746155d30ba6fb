#!/usr/bin/env python3
"""Builds the committed tree twice, in folders, time zones, languages and umasks that differ, and compares what becomes of it byte for byte:
packages, tarball, bill of materials. Arguments: a folder to build in, the folder of downloads, the page to write.

    --cached    lets ccache give back what was compiled before: quick, but then the compiler itself is not on trial
    --jobs N    compile so many at a time (2)
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORLDS = (
    {"folder": "a", "umask": 0o022, "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    {"folder": "another/with-a-longer-name", "umask": 0o077, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "HOME": "home"},
)


def run(command, **more) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode != 0:
        raise SystemExit(f"reproducible: {' '.join(map(str, command))}\n{done.stdout[-3000:]}")


def build(world: dict, home: Path, deps: Path, options) -> Path:
    """A folder with the packages of a build in this world."""
    source = home / world["folder"] / "euphone"
    os.umask(world["umask"])
    source.mkdir(parents=True)
    archive = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", source], input=archive, check=True)
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    # Of the language ccache makes a difference.
    environment |= {name: world[name] for name in (("TZ",) if options.cached else ("TZ", "LC_ALL", "LANG"))}
    if "HOME" in world:
        environment["HOME"] = str(home / world["HOME"])
        Path(environment["HOME"]).mkdir(exist_ok=True)
    if options.cached:
        # Its folder in spite of another HOME.
        cache = os.environ.get("CCACHE_DIR", str(Path.home() / ".cache/ccache"))
        environment |= {"CCACHE_BASEDIR": str(home.parent), "CCACHE_NOHASHDIR": "1", "CCACHE_DIR": cache}
    else:
        environment["CCACHE_DISABLE"] = "1"
    release = source / "build/release"
    configure = [
        "cmake",
        "--preset",
        "release",
        f"-DEUPHONE_DEVELOPER={'ON' if options.cached else 'OFF'}",
        "-DEUPHONE_VARIANTS=OFF",
        f"-DEUPHONE_DEPS_DIR={deps}",
    ]
    run(configure, cwd=source, env=environment)
    targets = ["--target", "euphone_cli", "euphone_data", "euphone_manual"]
    run(["cmake", "--build", release, "--parallel", str(options.jobs), *targets], cwd=source, env=environment)
    out = home / world["folder"] / "packages"
    run([sys.executable, source / "packaging/package.py", "all", "--build", release, "--out", out], cwd=source, env=environment)
    return out


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("deps", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--cached", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    home, deps, page = options.home.resolve(), options.deps.resolve(), options.page.resolve()
    for world in WORLDS:
        shutil.rmtree(home / Path(world["folder"]).parts[0], ignore_errors=True)
    started = time.monotonic()
    first, second = (build(world, home, deps, options) for world in WORLDS)
    rows, differ = [], []
    for path in sorted(first.iterdir()):
        if path.suffix in (".buildinfo", ".changes"):
            continue  # They tell of the machine.
        other = second / path.name
        digests = [hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "missing" for one in (path, other)]
        if digests[0] != digests[1]:
            differ.append(path.name)
        rows.append(
            f"| `{path.name}` | {path.stat().st_size / 1e6:.2f} MB | {'the same bytes' if digests[0] == digests[1] else '**differs**'} |"
        )
    if differ:
        raise SystemExit(f"reproducible: these differ: {', '.join(differ)}; both are below {home}")
    how = "everything was compiled twice"
    if options.cached:
        how = "objects came from ccache, so neither the compiler nor another language was tried"
    minutes = (time.monotonic() - started) / 60
    head = (
        "# Two builds of one tree\n\nWritten by `./dev verify reproducible`, which builds in two folders whose names have other lengths, "
        f"in two time zones, languages, umasks and homes; {how}. Run on {time.strftime('%Y-%m-%d')}, {minutes:.0f} minutes.\n\n"
    )
    os.umask(0o022)
    page.write_text(head + "| file | size | |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(page.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
