"""Tunes encoder, heads and scorers together on the raters' marks; resumable after every epoch.

First the scorers learn alone, on an encoder that stands still; a fresh scorer's gradients would only spoil it (docs/models/experiments.md).
"""

from __future__ import annotations

import copy
import json
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from euphone_train.curves.record import Record
from euphone_train.data.augment import AugmentSpec
from euphone_train.data.batches import ahead
from euphone_train.data.pool import AugmentedPool, padded
from euphone_train.joint.material import Rated
from euphone_train.joint.net import JointModel, padded_spans
from euphone_train.models.acoustic import AcousticModel, frame_count
from euphone_train.models.scorer import ScorerSpec
from euphone_train.models.streaming import StreamingModel, StreamingSpec
from euphone_train.score.batches import Batch, collate
from euphone_train.score.fit import errors, noisy
from euphone_train.score.judge import Prediction, marks, mean_of, summary
from euphone_train.train.checkpoint import Average, load_run, save_run
from euphone_train.train.steps import save, warm_cosine

_LOSSES = ("train phone loss", "train word loss", "train sentence loss", "train CTC loss")
_ENCODER_WARMUP = 30


@dataclass(frozen=True, kw_only=True)
class JointSpec:
    """The loss is that of score.fit, averaged over the scorers, + `ctc_weight` × CTC per phone of sentences that were read well.

    Rates are peaks; that of the encoder and its heads is 0 for `frozen_epochs`. A run that was stopped after
    `least_epochs` is good enough to be bundled; 0: only a finished one. With `student`, the encoder is a streaming one, and
    hears each batch in chunks with the probability `chunked`, else whole.
    """

    epochs: int
    frozen_epochs: int
    least_epochs: int = 0
    seed: int = 1
    members: int = 2
    batch_seconds: float = 100.0
    encoder_rate: float = 1e-4
    rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    average: float = 0.995
    word_weight: float = 0.3
    sentence_weight: float = 0.2
    ctc_weight: float = 0.1
    noise: float = 0.5
    variants: int = 6
    chunked: float = 0.0
    student: StreamingSpec | None = None
    model: ScorerSpec = field(default_factory=ScorerSpec)
    augment: AugmentSpec = field(default_factory=AugmentSpec)

    @classmethod
    def read(cls, file: Path) -> JointSpec:
        return cls.of(tomllib.loads(file.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, values: dict) -> JointSpec:
        made = {"model": ScorerSpec(**values.get("model", {})), "augment": AugmentSpec.of(values.get("augment", {}))}
        if "student" in values:
            made["student"] = StreamingSpec(**values["student"])
        return cls(**(values | made))

    def acoustic(self) -> AcousticModel | StreamingModel:
        """Of the kind that is tuned, with fresh weights."""
        return StreamingModel(self.student) if self.student else AcousticModel()


def _is_clean(r: Rated) -> bool:
    return int((r.phone_labels < 1.0).sum()) <= 1


def plan(rated: list[Rated], seconds: float, rng: np.random.Generator | None) -> list[list[Rated]]:
    """Batches of like lengths, of at most so many padded seconds; in random order where there is a generator."""

    def length(r: Rated) -> float:
        return float(r.seconds[-1, 1]) + 1.0

    order = sorted(rated, key=lambda r: length(r) * (rng.uniform(0.93, 1.07) if rng else 1.0))
    batches: list[list[Rated]] = [[]]
    for r in order:
        if batches[-1] and length(r) * (len(batches[-1]) + 1) > seconds:
            batches.append([])
        batches[-1].append(r)
    return [batches[i] for i in rng.permutation(len(batches))] if rng else batches


class JointRun:
    """One run in `folder`: state.pt, its learning curve and what it says of the held-out sentences."""

    def __init__(
        self, folder: Path, spec: JointSpec, start: JointModel, pool: AugmentedPool, parts: tuple[list[Rated], list[Rated]], device: str
    ) -> None:
        """`start`: whose scorers learn what is usual where they have not learned it; `parts`: (to learn from, held out)."""
        self.folder, self.spec, self.pool, self.device = folder, spec, pool, torch.device(device)
        self.train, self.held_out = parts
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(spec.seed)
        self.model = start.to(self.device).eval()
        for name, parameter in self.model.acoustic.named_parameters():
            parameter.requires_grad = not name.startswith(self.model.acoustic.FRONT)
        self.rates = (spec.encoder_rate, spec.rate)
        groups = [{"params": [p for p in m.parameters() if p.requires_grad]} for m in (self.model.acoustic, self.model.scorers)]
        self.optimiser = torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.98), weight_decay=spec.weight_decay, fused=True)
        self.epoch = self.step = 0
        if (folder / "state.pt").is_file():
            self.average = Average(self.model, spec.average)
            state = load_run(folder / "state.pt", self.model, self.optimiser, self.average)
            self.epoch, self.step = state["epoch"], state["step"]
        else:
            if not any(scorer.mean.any() for scorer in self.model.scorers):
                self._standardise()
            self.average = Average(self.model, spec.average)
        rng = np.random.default_rng(spec.seed)
        self.steps_per_epoch = len(plan(self.train, spec.batch_seconds, rng))

    def _inputs(self, rated: list[Rated], rng: np.random.Generator | None) -> tuple[Tensor, Tensor, Tensor, Batch]:
        copies = [self.pool.copy(r.name, int(rng.integers(self.spec.variants)) if rng else 0) for r in rated]
        pcm, samples = padded([c for c, _ in copies], self.device)
        spans = padded_spans(rated, [len(c) for c, _ in copies], [speed for _, speed in copies])
        return pcm, samples, spans.to(self.device), collate(rated).to(self.device)

    def _stream(self, batches: list[list[Rated]], rng: np.random.Generator | None) -> Iterator[tuple]:
        """(sentences, their inputs), prepared ahead."""
        return ahead((rated, self._inputs(rated, rng)) for rated in batches)

    @torch.no_grad()
    def _standardise(self) -> None:
        self.model.eval()
        rows = []
        for _, inputs in self._stream(plan(self.train, self.spec.batch_seconds, None), None):
            b, _ = self.model.describe(*inputs)
            rows.append(b.described[b.phone_mask].double())
        rows = torch.cat(rows)
        for scorer in self.model.scorers:
            scorer.mean.copy_(rows.mean(0))
            scorer.scale.copy_(rows.std(0) + 1e-3)

    @torch.no_grad()
    def predict(self) -> list[Prediction]:
        """What the averaged model says of the held-out sentences, the mean of its scorers."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.average.weights)
        model.eval()
        told: dict[str, Prediction] = {}
        for rated, inputs in self._stream(plan(self.held_out, self.spec.batch_seconds, None), None):
            b, _ = model.describe(*inputs)
            mean = mean_of([marks(scorer(*b.read()), rated) for scorer in model.scorers])
            told |= {r.name: p for r, p in zip(rated, mean, strict=True)}
        return [told[r.name] for r in self.held_out]

    def _set_rates(self) -> None:
        frozen, total = self.spec.frozen_epochs * self.steps_per_epoch, self.spec.epochs * self.steps_per_epoch
        tuned = 0.0 if self.step < frozen else warm_cosine(self.step - frozen, _ENCODER_WARMUP, max(1, total - frozen))
        for group, rate, share in zip(
            self.optimiser.param_groups, self.rates, (tuned, warm_cosine(self.step, self.spec.warmup_steps, total)), strict=True
        ):
            group["lr"] = rate * share

    def _losses(self, rated: list[Rated], chunk: tuple[int, ...], pcm: Tensor, samples: Tensor, spans: Tensor, b: Batch) -> list[Tensor]:
        frozen = self.step < self.spec.frozen_epochs * self.steps_per_epoch
        with torch.set_grad_enabled(not frozen):
            b, ctc = self.model.describe(pcm, samples, spans, b, *chunk)
        told = [errors(scorer(*noisy(b, scorer, self.spec.noise).read()), b) for scorer in self.model.scorers]
        losses = [torch.stack(level).mean() for level in zip(*told, strict=True)]
        clean = [i for i, r in enumerate(rated) if _is_clean(r)]
        if clean and self.spec.ctc_weight and not frozen:
            targets = torch.cat([torch.from_numpy(rated[i].phones) + 1 for i in clean]).to(self.device)
            lengths = torch.tensor([len(rated[i].phones) for i in clean], device=self.device)
            frames = frame_count(samples[clean])
            total = F.ctc_loss(ctc[clean].transpose(0, 1), targets, frames, lengths, reduction="sum", zero_infinity=True)
            return [*losses, total / lengths.sum()]
        return [*losses, torch.zeros((), device=self.device)]

    def _pass(self) -> np.ndarray:
        rng = np.random.default_rng((self.spec.seed, self.epoch))
        torch.manual_seed(self.spec.seed * 1000 + self.epoch)
        ways = np.random.default_rng((self.spec.seed, self.epoch, 1))
        batches, sums = plan(self.train, self.spec.batch_seconds, rng), []
        self.model.scorers.train()  # The acoustic model's heads drop nothing: what the scorers read is what they will read.
        weights = (1.0, self.spec.word_weight, self.spec.sentence_weight, self.spec.ctc_weight)
        for rated, inputs in self._stream(batches, rng):
            chunk = (self.spec.student.chunk,) if self.spec.student and ways.random() < self.spec.chunked else ()
            losses = self._losses(rated, chunk, *inputs)
            self._set_rates()
            self.optimiser.zero_grad()
            sum(w * x for w, x in zip(weights, losses, strict=True)).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
            self.optimiser.step()
            self.average.update(self.model)
            self.step += 1
            sums.append(torch.stack([x.detach() for x in losses]))
        return torch.stack(sums).mean(0).cpu().numpy()

    def run(self) -> None:
        """Tunes to the last epoch, judging after each by the held-out sentences, and keeps what it says of them in the end."""
        columns = ("seconds", *_LOSSES, *(("held-out phone", "held-out phone mse", "held-out word total") if self.held_out else ()))
        with Record(self.folder, ("epoch",), columns, (self.epoch,)) as record:
            while self.epoch < self.spec.epochs:
                started = time.time()
                losses = self._pass()
                self.epoch += 1
                row = {"epoch": self.epoch} | dict(zip(_LOSSES, (round(float(x), 5) for x in losses), strict=True))
                if self.held_out:
                    predictions = self.predict()
                    figures = summary(predictions, self.held_out)
                    row |= {f"held-out {name}": figures[name] for name in ("phone", "phone mse", "word total")}
                    if self.epoch == self.spec.epochs:
                        save(self.folder / "held_out.pt", {"names": [r.name for r in self.held_out], "predictions": predictions})
                row["seconds"] = round(time.time() - started, 1)
                record.add(row)
                save_run(self.folder / "state.pt", self.model, self.optimiser, self.average, {"epoch": self.epoch, "step": self.step})
                print(json.dumps({"run": self.folder.name} | row), flush=True)
