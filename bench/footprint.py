#!/usr/bin/env python3
"""Says where every byte of an installation and of a running program is, and whether that is within bench/footprint.toml.

usage: ./dev bench footprint [--json] [--check] [--build DIR]

Installed: each group of files, and the sections of the program and of ONNX Runtime as readelf names them. In memory: what the kernel says
(smaps) of `euphone serve` that waits, and of `euphone analyze` (5 s of speech, one thread) at its highest, by what it is for. --check
exits with 1 where a budget is passed; what is larger than that has to say why in the change that raises it. MB are 10⁶ bytes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools/figures"))
from common import FIVE_SECONDS_TEXT, five_seconds  # noqa: E402

GROUPS = (  # By the beginning of a path below the prefix; the first that fits.
    ("program", r"bin/"),
    ("ONNX Runtime", r"lib[^/]*/(.*/)?libonnxruntime"),
    ("libraries for developers", r"lib[^/]*/|include/"),
    ("models", r"share/euphone/models/"),
    ("language packs", r"share/euphone/packs/"),
    ("knowledge and questions", r"share/euphone/"),
    ("manual and licences", r"share/"),
)
CODE = {".text", ".init", ".fini", ".plt", ".plt.got", ".plt.sec"}
UNWIND = {".eh_frame", ".eh_frame_hdr", ".gcc_except_table"}
CONSTANTS = {".rodata", ".data.rel.ro", "malloc_hook", "google_malloc"}
LINKING = (".rela", ".dyn", ".gnu", ".hash", ".got", ".interp", ".note")


def group_of(path: str) -> str:
    return next((name for name, beginning in GROUPS if re.match(beginning, path)), "other")


def installed(build: Path, prefix: Path) -> dict[str, int]:
    """Bytes of each file of an installation, by its path below the prefix."""
    subprocess.run(["cmake", "--install", build, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
    return {str(f.relative_to(prefix)): f.lstat().st_size for f in sorted(prefix.rglob("*")) if f.is_file() and not f.is_symlink()}


def sections(file: Path) -> dict[str, int]:
    """Bytes of each section of an ELF file that is loaded, and of all others together."""
    listing = subprocess.run(["readelf", "-SW", file], capture_output=True, text=True, check=True).stdout
    found: dict[str, int] = defaultdict(int)
    for match in re.finditer(
        r"^\s*\[\s*\d+\]\s+(\.\S+|[a-z_]+)\s+(\S+)\s+\S+\s+\S+\s+([0-9a-f]+)\s+\S+\s+([A-Z]*)\s", listing, re.MULTILINE
    ):
        name, _, size, flags = match.groups()
        found[name if "A" in flags else "not loaded: symbols, debugging"] += int(size, 16)
    return dict(found)


def kind_of(section: str) -> str:
    if section in CODE:
        return "code"
    if section in UNWIND:
        return "unwinding"
    if section in CONSTANTS or section.startswith(".rodata"):
        return "constants"
    if section.startswith(LINKING):
        return "linking"
    return "not loaded" if section.startswith("not") else "variables"


def class_of(name: str, size_kb: int, fields: dict[str, int], writable: bool) -> str:
    """What a mapping is for."""
    if name.startswith("[stack") or (not name and writable and size_kb in (8192, 8188)):
        return "stacks"
    if name == "[heap]" or not name:
        return "heap"
    if name.startswith("["):
        return "system"
    if fields["Anonymous"] and writable:
        return "variables of program and libraries"
    if "libonnxruntime" in name:
        return "ONNX Runtime's code"
    if "/models/" in name or name.endswith((".onnx", ".ort")):
        return "models, mapped"
    if "/share/euphone/" in name or name.endswith((".bin", ".db")):
        return "data, mapped"
    if name.endswith("/euphone"):
        return "program's code"
    return "other libraries' code"


def memory(pid: int) -> dict[str, int]:
    """Resident bytes of a process by class; none where it is gone."""
    found: dict[str, int] = defaultdict(int)
    try:
        text = Path(f"/proc/{pid}/smaps").read_text()
    except (OSError, ProcessLookupError):
        return {}
    for part in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", text, flags=re.MULTILINE)[1:]:
        head, *lines = part.splitlines()
        words = head.split(maxsplit=5)
        fields = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
        name = words[5].strip() if len(words) > 5 else ""
        found[class_of(name, fields["Size"], fields, "w" in words[1])] += 1024 * fields["Rss"]
    return dict(found)


def at_rest(program: Path, model: str) -> dict[str, int]:
    """A server that waits for its first reader."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        command = [program, "--model", model, "serve", "--port", "0", "--json"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        try:
            process.stdout.readline()
            time.sleep(1.0)
            return memory(process.pid)
        finally:
            process.terminate()
            process.communicate()


