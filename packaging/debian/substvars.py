#!/usr/bin/env python3
"""What a package asks for, beyond what dpkg-shlibdeps sees, as lines of a substvars file. Arguments: the build folder, and for a program of
another architecture those of its files that link libraries.

`opened:Suggests` are packages of libraries that the program opens where somebody asks for what they do; Cairo is a recommendation of its
own. `opened:Depends` is that of ONNX Runtime, where the build found one of the system's. dpkg-shlibdeps knows libraries only of
architectures that are installed; for another one `shlibs:Depends` is made of what this machine's packages of the same names say, for the
sysroot holds the same release (cmake/cross)."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import elf
import tree


def opened(build: Path, *names: str) -> list[str]:
    """Packages of the libraries that the cache has under these names."""
    paths = [Path(path) for name in names if (path := tree.cached(build, name)) and not path.endswith("NOTFOUND")]
    here = [elf.here(path.resolve(), tree.sysroot(build)) for path in paths]
    return [package for package, *_ in elf.owners(here).values()]


def depends(files: list[Path], sysroot: Path, triplet: str) -> list[str]:
    """As the shlibs files of the libraries' packages have it, which name the oldest version that will do."""
    found = elf.closure(files, triplet, sysroot)
    direct = [elf.here(found[name], sysroot) for path in files for name in elf.needed(path) if name in found]
    direct.append(Path(f"/lib/{elf.HERE}/libc.so.6"))
    asked = set()
    for path, (package, *_) in elf.owners(direct).items():
        known = Path(f"/var/lib/dpkg/info/{package}:{tree.native()}.shlibs")
        stem, _, number = path.name.partition(".so.")
        lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
        rule = next((line for line in lines if line.split()[0] == stem and number.startswith(line.split()[1])), None)
        asked.add(re.sub(r"^\S+ \S+ ", "", rule) if rule else package)
    return sorted(asked)


def main() -> int:
    build, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    print(f"opened:Suggests={', '.join(opened(build, 'pkgcfg_lib_NATS_nats', 'pkgcfg_lib_PQ_pq'))}")
    print(f"opened:Depends={'' if tree.cached(build, 'ONNXRUNTIME_ROOT') else ', '.join(opened(build, 'ONNXRUNTIME_LIBRARY'))}")
    if files:
        _, triplet, _ = elf.machine(build / "euphone")
        print(f"shlibs:Depends={', '.join(depends(files, tree.sysroot(build), triplet))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
