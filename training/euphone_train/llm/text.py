"""The project's own text: what a language model reads, and the questions it is taught to answer. Needs nothing but Python.

Whole topics are held out: an article of data/knowledge with all its questions, or a page of docs. `splits/llm_topics.json` names them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from euphone_train.knowledge import Article, Passage, read_articles

SPLIT = Path(__file__).resolve().parents[2] / "splits" / "llm_topics.json"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A question and what the passage that answers it says; `passage` as in docs/eval."""

    question: str
    answer: str
    passage: str


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Documents and pairs, to learn from and held out."""

    train: tuple[str, ...]
    held_out: tuple[str, ...]
    pairs: tuple[Pair, ...]
    held_out_pairs: tuple[Pair, ...]

    def digest(self) -> str:
        """Tells texts apart from those of another day."""
        return hashlib.sha256(json.dumps([self.train, self.held_out]).encode()).hexdigest()[:16]


def read_texts(root: Path, split: Path = SPLIT) -> Texts:
    """Everything below the project's `root`."""
    apart = frozenset(json.loads(split.read_text(encoding="utf-8"))["topics"])
    articles = read_articles(root / "data/knowledge")
    documents = [(article.id, document(article)) for article in articles]
    documents += [
        (page.relative_to(root).as_posix(), prose(page.read_text(encoding="utf-8"))) for page in sorted(root.glob("docs/**/*.md"))
    ]
    documents += [(f"lessons/{file.stem}", lesson(file.read_text(encoding="utf-8"))) for file in sorted(root.glob("packs/*/lessons/*.tsv"))]
    documents = [(topic, text) for topic, text in documents if text]
    if not documents:
        raise ValueError(f"{root}: no text of the project lies there")
    learned = [article for article in articles if article.id not in apart]
    return Texts(
        train=tuple(text for topic, text in documents if topic not in apart),
        held_out=tuple(text for topic, text in documents if topic in apart),
        pairs=tuple(pair for article in learned for pair in pairs_of(article)),
        held_out_pairs=tuple(pair for article in articles if article.id in apart for pair in pairs_of(article)),
    )


def passage_id(article: Article, passage: Passage) -> str:
    """As docs/eval names it."""
    return f"{article.id}#" + (re.sub(r"[^a-z0-9]+", "-", passage.heading.lower()).strip("-") or "about")


def pairs_of(article: Article) -> list[Pair]:
    return [
        Pair(question=question, answer=answer_of(passage), passage=passage_id(article, passage))
        for passage in article.passages
        for question in passage.asked
    ]


def answer_of(passage: Passage) -> str:
    """The tips of a section, the first sentences of an explanation."""
    if passage.heading:
        return " ".join(passage.lines)
    sentences = re.split(r"(?<=[.!?]) +", " ".join(passage.lines))
    return " ".join(sentences[:3])


def document(article: Article) -> str:
    """An article as one text, each passage followed by what it answers."""
    parts = []
    for passage in article.passages:
        said = "\n".join(f"- {line}" for line in passage.lines) if passage.heading else " ".join(passage.lines)
        parts.append("\n".join([passage.heading or article.title, said, *(f"? {question}" for question in passage.asked)]))
    return "\n\n".join(parts)


def prose(page: str) -> str:
    """What a page of Markdown says in sentences: without code, tables, and the addresses of links."""
    page = re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)
    page = re.sub(r"^\|.*$", "", page, flags=re.M)
    page = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", page)
    page = re.sub(r"(?<=\S)\n(?=[^\s#*-])", " ", page)  # A paragraph is one line.
    return re.sub(r"\n{3,}", "\n\n", page).strip()


def lesson(table: str) -> str:
    """The sentences of a lesson with their notes, without what tells how a word is said."""
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    said = [" ".join(filter(None, row[1:])) for row in rows[1:]]
    return "\n".join(re.sub(r"\{([^|}]*)\|[^}]*\}", r"\1", line) for line in said)
