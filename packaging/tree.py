"""The version, the time and the archives of packages: equal for equal input, whoever makes them, where and when."""

import email.utils
import gzip
import lzma
import os
import re
import subprocess
import tarfile
from pathlib import Path
from typing import BinaryIO


def version(root: Path) -> str:
    return re.search(r"project\(euphone VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def cached(build: Path, name: str) -> str:
    """A value of a build folder's cache; empty where it has none."""
    found = re.search(rf"^{name}:\w+=(.*)$", (build / "CMakeCache.txt").read_text(encoding="utf-8"), re.M)
    return found[1] if found else ""


def sysroot(build: Path) -> Path:
    """Where the libraries lie that this build was linked with: "/" but for another machine's."""
    library = cached(build, "pkgcfg_lib_NATS_nats")
    return Path(library.split("/usr/lib/")[0] or "/")


def native() -> str:
    """Debian's name of the architecture of what is installed here."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def epoch(root: Path) -> int:
    """The time that packages bear: SOURCE_DATE_EPOCH, else that of the changelog's last entry."""
    if set_by := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(set_by)
    log = (root / "packaging/debian/changelog").read_text(encoding="utf-8")
    return int(email.utils.parsedate_to_datetime(re.search(r"^ -- .+>  (.+)$", log, re.M)[1]).timestamp())


def _packer(raw: BinaryIO, suffix: str, time: int) -> BinaryIO:
    return lzma.LZMAFile(raw, "wb", preset=6) if suffix == ".xz" else gzip.GzipFile("", "wb", 1, raw, time)


def pack(folder: Path, archive: Path, time: int) -> None:
    """A folder as a .tar.xz, or a quickly made .tar.gz: sorted, of root, with one time and with the two modes that matter."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = time
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    names = sorted(path.relative_to(folder.parent).as_posix() for path in (folder, *folder.rglob("*")))
    with (
        archive.open("wb") as raw,
        _packer(raw, archive.suffix, time) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name in names:
            tar.add(folder.parent / name, arcname=name, recursive=False, filter=plain)
