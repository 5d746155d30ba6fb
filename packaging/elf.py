"""What packages need to know of programs and shared libraries, of this machine's architecture or another one's."""

import os
import re
import subprocess
from pathlib import Path

# Parts of the C library belong to the system, whose kernel, names and locales they know.
C_LIBRARY = re.compile(r"^(ld-linux.*|linux-vdso.*|lib(c|m|dl|pthread|rt|resolv|util|anl|nsl|mvec|nss_\w+|BrokenLocale|thread_db))\.so")


MACHINES = {  # readelf's name: Debian's name of the architecture, its triplet, the kernel's name
    "Advanced Micro Devices X86-64": ("amd64", "x86_64-linux-gnu", "x86_64"),
    "AArch64": ("arm64", "aarch64-linux-gnu", "aarch64"),
    "ARM": ("armhf", "arm-linux-gnueabihf", "armv7l"),
    "RISC-V": ("riscv64", "riscv64-linux-gnu", "riscv64"),
}

HERE = f"{os.uname().machine}-linux-gnu"


def machine(path: Path) -> tuple[str, str, str]:
    """What this program is for; one of MACHINES."""
    header = subprocess.run(["readelf", "-h", path], capture_output=True, text=True, check=True).stdout
    return MACHINES[re.search(r"Machine:\s+(.+)", header)[1]]


def _dynamic(path: Path) -> str:
    return subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout


def needed(path: Path) -> list[str]:
    """Names of the shared libraries that this one, or this program, is linked with."""
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", _dynamic(path))


def soname(path: Path) -> str:
    return re.search(r"\(SONAME\).*\[(.+?)\]", _dynamic(path))[1]


def glibc(paths: list[Path]) -> tuple[int, ...]:
    """The oldest C library that all of these work with."""
    versions = [(0,)]
    for path in paths:
        text = subprocess.run(["readelf", "-V", path], capture_output=True, text=True, check=True).stdout
        versions += [tuple(map(int, v.split("."))) for v in re.findall(r"GLIBC_(\d+(?:\.\d+)+)", text)]
        if "GLIBC_ABI_DT_RELR" in text:
            versions.append((2, 36))
    return max(versions)


def closure(start: list[Path], triplet: str, sysroot: Path = Path("/")) -> dict[str, Path]:
    """All shared libraries that these load, directly or not, by name; without the C library. Looked for where Debian keeps those of an
    architecture, below `sysroot`, and beside who asks for them. One that is nowhere is an error."""
    found: dict[str, Path] = {}
    asked = [(path, name) for path in start for name in needed(path)]
    usual = [sysroot / folder for folder in (f"usr/lib/{triplet}", f"lib/{triplet}", "usr/lib", "usr/lib64")]
    usual += [Path(f"/usr/{triplet}/lib")]  # What a cross compiler brings along.
    while asked:
        asker, name = asked.pop()
        if name in found or C_LIBRARY.match(name):
            continue
        own = re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.+?)\]", _dynamic(asker))
        folders = [Path(f.replace("$ORIGIN", str(asker.parent))) for text in own for f in text.split(":") if f] + usual
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is None:
            raise SystemExit(f"package: {asker.name} needs {name}, which is not found for {triplet}")
        found[name] = path.resolve()
        asked += [(found[name], more) for more in needed(path)]
    return dict(sorted(found.items()))


def here(path: Path, sysroot: Path) -> Path:
    """Where this machine has the library that a sysroot has there."""
    if sysroot == Path("/"):
        return path
    name = f"/{path.relative_to(sysroot)}" if path.is_relative_to(sysroot) else str(path)
    moved = Path(re.sub(r"/[a-z0-9_]+-linux-gnu(eabihf)?(?=/)", f"/{HERE}", name))
    return next((found for found in (moved, Path("/usr") / moved.relative_to("/")) if found.exists()), moved).resolve()


def owners(paths: list[Path]) -> dict[Path, tuple[str, str, str]]:
    """Debian's (package, version, source package) of each file; files without one are left out."""
    spelled = {name: path for path in paths for name in (str(path), str(path).removeprefix("/usr"), f"/usr{path}")}
    if not spelled:
        return {}
    listing = subprocess.run(["dpkg-query", "-S", *spelled], capture_output=True, text=True, check=False).stdout
    packages = {spelled[file]: package for package, file in re.findall(r"^([^,\s]+): (/\S+)$", listing, re.M)}
    if not packages:
        return {}
    form = "${binary:Package}\t${Version}\t${source:Package}\n"
    command = ["dpkg-query", "-W", "-f", form, *sorted(set(packages.values()))]
    rows = (line.split("\t") for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines())
    known = {name.split(":")[0]: (name.split(":")[0], version, source) for name, version, source in rows}
    return {path: known[package.split(":")[0]] for path, package in packages.items()}
