#!/usr/bin/env python3
"""Fails if a source file includes what its layer may not: see layers.toml."""

import re
import sys
import tomllib
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def includes(path: Path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match[1] == '"', match[2]


def sources(folder: Path):
    return sorted(p for p in folder.rglob("*") if p.suffix in {".h", ".cc"})


def problems(root: Path):
    rules = tomllib.loads((root / "tools/layers.toml").read_text(encoding="utf-8"))
    engine = rules["engine"]
    folders = {p.name for p in (root / "engine").iterdir() if p.is_dir()}
    for name in sorted(folders ^ engine.keys()):
        yield f"tools/layers.toml: engine/{name} is listed or exists, but not both"
    for path in [p for top in ("engine", "apps", "fuzz", "bench") for p in sources(root / top)]:
        where = path.relative_to(root)
        layer = where.parts[1] if where.parts[0] == "engine" else None
        folder = "/".join(where.parts[:2])
        is_test = path.stem.endswith(("_test", "_bench")) or str(where) in rules["pure"]["test_support"]
        for number, ours, name in includes(path):
            first = name.split("/")[0]
            if layer and ours and first in engine and first not in {layer, *engine[layer]}:
                yield f"{where}:{number}: {layer} must not include {name}"
            if layer and ours and first not in engine:
                yield f'{where}:{number}: include our headers as "layer/file.h", not "{name}"'
            for library, allowed in rules["foreign"].items():
                if not ours and (first.split(".")[0].startswith(library)) and folder not in allowed:
                    yield f"{where}:{number}: only {', '.join(allowed)} may include <{name}>"
            if folder in rules["pure"]["folders"] and not is_test and name in rules["pure"]["banned"]:
                yield f"{where}:{number}: {folder} is pure and must not include {name}"


def main() -> int:
    found = list(problems(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "layers: every include points downwards")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
