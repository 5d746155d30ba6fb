#!/usr/bin/env python3
"""Measures what this project promises in numbers.

usage: ./dev figures [PREFIX] [--json]

Runs the commands declared in figures.toml whose names, or figures', begin with PREFIX and prints value, bar and whether it holds;
exits with 1 if one falls short or its command fails. --json prints a line each: {"id","value","unit","bar","holds","command"}. Their
lines in README.md are renewed. A figure that cannot be measured here says why and never 'holds'.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEADER = "| what | value | bar | holds | measured |"


def measure(command: str) -> dict:
    """What the command's last line says: values by figure, or {"skip": why}, or {"failed": why}."""
    script, *arguments = command.split()
    result = subprocess.run([sys.executable, HERE / script, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["it failed"])[-1]
        return {"failed": f"{command}: {reason}"[:200]}
    return json.loads(result.stdout.strip().splitlines()[-1])


def judge(figure: dict, measured: dict) -> dict:
    bar = f"≤ {figure['at_most']}" if "at_most" in figure else f"≥ {figure['at_least']}"
    row = {
        "id": figure["id"],
        "value": measured.get(figure["id"]),
        "unit": figure["unit"],
        "bar": bar,
        "holds": None,
        "command": f"python3 tools/figures/{figure['command']}",
    }
    if row["value"] is None:
        if "skip" in measured:
            return row | {"why": measured["skip"]}
        return row | {"holds": False, "why": measured.get("failed", f"{figure['command']} did not give it")}
    value = row["value"]
    row["holds"] = value <= figure["at_most"] if "at_most" in figure else value >= figure["at_least"]
    return row


def processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    match = re.search(r"model name\s*:\s*(.+)", text)
    return f"{match[1].strip() if match else os.uname().machine}, {os.cpu_count()} cores"


def shown(value) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def line(row: dict) -> str:
    if row["value"] is None:
        return f"{'·' if row['holds'] is None else '✗'}  {row['id']:<28} not measured: {row['why']}"
    return f"{'✓' if row['holds'] else '✗'}  {row['id']:<28} {shown(row['value']):>9} {row['unit']:<14} bar {row['bar']}"


def rows_in(table: str) -> dict[str, str]:
    """The lines of a table of figures by what they are about; without those of an older shape."""
    lines = [x for x in table.splitlines() if x.count("|") == HEADER.count("|")]
    return {x.split("|")[1].strip(): x for x in lines if not x.startswith(("| what ", "| --- "))}


def row_line(row: dict, what: str) -> str:
    value = f"{shown(row['value'])} {row['unit']}".strip() if row["value"] is not None else f"not measured: {row['why']}"
    holds = {True: "yes", False: "**no**", None: "–"}[row["holds"]]
    return f"| {what} | {value} | {row['bar']} | {holds} | {datetime.date.today()}, {processor()} |"


def write_readme(rows: list[dict], declared: list[dict]) -> None:
    """Renews the lines of the figures that were measured now; those of others stay, with their dates."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise SystemExit(f"figures: {readme} lacks the marks around its table of figures")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    lines = rows_in(text[start:end])
    what = {f["id"]: f["what"] for f in declared}
    lines |= {what[row["id"]]: row_line(row, what[row["id"]]) for row in rows}
    table = ["Measured by `./dev figures`.", "", HEADER, "| --- | --- | --- | --- | --- |"]
    table += [lines[w] for w in what.values() if w in lines]
    readme.write_text(text[:start] + "\n" + "\n".join(table) + "\n" + text[end:], encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefix", nargs="?", default="")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    declared = tomllib.loads((HERE / "figures.toml").read_text(encoding="utf-8"))["figure"]
    chosen = [f for f in declared if f["id"].startswith(args.prefix) or f["command"].startswith(args.prefix)]
    if not chosen:
        print(f"figures: no figure and no command begins with '{args.prefix}'", file=sys.stderr)
        return 2
    measured: dict[str, dict] = {}
    rows = []
    for figure in chosen:
        command = figure["command"]
        if command not in measured:
            print(f"measuring: {command}", file=sys.stderr, flush=True)
            measured[command] = measure(command)
        rows.append(judge(figure, measured[command]))
        print(json.dumps(rows[-1], ensure_ascii=False) if args.json else line(rows[-1]), flush=True)
    write_readme(rows, declared)
    return 1 if any(row["holds"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
