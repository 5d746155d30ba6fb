"""What is known of a reading: the parts of the document euphone.analysis/1 that most programs want, as attributes.

Scores are 0 to 100, times are seconds from the start of the audio. What was not measured is None, never a guess.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from . import _core


@dataclass(frozen=True)
class Scores:
    """Of a sentence, or of all."""

    accuracy: float | None
    fluency: float | None
    completeness: float | None
    prosody: float | None
    total: float | None
    uncertainty: float | None  #: Of `total`: how far the judges disagree, in points.


@dataclass(frozen=True)
class Phone:
    """A sound of a word."""

    arpabet: str  #: "TH"; of a vowel with its stress: "AO1".
    ipa: str
    score: float
    band: str  #: "clear", "slightly_accented", "hard_to_understand", "not_as_written", "not_sure".
    start: float
    end: float
    claim: str | None  #: "right", "substituted", "dropped", "distorted", "not_sure"; None where the scorer claims nothing.
    said: str | None  #: The phone that was said instead, as ARPAbet; only where it is "substituted".


@dataclass(frozen=True)
class Word:
    """A word of the text, or one that was put in."""

    text: str  #: As it is spoken; of an inserted one what was heard, as ARPAbet in slashes.
    accuracy: float | None
    stress: float | None
    error: str  #: "none", "mispronounced", "omitted", "inserted", "repeated", "unexpected_pause", "missing_pause".
    band: str
    start: float
    end: float
    phones: tuple[Phone, ...]


def _phone(entry: dict[str, Any]) -> Phone:
    claimed = entry.get("diagnosis") or {}
    return Phone(
        entry["arpabet"],
        entry["ipa"],
        entry["score"],
        entry["band"],
        entry["start_s"],
        entry["end_s"],
        claimed.get("claim"),
        claimed.get("said"),
    )


class Analysis:
    """All that is known about one recording of one text. Nothing of it changes; threads may share it."""

    def __init__(self, core: _core.Analysis) -> None:
        self._core = core

    @cached_property
    def _document(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    def to_json(self) -> str:
        """The document of contract/analysis.schema.json, on one line."""
        return self._core.write("json")

    def to_dict(self) -> dict[str, Any]:
        """The same, parsed: a new one each time."""
        return json.loads(self.to_json())

    def write(self, format: str) -> str:
        """As "json", "textgrid" (Praat), "ctm", "csv", "srt", "azure" or "terminal"."""
        return self._core.write(format)

    @property
    def id(self) -> str:
        return self._document["id"]

    @property
    def model(self) -> str:
        return self._document["model"]

    @property
    def verdict(self) -> str:
        """ "scored", "withheld" (the audio allows no fair score) or "wrong_text"."""
        return self._document["verdict"]

    @property
    def scored(self) -> bool:
        return self.verdict == "scored"

    @cached_property
    def scores(self) -> Scores:
        scores = self._document["scores"]
        return Scores(**{field.name: scores.get(field.name) for field in fields(Scores)})

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """In time order; omitted ones where they should have been."""
        return tuple(
            Word(
                entry["text"],
                entry.get("accuracy"),
                entry.get("stress"),
                entry["error"],
                entry["band"],
                entry["start_s"],
                entry["end_s"],
                tuple(map(_phone, entry["phones"])),
            )
            for entry in self._document["words"]
        )

    def __repr__(self) -> str:
        total = self.scores.total
        return f"<euphone.Analysis {self.id!r}: {self.verdict}{'' if total is None else f', {total:.0f} of 100'}>"
