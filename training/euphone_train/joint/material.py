"""What joint tuning learns from: rated sentences with their boundaries in seconds and with what the ear heard, for one bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from euphone_train.calibrate.engine import Task, align, inline_text
from euphone_train.data.corpora import Utterance
from euphone_train.models.ear import Ear
from euphone_train.score import segments
from euphone_train.train.steps import save


@dataclass(frozen=True, kw_only=True)
class Rated(segments.Sentence):
    """One sentence, in which `described` is only what the ear heard, float16 [phones, classes + 4] (models/ear.py); [phones, 0] without."""

    seconds: np.ndarray  # [phones, 2] float64, begin and end as the engine reports them


def build(program: Path, bundle: Path, utterances: list[Utterance], ear: Ear | None, cache: Path, file: Path) -> list[Rated]:
    """All sentences, made once and kept in `file`; `cache` holds the described sentences that the ear, if there is one, listens to."""
    if not file.is_file():
        sentences = segments.build(program, bundle, utterances, cache) if ear else [segments.labelled(u) for u in utterances]
        documents = align(program, bundle, [Task(name=u.name, audio=u.audio, text=inline_text(u.words)) for u in utterances])
        by_name = {u.name: u for u in utterances}
        save(file, [vars(_rated(s, documents[s.name], by_name[s.name], ear)) for s in sentences if s.name in documents])
    return read(file)


def read(file: Path) -> list[Rated]:
    return [Rated(**values) for values in torch.load(file, weights_only=False)]


@torch.no_grad()
def _rated(sentence: segments.Sentence, document: dict, utterance: Utterance, ear: Ear | None) -> Rated:
    evidence = sentence.described
    if ear is not None:
        described = torch.from_numpy(sentence.described.astype(np.float32))[None]
        evidence = ear.evidence(described, torch.from_numpy(sentence.phones)[None])[0].half().numpy()
    return Rated(**(vars(sentence) | {"described": evidence}), seconds=segments.seconds_of(document, utterance))
