"""Runs the unit tests of the builds for other machines in an emulator, has the main job's scores compared, and writes down what came out:
cross.py REPORT [MACHINE…]. The builds are there already: ./dev verify cross."""

import datetime
import json
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACHINES = ["arm64", "armhf", "riscv64"]
NO_LIBRARY = "nobody publishes ONNX Runtime for it"
# What is not run, by test and machine, and why.
LEFT_OUT = {(name, machine): NO_LIBRARY for name in ("unit.model_ort", "cross.scores") for machine in ("armhf", "riscv64")}


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def built(machine: str) -> list[str]:
    """The tests of which the programs are there; of armhf and riscv64 only the engine is built."""
    listed = json.loads(output("ctest", "--preset", machine, "--show-only=json-v1"))["tests"]
    ours = [test for test in listed if test["name"].startswith(("unit.", "cross."))]
    return [test["name"] for test in ours if all(Path(word).exists() for word in test.get("command", [""]) if "/build/" in word)]


def results(machine: str) -> list[tuple[str, str]]:
    """Name and outcome of each test."""
    names = [name for name in built(machine) if (name, machine) not in LEFT_OUT]
    if not names:
        sys.exit(f"{machine}: nothing is built; ./dev verify cross does")
    text = output("ctest", "--preset", machine, "--tests-regex", f"^({'|'.join(map(re.escape, names))})$")
    return [(name, outcome.strip("* ")) for name, outcome in re.findall(r"Test\s+#\d+: (\S+) \.*\s*(\S.*?)\s+[\d.]+ sec", text)]


def main(report: Path, machines: list[str]) -> int:
    lines = [
        "# What builds for other machines did in an emulator",
        "",
        "Written by `./dev verify cross`, which builds and tries all of this anew.",
        "",
        f"Run on {datetime.date.today()}, {platform.system()} {platform.machine()}, {output('qemu-aarch64', '--version').splitlines()[0]}.",
        "",
        "| machine | tests | passed | failed | seconds |",
        "| --- | --- | --- | --- | --- |",
    ]
    failures = 0
    for machine in machines:
        begin = time.monotonic()
        rows = results(machine)
        failed = [f"`{name}` ({outcome})" for name, outcome in rows if outcome != "Passed"]
        failures += len(failed)
        lines.append(
            f"| {machine} | {len(rows)} | {len(rows) - len(failed)} | {', '.join(failed) or '–'} | {time.monotonic() - begin:.0f} |"
        )
        print(lines[-1], flush=True)
    lines += ["", "Left out:", ""]
    lines += [f"- `{name}` on {machine}: {why}" for (name, machine), why in LEFT_OUT.items()]
    report.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:] or MACHINES))
