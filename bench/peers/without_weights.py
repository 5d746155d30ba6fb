"""Two that score speech, whose weights their packages fetch from elsewhere at the first start: told is what they are, not what they do.

Their packages are installed alone, without PyTorch and the other gigabytes that they depend on: their own code says what they would fetch.
"""

from __future__ import annotations

import re
from importlib import metadata

WANTED = {
    # Distribution: the weights without which it hears nothing, as its own files name them, and what it would give.
    "openpronounce": (
        ("facebook/wav2vec2-large-960h", "facebook/wav2vec2-lv-60-espeak-cv-ft"),
        ("words", "sounds", "word_scores", "sound_scores", "heard_instead", "whole_scores", "pitch"),
        2.4,
    ),
    "mimora": (
        ("facebook/wav2vec2-xlsr-53-espeak-cv-ft",),
        ("sounds", "sound_scores", "heard_instead", "whole_scores", "pitch"),
        1.2,
    ),
}
_NAME = re.compile(r"facebook/wav2vec2-[a-z0-9-]+")


def look_at(distribution: str) -> dict:
    """Its version and size; which weights its files name; whether it could run here."""
    weights, gives, gigabytes = WANTED[distribution]
    files = [file.locate() for file in metadata.files(distribution) or []]
    named = {name for file in files if file.suffix == ".py" for name in _NAME.findall(file.read_text(encoding="utf-8"))}
    missing = [name for name in weights if name not in named]
    requires = sorted({re.split(r"[^A-Za-z0-9_.-]", line)[0] for line in metadata.requires(distribution) or [] if "extra ==" not in line})
    return {
        "name": distribution,
        "version": metadata.version(distribution),
        "gives": list(gives),
        "disk_mb": sum(file.stat().st_size for file in files if file.is_file()) / 1e6,
        "needs": f"needs a download of {' and '.join(weights)} (about {gigabytes:g} GB), and PyTorch",
        "requires": requires,
        "trouble": f"its files name no {', '.join(missing)}: look again" if missing else "",
    }
