"""Trains one member of the scorer on described sentences; resumable, and the same from the same seed."""

from __future__ import annotations

import json
import math
import time
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from euphone_train.curves.record import Record
from euphone_train.models.scorer import SENTENCE_SCORES, WORD_SCORES, Scorer, ScorerSpec
from euphone_train.score.batches import Batch, collate, shuffled
from euphone_train.score.judge import predict, summary
from euphone_train.score.segments import Sentence
from euphone_train.train.checkpoint import Average, finished, load_run, save_run
from euphone_train.train.steps import warm_cosine

_WORD_PARTS = (1.0, 0.1, 1.0)  # accuracy, stress (nearly all 10), total
_LOSSES = tuple(f"train {name} loss" for name in ("phone", "word", "sentence"))
_JUDGED = ("phone", *(f"word {n}" for n in WORD_SCORES), *(f"sentence {n}" for n in SENTENCE_SCORES), "phone mse")


@dataclass(frozen=True, kw_only=True)
class FitSpec:
    """The loss is the squared error of the phones + `word_weight` × that of the words + `sentence_weight` × that of the sentence scores.

    `noise` is added to each standardised descriptor, against learning speakers by heart.
    """

    epochs: int = 10
    batch: int = 25
    rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    average: float = 0.999
    word_weight: float = 0.5
    sentence_weight: float = 0.5
    noise: float = 0.0
    model: ScorerSpec = field(default_factory=ScorerSpec)

    @classmethod
    def read(cls, file: Path) -> FitSpec:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(**(values | {"model": ScorerSpec(**values.get("model", {}))}))


def standardise(model: nn.Module, sentences: list) -> None:
    """Sets `mean` and `scale` of a model to those of what `described` holds of the sentences."""
    rows = np.concatenate([s.described for s in sentences]).astype(np.float64)
    model.mean.copy_(torch.from_numpy(rows.mean(0)))
    model.scale.copy_(torch.from_numpy(rows.std(0) + 1e-3))


def errors(answer: tuple[Tensor, Tensor, Tensor], b: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Mean squared errors of what a scorer answered: phones; words; the sentence scores, summed."""
    phone, word, whole = answer
    phones = (phone - b.phone_labels)[b.phone_mask].square().mean()
    parts = torch.tensor(_WORD_PARTS, device=word.device)
    words = ((word - b.word_labels)[b.word_mask].square() * parts).sum(-1).mean()
    return phones, words, (whole - b.labels).square().mean(0).sum()


def noisy(b: Batch, model: Scorer, noise: float) -> Batch:
    """With noise of so many standard deviations on what the model reads."""
    return replace(b, described=b.described + torch.randn_like(b.described) * model.scale * noise) if noise else b


def trained(folder: Path, spec: FitSpec) -> Scorer:
    """The averaged weights of a finished member. Raises ValueError for one that is not."""
    model = Scorer(spec.model)
    model.load_state_dict(finished(folder, spec.epochs)["average"])
    return model.eval()


class Fit:
    """One member in `folder`: state.pt (weights, average, optimiser, position) and its learning curve, a row an epoch."""

    def __init__(self, folder: Path, spec: FitSpec, seed: int, train: list[Sentence], held_out: list[Sentence]) -> None:
        self.folder, self.spec, self.seed, self.train, self.held_out = folder, spec, seed, train, held_out
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(seed)
        self.model = Scorer(spec.model)
        self.optimiser = torch.optim.AdamW(self.model.parameters(), lr=spec.rate, betas=(0.9, 0.98), weight_decay=spec.weight_decay)
        self.epoch = self.step = 0
        if (folder / "state.pt").is_file():
            self.average = Average(self.model, spec.average)
            state = load_run(folder / "state.pt", self.model, self.optimiser, self.average)
            self.epoch, self.step = state["epoch"], state["step"]
        else:
            standardise(self.model, train)
            self.average = Average(self.model, spec.average)

    def averaged(self) -> Scorer:
        model = Scorer(self.spec.model)
        model.load_state_dict(self.average.weights)
        return model.eval()

    def _save(self) -> None:
        save_run(self.folder / "state.pt", self.model, self.optimiser, self.average, {"epoch": self.epoch, "step": self.step})

    def _row(self, losses: np.ndarray, seconds: float) -> dict[str, float]:
        """Of the learning curve; `losses` are the epoch's means."""
        row = {"epoch": self.epoch, "seconds": round(seconds, 1)} | dict(zip(_LOSSES, (round(float(x), 5) for x in losses), strict=True))
        if self.held_out:
            row |= {f"held-out {k}": v for k, v in summary(predict(self.averaged(), self.held_out), self.held_out).items()}
        return row

    def _errors(self, b: Batch) -> tuple[Tensor, Tensor, Tensor]:
        return errors(self.model(*noisy(b, self.model, self.spec.noise).read()), b)

    def run(self) -> Scorer:
        """Trains to the last epoch and returns the averaged weights."""
        judged = tuple(f"held-out {name}" for name in _JUDGED) if self.held_out else ()
        with Record(self.folder, ("epoch",), ("seconds", *_LOSSES, *judged), (self.epoch,)) as record:
            while self.epoch < self.spec.epochs:
                started = time.time()
                losses = self._pass()
                self.epoch += 1
                row = self._row(losses, time.time() - started)
                record.add(row)  # Before the checkpoint: a row without one is dropped, one that is missing would stay so.
                self._save()
                print(json.dumps({"run": f"{self.folder.parent.name}/{self.folder.name}"} | row), flush=True)
        return self.averaged()

    def _pass(self) -> np.ndarray:
        """One epoch; the means of its losses."""
        total = self.spec.epochs * math.ceil(len(self.train) / self.spec.batch)
        rng, losses = np.random.default_rng((self.seed, self.epoch)), []
        torch.manual_seed(self.seed * 1000 + self.epoch)  # So that a resumed run drops the same units.
        self.model.train()
        for part in shuffled(self.train, self.spec.batch, rng):
            phones, words, whole = self._errors(collate(part))
            loss = phones + self.spec.word_weight * words + self.spec.sentence_weight * whole
            for group in self.optimiser.param_groups:
                group["lr"] = self.spec.rate * warm_cosine(self.step, self.spec.warmup_steps, total)
            self.optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimiser.step()
            self.average.update(self.model)
            self.step += 1
            losses.append([float(x.detach()) for x in (phones, words, whole)])
        return np.mean(losses, 0)
