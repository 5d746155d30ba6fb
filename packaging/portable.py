"""A tarball that runs where nothing is installed: the program, its data, and every shared library but the C library."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import elf
import tree

# As in euphone_*.deb; others can be put beside (docs/howto/use-a-model-bundle.md).
LEFT_OUT = ("models/en-us-large", "models/en-us-tiny-litert", "models/en-embedder", "passages.db")

README = """Euphone {version} for Linux on {machine}

    bin/euphone doctor
    bin/euphone analyze YOUR.wav --text "What you read"

Unpack it anywhere; nothing needs to be installed, but for a C library of at least {glibc} (glibc; Debian 12, Ubuntu 24.04, Fedora 37 or
later). All else is in lib/euphone, and is found from the program's own place. The C library, and where it is asked for Cairo (curves as
PNG) or libpq (PostgreSQL), are the system's.

Microphones are reached by ALSA. Where sound goes through PulseAudio or PipeWire, and the plug-ins of ALSA are not where Debian has them,
name their folder: ALSA_PLUGIN_DIR=/usr/lib64/alsa-lib bin/euphone live

Licences: share/doc/euphone, of each library in share/doc/euphone/libraries.
"""


def make(root: Path, build: Path, out: Path, *, fast: bool = False) -> Path:
    with tempfile.TemporaryDirectory(prefix="euphone-portable-") as scratch:
        return _make(root, build, out, Path(scratch), fast)


def _make(root: Path, build: Path, out: Path, scratch: Path, fast: bool) -> Path:
    sysroot = tree.sysroot(build)
    _, triplet, machine = elf.machine(build / "euphone")
    version = tree.version(root)
    folder = scratch / f"euphone-{version}-linux-{machine}"
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["cmake", "--install", build, "--component", "program", "--prefix", folder], **quiet)
    program, libraries = folder / "bin/euphone", folder / "lib/euphone"
    libraries.mkdir(parents=True, exist_ok=True)
    for name in LEFT_OUT:
        path = folder / "share/euphone" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    # libnats is opened at run time, by who joins a fleet.
    nats = Path(tree.cached(build, "pkgcfg_lib_NATS_nats")).resolve()
    own = [program, *libraries.iterdir()]
    theirs = elf.closure([*own, nats], triplet, sysroot) | {elf.soname(nats): nats}
    for name, path in theirs.items():
        shutil.copy(path, libraries / name)
    strip = tree.cached(build, "CMAKE_STRIP") or "strip"
    everything = [program, *libraries.iterdir()]
    for path in everything:
        path.chmod(0o755)
        subprocess.run([strip, "--strip-unneeded", path], **quiet)
        # A library does not look where the program that loads it looks.
        if path != program:
            subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", path], **quiet)

    licences = folder / "share/doc/euphone/libraries"
    for package, *_ in sorted(set(elf.owners([elf.here(path, sysroot) for path in theirs.values()]).values())):
        text = Path("/usr/share/doc") / package / "copyright"
        licences.mkdir(parents=True, exist_ok=True)
        shutil.copy(text, licences / package)
    glibc = ".".join(map(str, elf.glibc(everything)))
    (folder / "README.txt").write_text(README.format(version=version, machine=machine, glibc=glibc), encoding="utf-8")
    archive = out / f"{folder.name}.tar.{'gz' if fast else 'xz'}"
    tree.pack(folder, archive, tree.epoch(root))
    return archive
