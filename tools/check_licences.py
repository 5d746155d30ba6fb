#!/usr/bin/env python3
"""Fails if the program links a library that THIRD_PARTY.md does not list, or lists under a licence we do not accept.

Reads the program's direct dependencies (the DT_NEEDED entries, by readelf) and the table in THIRD_PARTY.md.
"""

import re
import subprocess
import sys
from pathlib import Path

ACCEPTED = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "LGPL-2.1-or-later", "Zlib",
            "GPL-3.0-with-GCC-exception"}
ROW = re.compile(r"^\|\s*`(lib[^`]+)`\s*\|[^|]*\|\s*([^|]+?)\s*\|")


def needed(program: Path) -> list[str]:
    output = subprocess.run(["readelf", "-d", program], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", output)


def main() -> int:
    program, table = Path(sys.argv[1]), Path(sys.argv[2])
    licences = {m[1]: m[2] for m in map(ROW.match, table.read_text(encoding="utf-8").splitlines()) if m}
    found = []
    for library in needed(program):
        name = library.split(".so")[0]
        licence = licences.get(name)
        if name.startswith(("ld-linux", "libasan", "libubsan", "libtsan")):
            continue
        if licence is None:
            found.append(f"{library} is linked but {table.name} does not list `{name}`")
        elif licence not in ACCEPTED:
            found.append(f"{library}: licence {licence} is not accepted")
    print("\n".join(found) or f"licences: all {len(needed(program))} linked libraries are listed and accepted")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
