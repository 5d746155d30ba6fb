#!/usr/bin/env python3
"""Fails on what a file of this project must not hold: see BANNED. Argument: the root, a checkout or an unpacked archive."""

import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

REGISTRIES = (
    "pypi.org",
    "pythonhosted.org",
    "npmjs.org",
    "npmjs.com",
    "yarnpkg.com",
    "deb.debian.org",
    "ftp.debian.org",
    "archive.ubuntu.com",
    "maven.org",
    "maven.apache.org",
    "crates.io",
    "golang.org",
    "rubygems.org",
    "anaconda.org",
)
TESTS = ("tests/*", "*/tests/*", "*_test.cc", "*_test.py", "*/test_*.py", "*_fixture.*")
TEMPLATES = ("*.in", "*.cmake", "*CMakeLists.txt")
BANNED = [  # (pattern, what it is, files where it is allowed)
    (re.compile(r"(?<![\w.])/(root|work|home|Users)/\w"), "a path of one machine", ()),
    # A scratch folder is asked for (mktemp, tempfile); "${TMPDIR:-/tmp}" names no file and passes.
    (re.compile(r"(?<![\w.])(/var)?/tmp/[\w$<{]"), "a fixed path in the scratch folder", TESTS),
    (re.compile(r"^(<<<<<<<|>>>>>>>) "), "a conflict mark", ()),
    # XXX alone is thirty.
    (re.compile(r"\b(TODO\b|FIXME\b|XXX:)|(//|#|\*) *XXX\b"), "a note to do later", ()),
    (re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, REGISTRIES)) + r")(?![\w-]|\.\w)"), "the host of a registry", ()),
    (re.compile(r"https?://[\w.-]*mirror"), "the host of a mirror", ()),
    (re.compile(r"@[A-Z][A-Z_]{2,}@"), "a mark of a template that nobody filled in", TEMPLATES),
]
SUBJECT = {"tools/check_words.py", "tools/check_test.py"}  # hold the banned words because they are about them
SKIPPED = {"build", ".git", "node_modules", "__pycache__", ".cache", ".pytest_cache", ".ruff_cache", "runs"}


def files(root: Path) -> list[str]:
    """What git knows or would add; without git, all but what builds and caches leave."""
    try:
        git = ["git", "-C", root, "ls-files", "-coz", "--exclude-standard"]
        listing = subprocess.run(git, capture_output=True, text=True, check=True).stdout
        if listing:
            return listing.rstrip("\0").split("\0")
    except (OSError, subprocess.CalledProcessError):
        pass
    names = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file())
    return [name.as_posix() for name in names if not SKIPPED & set(name.parts)]


def problems(root: Path, names: list[str]):
    if not names:
        yield f"{root}: there is no file to check"
    for name in names:
        path = root / name
        if name in SUBJECT or not path.is_file() or b"\0" in (raw := path.read_bytes())[:4096]:
            continue
        banned = [(pattern, what) for pattern, what, allowed in BANNED if not any(fnmatchcase(name, glob) for glob in allowed)]
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
            yield from (f"{name}:{number}: {what}" for pattern, what in banned if pattern.search(line))


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    names = files(root)
    found = list(problems(root, names))
    print("\n".join(found) or f"words: {len(names)} files are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
