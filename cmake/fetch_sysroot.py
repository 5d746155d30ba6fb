#!/usr/bin/env python3
"""Unpacks the libraries that Euphone is built with, as Debian has them for another machine, into a folder: a sysroot.

The packages are those that ./dev installs here, with what they need. apt fetches them from this machine's own mirrors and
checks their signatures; nothing is installed, and neither apt's lists nor dpkg's database of this machine are touched.
A folder that already holds them is left alone, without any download.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fetch_package import Unavailable, machine_release, private_apt, run

# Debian 12 has no riscv64 yet; the release after it has, with another Boost.
LATER = {"riscv64": "trixie"}
RENAMED = {"trixie": {"libboost1.81-dev": "libboost1.83-dev"}}
# Headers for this machine's own checks, not for what is built.
NOT_LINKED = {"libclang-rt-dev"}
# What is never read: documents, translations, programs of the other machine and their modules.
UNREAD = ["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/perl", "usr/share/perl5", "usr/bin", "usr/sbin", "var", "etc"]


def development_packages(dev: Path) -> list[str]:
    """The -dev packages in the lists at the top of ./dev, the one place that names them."""
    lists = re.findall(r"^(?:test_)?packages=\(([^)]*)\)", dev.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for names in lists for name in names.split() if name.endswith("-dev") and name not in NOT_LINKED]


def download(machine: str, suite: str, names: list[str], scratch: Path) -> list[Path]:
    """Fetches the packages and all that they depend on; to apt, this machine has nothing installed."""
    status = scratch / "status"
    status.touch()
    settings = {"APT::Architecture": machine, "APT::Architectures": machine, "Dir::State": str(scratch), "Dir::State::status": str(status)}
    environment = private_apt(suite, scratch / "apt", settings)
    command = ["apt-get", "install", "--quiet", "--yes", "--download-only", "--no-install-recommends", *names]
    run(command, scratch, environment)
    return sorted((scratch / "apt" / "archives").glob("*.deb"))


def unpack(archives: list[Path], root: Path) -> None:
    """Unpacks the archives into `root`, in which /lib is /usr/lib, as on an installed machine."""
    for name in ("bin", "lib", "sbin"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    for archive in archives:
        run(["dpkg-deb", "-x", str(archive), str(root)], root)
    for name in UNREAD:
        shutil.rmtree(root / name, ignore_errors=True)
    for link in absolute_links(root):
        inside = root / os.readlink(link).lstrip("/")
        link.unlink()
        link.symlink_to(os.path.relpath(inside, link.parent))


def absolute_links(root: Path) -> Iterator[Path]:
    """Links that would lead out of the sysroot, to files of this machine."""
    for folder, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = Path(folder) / name
            if path.is_symlink() and os.readlink(path).startswith("/"):
                yield path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("machine", help="Debian's name of it: arm64, armhf or riscv64")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    suite = LATER.get(arguments.machine) or machine_release()
    renamed = RENAMED.get(suite, {})
    names = [renamed.get(name, name) for name in development_packages(Path(__file__).resolve().parent.parent / "dev")]
    wanted = "\n".join([suite, *names, ""])
    stamp = arguments.folder / "packages.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return 0
    arguments.folder.parent.mkdir(parents=True, exist_ok=True)
    place = arguments.folder.resolve().parent
    try:
        with tempfile.TemporaryDirectory(dir=place, prefix=".sysroot-") as scratch:
            root = Path(scratch) / "root"
            unpack(download(arguments.machine, suite, names, Path(scratch)), root)
            (root / stamp.name).write_text(wanted, encoding="utf-8")
            shutil.rmtree(arguments.folder, ignore_errors=True)
            root.rename(arguments.folder)
    except (Unavailable, OSError, subprocess.SubprocessError) as error:
        print(
            f"no sysroot of {arguments.machine}: {error}. Is there a network, and does apt's configuration name Debian's mirrors?",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
