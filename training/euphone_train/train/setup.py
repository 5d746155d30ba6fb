"""Configuration of a run, and the clips that it may learn from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

import numpy as np

from euphone_train.data import splits
from euphone_train.data.audio_cache import AudioCache
from euphone_train.data.augment import AugmentSpec
from euphone_train.data.batches import Clip
from euphone_train.data.corpora import Utterance, is_clean, read_mini_librispeech, read_speechocean
from euphone_train.data.lexicon import Lexicon, Pronunciation
from euphone_train.data.phones import phone_classes


@dataclass(frozen=True, kw_only=True)
class Paths:
    """Where the outside material lies; relative paths start at the working folder."""

    native: Path
    learners: Path
    cmudict: Path
    encoder: Path
    work: Path

    @classmethod
    def read(cls, file: Path) -> Paths:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        missing = {f.name for f in fields(cls)} - values.keys()
        if missing:
            raise ValueError(f"{file}: missing {', '.join(sorted(missing))}")
        return cls(**{f.name: Path(values[f.name]).expanduser() for f in fields(cls)})


@dataclass(frozen=True, kw_only=True)
class RunSpec:
    """One training run. Rates are peaks; `parent` names the run whose averaged weights it starts from.

    The loss is `ctc_weight` × CTC per phone + `frame_weight` × cross entropy per frame. Without `ctc_weight` only the
    frame head learns. `relabel_epochs` are those before which the model chooses pronunciations anew.
    """

    epochs: int
    seed: int = 1
    batch_seconds: float = 48.0
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    frozen_steps: int = 60
    average: float = 0.998
    ctc_weight: float = 1.0
    frame_weight: float = 0.0
    learners: bool = False
    native_share: float = 1.0
    relabel_epochs: tuple[int, ...] = ()
    parent: str = ""
    augment: AugmentSpec = field(default_factory=AugmentSpec)

    @classmethod
    def read(cls, file: Path) -> RunSpec:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        augment = AugmentSpec.of(values.pop("augment", {}))
        values["relabel_epochs"] = tuple(values.get("relabel_epochs", ()))
        return cls(**values, augment=augment)


class Material:
    """Corpora, audio caches and lexicon, opened once."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.native = read_mini_librispeech(paths.native)
        self.learners = read_speechocean(paths.learners)
        self.lexicon = Lexicon.read(paths.cmudict, *([p] if (p := paths.learners / "lexicon.txt").is_file() else []))
        cache = paths.work / "cache"
        self.caches = {
            "native": AudioCache.build(cache, "native", self.native),
            "learners": AudioCache.build(cache, "learners", self.learners),
        }

    def native_train(self) -> list[Utterance]:
        held_out = splits.native_dev_speakers()
        return [u for u in self.native if u.speaker not in held_out]

    def native_dev(self) -> list[tuple[Utterance, list[list[Pronunciation]]]]:
        """Held-out utterances all of whose words have a pronunciation."""
        held_out = splits.native_dev_speakers()
        dev = [(u, self.lexicon.sentence(u.text)) for u in self.native if u.speaker in held_out]
        return [(u, words) for u, words in dev if words is not None]

    def clean_learners(self, without: frozenset[str]) -> list[Utterance]:
        return [u for u in self.learners if u.speaker not in without and is_clean(u)]

    @cached_property
    def labels(self) -> dict[str, np.ndarray]:
        """Class of every frame by "corpus/utterance"; empty before `euphone-train labels` has run."""
        file = self.paths.work / "labels.npz"
        return dict(np.load(file)) if file.is_file() else {}

    def clip(self, corpus: str, utterance: Utterance, target: tuple[int, ...]) -> Clip:
        return Clip(
            corpus=corpus,
            name=utterance.name,
            samples=self.caches[corpus].samples(utterance.name),
            target=target,
            labels=self.labels.get(f"{corpus}/{utterance.name}"),
        )

    def learner_clip(self, utterance: Utterance) -> Clip:
        target = tuple(c for w in utterance.words for c in phone_classes(w.phones))
        return self.clip("learners", utterance, target)
