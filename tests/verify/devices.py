"""Lets the program run on a device by another ONNX Runtime, and writes down what came of it.

devices.py PROGRAM DEVICE LIBRARY REPORT [--refused TEXT]

Each shipped model on the device and on the processor, turn by turn: what is run where, in how many parts, what it gains and by how much it
differs; scores of the sample recordings against those of the processor; what `auto` picks, and that it is kept; what an impossible
request is answered. With --refused the device must be refused with such a line, and be stood in for where it is only preferred.
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODELS = ("en-us-tiny", "en-us-standard", "en-us-large")
SAMPLE = ("analyze", "samples/librispeech-3242-8112-0024.opus", "--text", "Mantelish brought it back to Maccadon.")


class Tried:
    def __init__(self, arguments: argparse.Namespace, cache: Path):
        self.program, self.device = arguments.program.resolve(), arguments.device
        self.environment = os.environ | {"EUPHONE_ONNXRUNTIME": str(arguments.library.resolve()), "XDG_CACHE_HOME": str(cache)}
        self.models = arguments.models
        self.lines: list[str] = []
        self.failed = 0

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.program, *words], capture_output=True, text=True, check=False, env=self.environment, cwd=ROOT)

    def note(self, what: str, holds: bool, found: str) -> None:
        found = found.replace(f"{ROOT}/", "")
        self.failed += not holds
        self.lines.append(f"| {what} | {'yes' if holds else '**no**'} | {found} |")
        print(f"{'✓' if holds else '✗'}  {what}: {found}", flush=True)

    def doctor(self, model: str, *words: str) -> dict:
        result = self.run("--model", model, *words, "doctor", "--json", "--nodes")
        checks = json.loads(result.stdout)
        return {check["what"]: check for check in checks}

    def scores(self, *words: str) -> list[float]:
        """Of each sample: the whole, and every sound."""
        found = []
        for line in (ROOT / "samples/demo.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            audio, text = line.split("\t")
            result = self.run(*words, "analyze", f"samples/{audio}", "--text", text, "--format", "json")
            if result.returncode not in (0, 3):
                return []
            document = json.loads(result.stdout)
            found += [phone["score"] for word in document["words"] for phone in word.get("phones", []) if phone.get("score") is not None]
        return found

    def on_each_model(self) -> None:
        for model in self.models:
            checks = self.doctor(model)
            found = checks[f"on {self.device}"]
            device, processor = found["device"], checks["on cpu"]["device"]
            self.note(f"{model} runs on it", device["runs"], found["found"])
            if device["runs"]:
                self.note(
                    f"{model}: what ran where is told",
                    len(device["nodes"]) == device["of"] + device["copies"],
                    f"{device['operations']} operations on the device and {device['of'] - device['operations']} on the processor in "
                    f"{device['partitions']} parts, {device['copies']} copies between; by the processor alone {processor['of']}",
                )

    def against_the_processor(self) -> None:
        here, there = self.scores("--device", "cpu"), self.scores("--device", self.device)
        if not here or len(here) != len(there):
            return self.note("it scores the samples", False, f"{len(there)} sounds, the processor {len(here)}")
        apart = [abs(a - b) for a, b in zip(here, there, strict=True)]
        found = f"{len(apart)} sounds: {statistics.mean(apart):.2f} of 100 apart on average, {max(apart):.1f} at most"
        return self.note("it scores the samples as the processor does", statistics.mean(apart) < 2, found)

    def by_measurement(self) -> None:
        (Path(self.environment["XDG_CACHE_HOME"]) / "euphone/devices.json").unlink(missing_ok=True)
        begin = time.monotonic()
        first = self.run("--device", "auto", *SAMPLE, "--format", "json")
        middle = time.monotonic()
        second = self.run("--device", "auto", *SAMPLE, "--format", "json")
        end = time.monotonic()
        kept = json.loads((Path(self.environment["XDG_CACHE_HOME"]) / "euphone/devices.json").read_text())["choices"]
        self.note(
            "auto measures once and keeps what it found",
            first.returncode == second.returncode == 0 and first.stdout == second.stdout and len(kept) == 1,
            f"took {kept[0][1]}; {middle - begin:.1f} s the first time, {end - middle:.1f} s the second",
        )

    def live(self) -> None:
        options = ("--model", "en-us-tiny", "--device", self.device, "--hear", "live")
        result = self.run(*options, *SAMPLE)
        self.note("speech is heard piece by piece on it", result.returncode in (0, 3), " ".join(result.stderr.split()) or "scored")

    def refusal(self, why: str) -> None:
        asked = self.run("--device", self.device, *SAMPLE, "--format", "json")
        line = asked.stderr.strip()
        self.note(
            "asked for, it is refused in one line",
            asked.returncode == 4 and why in line and "\n" not in line and not asked.stdout,
            f"status {asked.returncode}: “{line}”",
        )
        wished = self.run("--device", self.device, "--device-policy", "prefer", *SAMPLE, "--format", "json")
        self.note(
            "only preferred, the processor stands in and one line says so",
            wished.returncode == 0 and "stands in" in wished.stderr and wished.stderr.strip().count("\n") == 0,
            f"status {wished.returncode}: “{wished.stderr.strip()}”",
        )
        free = self.run("--device", "auto", *SAMPLE, "--format", "json")
        self.note("auto takes the processor", free.returncode == 0 and not free.stderr, f"status {free.returncode}, nothing said")


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(": ")[1]
    return platform.machine()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("device")
    parser.add_argument("library", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--what", default="", help="which package the library is of, and what stands for the hardware")
    parser.add_argument("--models", nargs="+", default=MODELS)
    parser.add_argument("--refused", metavar="TEXT")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        tried = Tried(arguments, Path(cache))
        if arguments.refused is not None:
            tried.refusal(arguments.refused)
        else:
            tried.on_each_model()
            tried.against_the_processor()
            tried.by_measurement()
            tried.live()
        version = next(c["found"] for c in json.loads(tried.run("doctor", "--json").stdout) if c["what"] == "ONNX Runtime")
    machine = f"{platform.system()} {platform.machine()}, {processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    head = f"""# What `--device {arguments.device}` did

Written by `./dev verify {arguments.report.stem}`, which tries all of this anew.

| | |
| --- | --- |
| run | {datetime.date.today()}, {machine} |
| library | {arguments.what}; ONNX Runtime {version.split(";")[0]} |

{len(tried.lines) - tried.failed} of {len(tried.lines)} hold.

| what | holds | found |
| --- | --- | --- |
"""
    arguments.report.write_text(head + "\n".join(tried.lines) + "\n", encoding="utf-8")
    return 1 if tried.failed else 0


if __name__ == "__main__":
    sys.exit(main())
