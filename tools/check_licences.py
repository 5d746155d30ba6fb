#!/usr/bin/env python3
"""Fails if the program uses a library that THIRD_PARTY.md does not list, or one under a licence that we do not accept.

Arguments: the root, the program, and each library that the program opens at run time.
  - What these link directly, what is opened and each library of layers.toml needs a row in THIRD_PARTY.md with an ACCEPTED licence.
  - What comes along with them (ldd) must not be under the GPL alone. Debian's machine-readable copyright files tell: the licence of
    their `Files: *`, or of REVIEWED where that is another part's. A library that no Debian package owns is named, not judged.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ACCEPTED = {
    "MIT",
    "MIT-Festival",
    "ISC",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "BSL-1.0",
    "LGPL-2.1-or-later",
    "LGPL-2.1-only",
    "Zlib",
    "PostgreSQL",
    "GPL-3.0-with-GCC-exception",
}
REVIEWED = {  # libraries that come along: the licence, and why the copyright file does not tell
    "libacl": "LGPL-2.1-or-later: so are libacl/ and its headers; the GPL is for the tools of the same package",
    "libattr": "LGPL-2.1-or-later: so are libattr/ and its headers; the GPL is for the tools of the same package",
    "libgomp": "GPL-3.0-with-GCC-exception: the file describes all of GCC in prose",
    "libpthread": "LGPL-2.1-or-later: a part of the C library, whose file is prose",
    "libmvec": "LGPL-2.1-or-later: a part of the C library, whose file is prose",
    "libflite_cmulex": "MIT-Festival: the file is prose; its dictionary is CMUdict (BSD-2-Clause)",
    "libflite_usenglish": "MIT-Festival: the file is prose",
    "libX11": "MIT: the file is prose",
    "libXau": "MIT: the file is prose",
    "libXdmcp": "MIT: the file is prose",
    "libXext": "MIT: the file is prose",
    "libXrender": "MIT: the file is prose",
    "libfontconfig": "MIT: the file is prose",
    "libpixman-1": "MIT: the file is prose",
    "libxcb": "MIT: the file is prose",
    "libxcb-render": "MIT: the file is prose",
    "libxcb-shm": "MIT: the file is prose",
    "libcom_err": "MIT: so is lib/et; the GPL is for the rest of e2fsprogs",
    "libgnutls": "LGPL-2.1-or-later: the file is prose",
    "libgssapi_krb5": "MIT: the file is prose",
    "libk5crypto": "MIT: the file is prose",
    "libkrb5": "MIT: the file is prose",
    "libkrb5support": "MIT: the file is prose",
    "libidn2": "LGPL-3.0-or-later or GPL-2.0-or-later: so are its sources; GPL-3 is for what builds it",
    "libkeyutils": "LGPL-2.0-or-later: so is keyutils.c; the GPL is for the tools of the same package",
    "libtasn1": "LGPL-2.1-or-later: the file is prose",
    "libresolv": "LGPL-2.1-or-later: a part of the C library, whose file is prose",
    "libdl": "LGPL-2.1-or-later: a part of the C library, whose file is prose",
    "librt": "LGPL-2.1-or-later: a part of the C library, whose file is prose",
}
NOT_SHIPPED = ("ld-linux", "linux-vdso", "libasan", "libubsan", "libtsan")  # the loader and the sanitizers
ROW = re.compile(r"^\|\s*`([^`]+)`\s*\|[^|]*\|\s*([^|]+?)\s*\|")
DOC = Path("/usr/share/doc")


def stem(library: str) -> str:
    return Path(library).name.split(".so")[0]


def elf(path: Path, tag: str) -> list[str]:
    output = subprocess.run(["readelf", "-d", path], check=True, capture_output=True, text=True).stdout
    return re.findall(rf"\({tag}\).*\[(.+?)\]", output)


def loaded(path: Path) -> dict[str, str]:
    """All that the loader brings, directly or not: name to file, which is empty where it finds none."""
    output = subprocess.run(["ldd", path], check=True, capture_output=True, text=True).stdout
    return {name: file.strip() for name, file in re.findall(r"^\s*(\S+) => (/\S+|not found)", output, re.M)}


def packages(files: list[str]) -> dict[str, str]:
    """The Debian package of each file that has one; none where this is no Debian."""
    if not shutil.which("dpkg-query"):
        return {}
    names = {
        alias: file
        for file in files
        for real in (str(Path(file).resolve()), file)
        for alias in (real, real.removeprefix("/usr"), f"/usr{real}")
    }
    output = subprocess.run(["dpkg-query", "-S", *names], check=False, capture_output=True, text=True).stdout
    return {names[path]: package for package, path in re.findall(r"^([^:,\s]+)[^\n]*: (/\S+)$", output, re.M) if path in names}


def main_licence(copyright_file: str) -> str | None:
    """The licence of `Files: *`."""
    for stanza in re.split(r"\n\s*\n", copyright_file):
        files = re.search(r"^Files:(.*(?:\n[ \t].*)*)", stanza, re.M)
        licence = re.search(r"^License:[ \t]*(\S.*)", stanza, re.M)
        if files and licence and "*" in files[1].split():
            return licence[1]
    return None


def gpl_only(licence: str) -> bool:
    """Whether every alternative holds a GPL part; exceptions are for REVIEWED to weigh. The LGPL is another licence."""
    return all(re.search(r"(?<![A-Za-z])A?GPL", alternative, re.I) for alternative in re.split(r"\s+or\s+|\s*\|\s*", licence))


def table_problems(root: Path, direct: set[str]):
    text = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
    rows = {m[1]: m[2] for m in map(ROW.match, text.splitlines()) if m}
    foreign = tomllib.loads((root / "tools/layers.toml").read_text(encoding="utf-8"))["foreign"]
    for name in sorted(direct | foreign.keys()):
        if name not in rows:
            yield f"{name} is used but THIRD_PARTY.md does not list it"
        elif rows[name] not in ACCEPTED:
            yield f"{name}: licence {rows[name]} is not accepted"


def package_problems(direct: set[str], everything: dict[str, str], unknown: list[str]):
    owners = packages(list(everything.values()))
    for library, file in sorted(everything.items()):
        name, text = stem(library), DOC / owners.get(file, "-") / "copyright"
        if file == "not found":
            yield f"{library} is not found on this machine"
        elif name in REVIEWED:
            continue
        elif not text.is_file():
            unknown.append(name)
        elif licence := main_licence(text.read_text(encoding="utf-8", errors="replace")):
            if gpl_only(licence):
                yield f"{library} comes along under {licence}, says {text}"
        elif name not in direct:
            yield f"{library} comes along and {text} does not tell its licence: look, and add it to REVIEWED"


def main() -> int:
    root, program, *opened = map(Path, sys.argv[1:])
    linked = elf(program, "NEEDED")
    direct = {stem(name) for name in linked if not name.startswith(NOT_SHIPPED)}
    direct |= {stem(name) for path in opened for name in elf(path, "SONAME")}
    everything = {name: file for path in (program, *opened) for name, file in loaded(path).items() if not name.startswith(NOT_SHIPPED)}
    unknown: list[str] = []
    found = [*table_problems(root, direct), *package_problems(direct, everything, unknown)]
    if not linked or not everything:
        found.append(f"{program} links nothing, so nothing was checked")
    print("\n".join(found) or f"licences: {len(direct)} libraries are listed, none of {len(everything)} is under the GPL alone")
    if unknown:
        print(f"licences: no package tells the licence of {', '.join(unknown)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
