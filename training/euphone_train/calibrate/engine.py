"""Runs the real engine over many recordings; what is fitted here is what the program will see."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from euphone_train.data import splits
from euphone_train.data.corpora import Utterance, read_mini_librispeech


@dataclass(frozen=True, kw_only=True)
class Task:
    """One recording and the text it is to be held against; `{word|PHONES}` is allowed."""

    name: str
    audio: Path
    text: str


def inline_text(words: tuple) -> str:
    """The corpus's own canonical phones, so that scores line up with its labels."""
    return " ".join(f"{{{word.text}|{' '.join(word.phones)}}}" for word in words)


def align(program: Path, bundle: Path, tasks: list[Task]) -> dict[str, dict]:
    """The same where every text is known to have been read: no word is left out, no reading taken for another text's."""
    return analyse(program, bundle, tasks, "--trust-text")


def analyse(program: Path, bundle: Path, tasks: list[Task], *options: str, scorer: str = "auto") -> dict[str, dict]:
    """Analysis documents (contract/analysis.schema.json) by task name; recordings that were refused are left out."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as listing:
        for task in tasks:
            listing.write(f"{task.audio.resolve()}\t{task.text}\t{task.name}\n")
        listing.flush()
        command = [program, "--model", bundle, "--scorer", scorer, "analyze", *options, "--manifest", listing.name, "--format", "json"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 1, 3):
        raise RuntimeError(f"{program} failed: {result.stderr.strip()[-300:]}")
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    return {document["id"]: document for document in documents}


def native_readings(
    program: Path, bundle: Path, corpus: Path, *, held_out: bool, limit: int | None = None, scorer: str = "auto"
) -> dict[Utterance, dict]:
    """Documents of native readers, of those that the acoustic model never saw or of the others; at most 300 unless told."""
    dev = splits.native_dev_speakers()
    mine = [u for u in read_mini_librispeech(corpus) if (u.speaker in dev) == held_out][: limit or 300]
    tasks = [Task(name=u.name, audio=u.audio, text=u.text.lower()) for u in mine]
    documents = analyse(program, bundle, tasks, scorer=scorer)
    return {u: documents[u.name] for u in mine if documents.get(u.name, {}).get("verdict") == "scored"}
