"""The articles of data/knowledge as the training reads them (docs/formats/knowledge.md). Needs nothing but Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Passage:
    """An explanation, whose heading is empty, or a section; `lines` are its lines without marks of a list, `asked` what it answers."""

    heading: str
    lines: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Article:
    id: str
    title: str
    passages: tuple[Passage, ...]


def read_articles(knowledge: Path) -> list[Article]:
    """By file name, in order."""
    return [_article(file.read_text(encoding="utf-8")) for file in sorted(knowledge.glob("*/*.md"))]


def _article(text: str) -> Article:
    _, front, body = text.split("---\n", 2)
    passages = tuple(_passage(part.splitlines()) for part in re.split(r"^(?=## )", body, flags=re.M))
    return Article(id=re.search(r"^id: (.*)$", front, re.M)[1], title=re.search(r"^title: (.*)$", front, re.M)[1], passages=passages)


def _passage(lines: list[str]) -> Passage:
    headed = bool(lines) and lines[0].startswith("## ")
    heading, rest = (lines[0][3:], lines[1:]) if headed else ("", lines)
    said = tuple(line.removeprefix("- ") for line in rest if line and not line.startswith("? "))
    return Passage(heading=heading, lines=said, asked=tuple(line[2:] for line in rest if line.startswith("? ")))
