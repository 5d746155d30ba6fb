"""The table and the plot of docs/models/optimisation.md."""

from __future__ import annotations

from pathlib import Path

_BEGIN, _END = "<!-- table: euphone-train optimise show -->", "<!-- end of the table -->"
_LEAST_SHOWN = 0.5  # What agrees less is of no use to anybody.
_TICKS = (1, 2, 3, 5, 10, 20, 30, 50, 75, 100, 150)
_HEAD = "| variant | model, MB | 5 s, one thread, ms | peak, MB | phone | word accuracy | sentence total |"


def _row(row: dict) -> str:
    if "phone_pcc" not in row:
        return f"| {row['variant']} | {row['model_bytes'] / 1e6:.1f} | refuses right readings | | | | |"
    figures = (row["phone_pcc"], row["word_pcc"], row["sentence_pcc"])
    costs = f"{row['model_bytes'] / 1e6:.1f} | {row['median_ms'] * 5 / row['audio_seconds']:.1f} | {row['peak_mb']:.0f}"
    return f"| {row['variant']} | {costs} | " + " | ".join(f"{f:.3f}"[1:] if f < 1 else f"{f:.3f}" for f in figures) + " |"


def table(rows: list[dict]) -> str:
    return "\n".join([_HEAD, "| --- " * 7 + "|", *map(_row, rows)])


def undominated(points: list[tuple[float, float]]) -> list[int]:
    """Positions of those (cost, gain) that no other beats in both, cheapest first."""
    order = sorted(range(len(points)), key=lambda i: (points[i][0], -points[i][1]))
    kept, best = [], float("-inf")
    for i in order:
        if points[i][1] > best:
            kept.append(i)
            best = points[i][1]
    return kept


def draw(rows: list[dict], file: Path) -> None:
    """Phone correlation against time and against size, with the Pareto front of each; without the variants that score next to nothing."""
    import matplotlib
    from matplotlib.figure import Figure

    rows = [row for row in rows if row.get("phone_pcc", 0.0) >= _LEAST_SHOWN]

    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "euphone", "font.size": 9}):
        figure = Figure(figsize=(10, 4), layout="constrained")
        costs = {
            "5 s of speech on one thread, ms": [r["median_ms"] * 5 / r["audio_seconds"] for r in rows],
            "model on disk, MB": [r["model_bytes"] / 1e6 for r in rows],
        }
        gains = [r["phone_pcc"] for r in rows]
        for axes, (label, cost) in zip(figure.subplots(1, 2, sharey=True), costs.items(), strict=True):
            axes.scatter(cost, gains, s=16, color="#2a7fc1")
            front = undominated(list(zip(cost, gains, strict=True)))
            axes.step([cost[i] for i in front], [gains[i] for i in front], where="post", color="#d55e00", linewidth=1.2)
            for i in front:
                name = rows[i]["variant"].partition(":")[0]
                axes.annotate(name, (cost[i], gains[i]), fontsize=7, xytext=(0, 6), textcoords="offset points", rotation=35)
            axes.set(xlabel=label, xscale="log", ylim=(_LEAST_SHOWN, 0.85))
            axes.set_xticks([x for x in _TICKS if min(cost) * 0.8 <= x <= max(cost) * 1.2], minor=False)
            axes.set_xticks([], minor=True)
            axes.xaxis.set_major_formatter("{x:g}")
            axes.grid(alpha=0.25)
        figure.axes[0].set_ylabel("phones: correlation with the raters")
        figure.savefig(file, metadata={"Date": None})


def page(rows: list[dict], folder: Path) -> None:
    """Renews the table between its marks in optimisation.md, and optimisation.svg. Raises ValueError where the marks are missing."""
    file = folder / "optimisation.md"
    text = file.read_text(encoding="utf-8")
    if _BEGIN not in text or _END not in text:
        raise ValueError(f"{file}: lacks the marks around its table")
    start, end = text.index(_BEGIN) + len(_BEGIN), text.index(_END)
    file.write_text(f"{text[:start]}\n{table(rows)}\n{text[end:]}", encoding="utf-8")
    draw(rows, folder / "optimisation.svg")
