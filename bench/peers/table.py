"""A run as the tables of docs/benchmarks.md."""

from __future__ import annotations

from pathlib import Path

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


def between(value: dict | None, decimals: int = 0) -> str:
    if value is None:
        return "–"
    return f"{value['median']:.{decimals}f} ({value['low']:.{decimals}f}–{value['high']:.{decimals}f})"


def times(result: dict) -> list[str]:
    lines = [
        "| program | version | a clip of 5 s, ms | processor, ms | × Euphone standard | start to first result, ms | peak MB | disk MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for peer in result["peers"]:
        ratio = peer["processor_ratio"] or peer["wall_ratio"]
        lines.append(
            f"| {peer['name']} | {peer['version']} | {between(peer['wall_ms'])} | {between(peer['processor_ms'])} | {between(ratio, 2)} "
            f"| {between(peer['start_ms'])} | {peer['peak_mb']:.0f} | {peer['disk_mb']:.0f} |"
        )
    for peer in result["without_weights"]:
        lines.append(f"| {peer['name']} | {peer['version']} | not measured: {peer['needs']} | | | | | |")
    return lines


def outputs(result: dict) -> list[str]:
    ours = result["peers"][0]
    others = [peer for peer in result["peers"] if not peer["id"].startswith("en-us-")] + result["without_weights"]
    shown = [("Euphone", ours["gives"])] + [(peer["name"], peer["gives"]) for peer in others]
    lines = ["| what it gives | " + " | ".join(name for name, _ in shown) + " |", "| --- |" + " --- |" * len(shown)]
    for key, what in result["outputs"].items():
        lines.append(f"| {what} | " + " | ".join("yes" if key in gives else "–" for _, gives in shown) + " |")
    return lines


def voices(result: dict) -> list[str]:
    pitch, vowel = result["praat"]["pitch"], result["praat"]["vowel"]
    lines = [
        f"Pitch of the same clips, frame by frame ({pitch['frames']} of 10 ms): both say voiced or unvoiced in "
        f"{pitch['same_voicing_percent']:.1f} %; where both hear a voice, the pitches are {pitch['median_semitones']:.2f} semitones apart "
        f"in the median, and less than half a semitone in {pitch['within_half_a_semitone_percent']:.1f} %.",
        "",
        "| a held vowel | " + " | ".join(vowel["praat"]) + " |",
        "| --- |" + " --- |" * len(vowel["praat"]),
    ]
    for who in ("euphone", "praat"):
        lines.append(f"| {who.capitalize()} | " + " | ".join(f"{value:.3f}" for value in vowel[who].values()) + " |")
    return lines


def notes(result: dict) -> list[str]:
    lines = []
    for peer in result["peers"]:
        said = [peer["note"]] if peer["note"] else []
        if peer["failed"]:
            said.append(f"of {result['clips']} clips {len(peer['failed'])} came out as {', '.join(sorted(set(peer['failed'])))}")
        if said:
            lines.append(f"- {peer['name']}: {'; '.join(said)}.")
    return lines


def markdown(result: dict) -> str:
    before, after = (", ".join(f"{value:.1f}" for value in result["load"][when]) for when in ("before", "after"))
    head = f"{result['date']}, {result['machine']}; load {before} before, {after} after; `{result['command']}`."
    return "\n".join([head, "", *times(result), "", *notes(result), "", *outputs(result), "", *voices(result)])


def renew(page: Path, tables: str) -> None:
    text = page.read_text(encoding="utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    page.write_text(f"{text[:start]}\n{tables}\n{text[end:]}", encoding="utf-8")
