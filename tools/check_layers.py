#!/usr/bin/env python3
"""Fails if a C++ file includes what its folder may not (see layers.toml), or its own header not first. Argument: the root."""

import re
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

FOLDERS = ("engine", "apps", "bindings", "fuzz", "bench", "tools", "tests")
LIBRARIES = ("http", "server", "llm", "mcp", "fleet", "hub", "agent", "updates", "monitor")  # of the program, under apps/
SUFFIXES = {".h", ".hh", ".hpp", ".inc", ".c", ".cc", ".cpp", ".cxx"}
INCLUDE = re.compile(r'^\s*#\s*(?:include|import)\s*([<"])([^">]+)[">]')
STANDARD = set(
    """
    algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable coroutine deque
    exception execution expected filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd iostream
    istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional ostream print queue random
    ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span spanstream sstream stack stacktrace stdexcept
    stop_token streambuf string string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map
    unordered_set utility valarray variant vector version
    cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring
    ctime cuchar cwchar cwctype""".split()
)

# What C's own headers may be included by: the C API, its examples, its tests.
OF_C = {
    f"{name}.h" for name in "assert ctype errno float inttypes limits math setjmp signal stddef stdint stdio stdlib string time".split()
}
IN_C = ("bindings/c/euphone.h", "bindings/*.c", "tests/bindings/*.c", "tests/bindings/*.h")


def includes(path: Path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match[1] == '"', match[2]


def matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


class Rules:
    def __init__(self, root: Path):
        rules = tomllib.loads((root / "tools/layers.toml").read_text(encoding="utf-8"))
        self.root = root
        self.engine, self.foreign, self.effects, self.tests = (rules[key] for key in ("engine", "foreign", "effects", "tests"))
        self.used = set()

    def fault(self, where: Path, quoted: bool, name: str) -> str | None:
        """Why the file `where` may not include `name`."""
        folder = "/".join(where.parent.parts[:2])
        layer = folder.removeprefix("engine/") if folder.startswith("engine/") else None
        test = matches(where.as_posix(), self.tests["files"])
        if quoted and (fault := self.fault_of_ours(where, layer, name)):
            return fault
        if quoted and not test and matches(f"engine/{name}", self.tests["files"]):
            return f"only tests may include {name}"
        for group, rule in (self.foreign | self.effects).items():
            if matches(name, rule["headers"]):
                free = group in self.effects and (test or not layer)
                if not free:
                    self.used.add((group, folder))
                allowed = free or folder in rule["folders"]
                return None if allowed else f"only {', '.join(rule['folders']) or 'tests'} may include {name} ({group})"
        if not quoted and ((matches(where.as_posix(), IN_C) and name in OF_C) or (name, where.parts[0]) == ("euphone.h", "bindings")):
            return None
        if quoted or name in STANDARD or (test and matches(name, self.tests["headers"])):
            return None
        return f"<{name}> is neither standard nor listed in tools/layers.toml"

    def fault_of_ours(self, where: Path, layer: str | None, name: str) -> str | None:
        first = name.split("/")[0]
        if first in self.engine and ".." not in name.split("/"):
            return f"{layer} must not include {name}" if layer and first not in {layer, *self.engine[layer]} else None
        if layer:
            return f'include our headers as "layer/file.h", not "{name}"'
        apps = self.root / "apps"
        # The server and the client of language models are libraries of the program, which they must not know.
        library = where.parts[1] in LIBRARIES
        beside = [apps] if first in LIBRARIES else [] if library else [self.root / where.parent, apps / "cli"]
        if "bindings" in where.parts:  # They stand on the C API and the engine, and know no program.
            beside = [self.root / where.parent, self.root / "bindings/c"]
        return None if any((d / (name + end)).exists() for d in beside for end in ("", ".in")) else f'"{name}" is none of our headers'

    def unused(self):
        for group, rule in (self.foreign | self.effects).items():
            yield from (
                f"tools/layers.toml: {folder} no longer includes {group}" for folder in rule["folders"] if (group, folder) not in self.used
            )


def own_header_missing(path: Path, root: Path) -> str | None:
    """The header of a source of the engine, unless it is included before all others: then it is known to compile alone."""
    header = path.with_suffix(".h")
    if path.suffix != ".cc" or not header.exists():
        return None
    name = header.relative_to(root / "engine").as_posix()
    return None if next((first for _, _, first in includes(path)), None) == name else name


def problems(root: Path):
    rules = Rules(root)
    folders = {p.name for p in (root / "engine").iterdir() if p.is_dir()}
    if strays := sorted(folders ^ rules.engine.keys()):
        yield from (f"tools/layers.toml: engine/{name} is listed or exists, but not both" for name in strays)
        return
    for path in (p for top in FOLDERS for p in sorted((root / top).rglob("*")) if p.suffix in SUFFIXES):
        where = path.relative_to(root)
        for number, quoted, name in includes(path):
            if fault := rules.fault(where, quoted, name):
                yield f"{where}:{number}: {fault}"
        if where.parts[0] == "engine" and (own := own_header_missing(path, root)):
            yield f"{where}: include {own} first"
    yield from rules.unused()


def main() -> int:
    found = list(problems(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "layers: every include points downwards")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
