"""Trains the ear; resumable, and the same from the same seed."""

from __future__ import annotations

import json
import math
import time
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from euphone_train.curves.record import Record
from euphone_train.diagnose import settle
from euphone_train.diagnose.batches import collate, hear, losses
from euphone_train.diagnose.spoken import Spoken
from euphone_train.diagnose.synthesis import Synthesis
from euphone_train.models.ear import Ear, EarSpec
from euphone_train.score.batches import shuffled
from euphone_train.score.fit import standardise
from euphone_train.train.checkpoint import Average, finished, load_run, save_run
from euphone_train.train.steps import warm_cosine

_LOSSES = ("train said loss", "train extra loss", "train disliked loss")
_SEED = 1
_SET_ASIDE = 8  # Every eighth learner settles the probabilities.


@dataclass(frozen=True, kw_only=True)
class EarFitSpec:
    """`noise` is added to each standardised description, against learning speakers by heart."""

    epochs: int
    batch: int
    rate: float
    weight_decay: float
    warmup_steps: int
    average: float
    noise: float
    disliked_weight: float
    variants: int  # How often each sentence is spoiled anew.
    stride: int  # Of the learners' sentences every so many; all would be 1.
    native_readings: int
    synthesis: Synthesis
    model: EarSpec = field(default_factory=EarSpec)

    @classmethod
    def read(cls, file: Path) -> EarFitSpec:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        made = values.pop("synthesis")
        lists = {k: tuple(map(tuple, v)) if k == "confusions" else tuple(v) for k, v in made.items() if isinstance(v, list)}
        return cls(**(values | {"synthesis": Synthesis(**(made | lists)), "model": EarSpec(**values.get("model", {}))}))


def set_aside(sentences: list[Spoken]) -> tuple[list[Spoken], list[Spoken]]:
    """(to learn from, to settle with), whose speakers differ. Only rated ones are set aside."""
    rated = sorted({s.speaker for s in sentences if not np.isnan(s.marks).all()})
    aside = set(rated[::_SET_ASIDE])
    return [s for s in sentences if s.speaker not in aside], [s for s in sentences if s.speaker in aside]


def trained(folder: Path, spec: EarFitSpec) -> Ear:
    """The averaged and settled ear of a finished run. Raises ValueError for one that is not."""
    state = finished(folder, spec.epochs)
    if "settled" not in state:
        raise ValueError(f"{folder}: not trained to the end; run `fit` first")
    ear = Ear(spec.model)
    ear.load_state_dict(state["average"])
    ear.sharpness.fill_(state["settled"][0])
    ear.trust.fill_(state["settled"][1])
    return ear.eval()


class EarFit:
    """One ear in `folder`: state.pt and its learning curve, a row an epoch."""

    def __init__(self, folder: Path, spec: EarFitSpec, sentences: list[Spoken]) -> None:
        self.folder, self.spec = folder, spec
        self.train, self.aside = set_aside(sentences)
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(_SEED)
        self.ear = Ear(spec.model)
        self.optimiser = torch.optim.AdamW(self.ear.parameters(), lr=spec.rate, betas=(0.9, 0.98), weight_decay=spec.weight_decay)
        self.epoch = self.step = 0
        self.settled: settle.Settled | None = None
        if (folder / "state.pt").is_file():
            self._load()
        else:
            standardise(self.ear, self.train)
            self.average = Average(self.ear, spec.average)

    def _load(self) -> None:
        self.average = Average(self.ear, self.spec.average)
        state = load_run(self.folder / "state.pt", self.ear, self.optimiser, self.average)
        self.epoch, self.step = state["epoch"], state["step"]

    def _save(self) -> None:
        position = {"epoch": self.epoch, "step": self.step} | ({"settled": list(self.settled)} if self.settled else {})
        save_run(self.folder / "state.pt", self.ear, self.optimiser, self.average, position)

    def run(self) -> Ear:
        """Trains to the last epoch, settles the probabilities, and returns the averaged ear."""
        with Record(self.folder, ("epoch",), ("seconds", *_LOSSES), (self.epoch,)) as record:
            while self.epoch < self.spec.epochs:
                started = time.time()
                means = self._pass()
                self.epoch += 1
                row = {"epoch": self.epoch, "seconds": round(time.time() - started, 1)}
                row |= dict(zip(_LOSSES, (round(float(x), 5) for x in means), strict=True))
                record.add(row)  # Before the checkpoint: a row without one is dropped, one that is missing would stay so.
                if self.epoch == self.spec.epochs:
                    self._settle()
                self._save()
                print(json.dumps({"run": self.folder.name} | row), flush=True)
        return trained(self.folder, self.spec)

    def _settle(self) -> None:
        ear = Ear(self.spec.model)
        ear.load_state_dict(self.average.weights)
        phones, marks = (np.concatenate([getattr(s, name) for s in self.aside]) for name in ("phones", "marks"))
        self.settled = settle.fit(hear(ear, self.aside)[0], phones, marks)

    def _pass(self) -> np.ndarray:
        """One epoch; the means of its losses."""
        total = self.spec.epochs * math.ceil(len(self.train) / self.spec.batch)
        rng, means = np.random.default_rng((_SEED, self.epoch)), []
        torch.manual_seed(_SEED * 1000 + self.epoch)  # So that a resumed run drops the same units.
        self.ear.train()
        for part in shuffled(self.train, self.spec.batch, rng):
            batch = collate(part)
            noise = torch.randn_like(batch.described) * self.ear.scale * self.spec.noise
            parts = losses(self.ear, replace(batch, described=batch.described + noise))
            for group in self.optimiser.param_groups:
                group["lr"] = self.spec.rate * warm_cosine(self.step, self.spec.warmup_steps, total)
            self.optimiser.zero_grad()
            (parts[0] + parts[1] + self.spec.disliked_weight * parts[2]).backward()
            torch.nn.utils.clip_grad_norm_(self.ear.parameters(), 1.0)
            self.optimiser.step()
            self.average.update(self.ear)
            self.step += 1
            means.append([float(x.detach()) for x in parts])
        return np.mean(means, 0)
