#!/usr/bin/env python3
"""Fails if a file is too long to be read in one sitting. Exceptions are listed here, each with its reason."""

import sys
from pathlib import Path

BUDGETS = [  # (matches, limit in lines); the first match counts
    (lambda p: p.name == "CMakeLists.txt", 60),
    (lambda p: p.stem.endswith(("_test", "_bench", "_fuzz")) or p.name.startswith("test_"), 500),
    (lambda p: p.suffix in {".h", ".hpp"}, 200),
    (lambda p: p.suffix in {".cc", ".cpp", ".py", ".cmake", ".sh"}, 400),
    (lambda p: p.name == "dev", 400),
]
EXCEPTIONS: dict[str, tuple[int, str]] = {}
SKIPPED = {"build", ".git", "node_modules", "__pycache__", "runs"}


def problems(root: Path):
    checked, needed = 0, set()
    for path in sorted(root.rglob("*")):
        where = path.relative_to(root)
        if not path.is_file() or SKIPPED & set(where.parts):
            continue
        limit = next((limit for matches, limit in BUDGETS if matches(path)), None)
        if limit is None:
            continue
        checked += 1
        lines = len(path.read_text(encoding="utf-8", errors="replace").splitlines())
        name = where.as_posix()
        if lines > limit and name in EXCEPTIONS:
            needed.add(name)
            limit = EXCEPTIONS[name][0]
        if lines > limit:
            yield f"{name}: {lines} lines, budget {limit}"
    for name in EXCEPTIONS.keys() - needed:
        yield f"tools/check_sizes.py: the exception for {name} is no longer needed"
    if not checked:
        yield f"{root}: there is no file to check"


def main() -> int:
    found = list(problems(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
    print("\n".join(found) or "sizes: every file within its budget")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