def at_peak(program: Path, model: str, clip: Path) -> dict[str, int]:
    """An analysis on one thread, when most is resident of all that was seen."""
    command = [program, "--model", model, "analyze", clip, "--text", FIVE_SECONDS_TEXT, "--jobs", "1"]
    most: dict[str, int] = {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        seen = memory(process.pid)
        most = max(most, seen, key=lambda classes: sum(classes.values()))
    if process.returncode != 0:
        sys.exit(f"footprint: euphone analyze ended with {process.returncode}")
    return most


def measure(build: Path) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "prefix"
        files = installed(build, prefix)
        clip = five_seconds(Path(folder))
        program = prefix / "bin/euphone"
        runtime = next((prefix / name for name in files if group_of(name) == "ONNX Runtime"), None)
        groups: dict[str, int] = defaultdict(int)
        for name, size in files.items():
            groups[group_of(name)] += size
        elf = {"program": sections(program)} | ({"ONNX Runtime": sections(runtime)} if runtime else {})
        return {
            "files": files,
            "groups": dict(groups),
            "sections": elf,
            "memory": {
                f"{model} {when}": look(program, f"en-us-{model}", *more)
                for model in ("standard", "tiny")
                for when, look, more in (("at rest", at_rest, ()), ("at peak", at_peak, (clip,)))
            },
        }


def passed(found: dict) -> list[str]:
    """Budgets that are passed, a line each."""
    budget = tomllib.loads((ROOT / "bench/footprint.toml").read_text(encoding="utf-8"))
    lines = []
    for part, limits in budget.items():
        for name, limit in limits.items():
            classes = found["memory"].get(part)
            value = found["groups"].get(name, 0) if classes is None else sum(classes.values()) if name == "all" else classes.get(name, 0)
            if value > limit * 1e6:
                lines.append(f"{part}: {name}: {value / 1e6:.1f} MB, the budget is {limit}")
    return lines


def table(title: str, rows: dict[str, int]) -> None:
    print(f"\n{title}: {sum(rows.values()) / 1e6:.1f} MB")
    for name, size in sorted(rows.items(), key=lambda row: -row[1]):
        print(f"  {size / 1e6:9.2f}  {name}")


def show(found: dict, every: bool) -> None:
    table("Installed", found["groups"])
    table("Its largest files", dict(sorted(found["files"].items(), key=lambda row: -row[1])[: None if every else 15]))
    for name, parts in found["sections"].items():
        table(f"Sections of {name}", parts)
        kinds: dict[str, int] = defaultdict(int)
        for section, size in parts.items():
            kinds[kind_of(section)] += size
        table("  by kind", dict(kinds))
    for name, classes in found["memory"].items():
        table(f"In memory, {name}", classes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="only tell which budgets are passed")
    parser.add_argument("--every-file", action="store_true", help="list all files, not only the largest")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    args = parser.parse_args()
    found = measure(args.build)
    faults = passed(found)
    if args.json:
        print(json.dumps(found))
    elif not args.check:
        show(found, args.every_file)
    for fault in faults:
        print(f"footprint: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
