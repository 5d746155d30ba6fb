"""`python -m euphone_train.pipeline CONFIG`: every stage from raw corpora to a judged bundle, in order.

A stage is one command line of the config. It is skipped where it has succeeded before with the same command, the same config files and
the same stages before it; each stage itself takes up where it was stopped. Ctrl-C stops after the running stage's own checkpoint.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shlex
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`minutes`: what it took on two cores with nothing else to do; `each`: values of {each}, one command for every one of them."""

    name: str
    command: str
    minutes: float
    each: tuple[str, ...] = ("",)


def read_stages(file: Path) -> tuple[dict[str, str], list[Stage]]:
    """Variables and stages of a config. Raises ValueError on a stage that is there twice or has no command."""
    values = tomllib.loads(file.read_text(encoding="utf-8"))
    stages = [Stage(**(s | {"each": tuple(map(str, s.get("each", ("",))))})) for s in values["stage"]]
    names = [s.name for s in stages]
    if len(set(names)) < len(names):
        raise ValueError(f"{file}: a stage is there twice")
    return {k: str(v) for k, v in values.get("variables", {}).items()}, stages


def commands_of(stage: Stage, variables: dict[str, str]) -> list[list[str]]:
    return [[part.format(**variables, each=each) for part in shlex.split(stage.command)] for each in stage.each]


def fingerprint(commands: list[list[str]], before: str) -> str:
    """Of a stage's command lines, the files of configuration that they name, and all that went before."""
    digest = hashlib.sha256(before.encode())
    for command in commands:
        digest.update(json.dumps(command).encode())
        for part in command:
            if part.endswith(".toml") and Path(part).is_file():
                digest.update(Path(part).read_bytes())
    return digest.hexdigest()


def run_stage(stage: Stage, variables: dict[str, str]) -> None:
    """Raises SystemExit with the stage's own exit status where it fails."""
    for command in commands_of(stage, variables):
        print(f"$ {shlex.join(command)}", flush=True)
        status = subprocess.run(command, check=False).returncode
        if status != 0:
            raise SystemExit(f"stage {stage.name} failed with status {status}; run this again to go on from here")


def run(config: Path, only: str | None) -> None:
    variables, stages = read_stages(config)
    variables |= {"python": sys.executable}
    stamps = Path(variables["work"]) / "stages" / config.stem
    stamps.mkdir(parents=True, exist_ok=True)
    left = sum(s.minutes for s in stages)
    mark = ""
    for number, stage in enumerate(stages, 1):
        mark = fingerprint(commands_of(stage, variables), mark)
        stamp = stamps / f"{stage.name}.txt"
        done = stamp.is_file() and stamp.read_text() == mark
        title = f"[{number}/{len(stages)}] {stage.name}"
        left -= stage.minutes
        if (done and only is None) or (only is not None and stage.name != only):
            print(f"{title}: {'done before' if done else 'left out'}", flush=True)
            continue
        print(f"{title}: about {stage.minutes:.0f} min, then {left:.0f} more", flush=True)
        started = time.time()
        run_stage(stage, variables)
        stamp.write_text(mark)
        print(f"{title}: {(time.time() - started) / 60:.1f} min", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m euphone_train.pipeline", description=__doc__)
    parser.add_argument("config", type=Path, nargs="?")
    parser.add_argument("--config", type=Path, dest="named", metavar="CONFIG", help="the same, by name")
    parser.add_argument("--only", metavar="STAGE", help="run this stage alone, whether it was done before or not")
    parser.add_argument("--list", action="store_true", help="show the stages and the time each takes")
    args = parser.parse_args()
    args.config = args.named or args.config
    if args.config is None:
        parser.error("name a config, such as configs/standard.toml")
    if args.list:
        for stage in read_stages(args.config)[1]:
            print(f"{stage.minutes:6.0f} min  {stage.name}")
        return
    try:
        run(args.config, args.only)
    except KeyboardInterrupt:
        raise SystemExit("stopped; run this again to go on from here") from None


if __name__ == "__main__":
    main()
