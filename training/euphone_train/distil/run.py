"""Teaches a student a teacher's answers, heard whole and in chunks; resumable at any checkpoint."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from euphone_train.curves.record import Record
from euphone_train.data.augment import AugmentSpec
from euphone_train.data.batches import Clip, ahead, plan, stream
from euphone_train.data.pool import AugmentedPool, padded
from euphone_train.distil.prune import Importance, pruned
from euphone_train.distil.targets import Targets, Teacher
from euphone_train.evaluate.phone_error import greedy, phone_error
from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.encoder import conv_lengths, valid_mask
from euphone_train.models.streaming import StreamingModel, StreamingSpec
from euphone_train.train import checkpoint
from euphone_train.train.log import log
from euphone_train.train.setup import Material
from euphone_train.train.steps import warm_cosine

_SAVE_EVERY, _LOG_EVERY = 150, 25
_WAYS = ("whole", "chunks")
_CURVE = ("train loss", "seconds per step", *(f"held-out phone error {way}" for way in _WAYS))
_SURVEYED = 60  # Clips that say what is important in a teacher.


@dataclass(frozen=True, kw_only=True)
class DistilSpec:
    """One run.

    Each batch is heard in the student's chunks with the probability `chunked`, else whole. The loss is the divergence from
    the teacher's CTC and frame posteriors, in nats per frame, and `feature_weight` × the squared distance from its mixed layers.
    Augmentation must keep the speed: the teacher's answers are those to the clip as it was recorded. With `variants`, clips are augmented
    so many times before the run, else anew in every pass.
    """

    epochs: int
    seed: int = 1
    batch_seconds: float = 40.0
    rate: float = 8e-4
    weight_decay: float = 0.01
    warmup_steps: int = 100
    average: float = 0.998
    chunked: float = 0.6
    feature_weight: float = 0.5
    native_share: float = 1.0
    learners: bool = False
    variants: int = 0
    judged_every: int = 1
    student: StreamingSpec = field(default_factory=StreamingSpec)
    augment: AugmentSpec = field(default_factory=lambda: AugmentSpec(speed=0.0, mask=0.2))

    @classmethod
    def read(cls, file: Path) -> DistilSpec:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        augment = AugmentSpec.of({"speed": 0.0, "mask": 0.2} | values.pop("augment", {}))
        spec = cls(
            **{k: v for k, v in values.items() if k != "student"},
            student=StreamingSpec(**values.get("student", {})),
            augment=augment,
        )
        if spec.augment.speed:
            raise ValueError(f"{file}: augment.speed must be 0, the teacher's answers would no longer fit")
        return spec


def averaged_student(file: Path, spec: StreamingSpec) -> StreamingModel:
    """The student of a finished or running run, with averaged weights, ready to evaluate."""
    model = StreamingModel(spec)
    model.load_state_dict(torch.load(file, weights_only=True, map_location="cpu")["average"])
    return model.eval()


def pruned_student(spec: StreamingSpec, teacher: AcousticModel, material: Material) -> StreamingModel:
    native = material.native_train()
    surveyed = [material.caches["native"].pcm(u.name) for u in native[:: max(1, len(native) // _SURVEYED)]]
    return pruned(teacher, spec, Importance(teacher, surveyed))


@torch.no_grad()
def native_errors(model: StreamingModel, material: Material) -> dict[str, float]:
    """Held-out phone error (any variant) by the way of hearing."""
    dev = material.native_dev()
    errors = {}
    for way, size in zip(_WAYS, (None, model.spec.chunk), strict=True):
        heard = []
        for u, _ in dev:
            pcm = torch.from_numpy(material.caches["native"].pcm(u.name))[None].to(model.ctc.weight.device)
            heard.append(greedy(model(pcm, torch.tensor([pcm.shape[1]], device=pcm.device), size)[0][0].cpu().numpy()))
        errors[way] = round(phone_error([words for _, words in dev], heard).any, 4)
    return errors


class Distillation:
    """One run in `folder`, as train.run.Run: state.pt, log.jsonl and its learning curve."""

    def __init__(
        self,
        folder: Path,
        spec: DistilSpec,
        material: Material,
        teacher: tuple[str, Teacher],
        without: frozenset[str],
        start: Callable[[], StreamingModel],
        device: str = "cpu",
    ) -> None:
        """`teacher` has a name for its cached answers; `start` makes the student's first weights."""
        self.folder, self.spec, self.material, self.device = folder, spec, material, torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(spec.seed)
        self.targets = {c: Targets(material.paths.work / "targets", f"{teacher[0]}-{c}") for c in ("native", "learners")}
        native = material.native_train()
        if spec.native_share < 1.0:
            rng = np.random.default_rng(spec.seed)
            native = [native[i] for i in sorted(rng.permutation(len(native))[: int(len(native) * spec.native_share)])]
        taught = {"native": native, "learners": [u for u in material.learners if u.speaker not in without] if spec.learners else []}
        for corpus, utterances in taught.items():
            self.targets[corpus].fill(teacher[1], material.caches[corpus], [u.name for u in utterances])
        self.clips = [material.clip(c, u, ()) for c, utterances in taught.items() for u in utterances]
        self.pools = {c: self._pool(c) for c, us in taught.items() if us and spec.variants}
        self.model = start().to(self.device)
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad = not name.startswith(StreamingModel.FRONT)
        learning = [p for p in self.model.parameters() if p.requires_grad]
        decayed, plain = [p for p in learning if p.ndim > 1], [p for p in learning if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": spec.weight_decay}, {"params": plain, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.average = checkpoint.Average(self.model, spec.average)
        self.epoch = self.batch = self.step = 0
        if (folder / "state.pt").is_file():
            self._resume()

    def _pool(self, corpus: str) -> AugmentedPool:
        """Of all that any run may learn from, so that the folds share it."""
        folder, spec = self.material.paths.work / "pools", self.spec
        utterances = self.material.native_train() if corpus == "native" else self.material.learners
        names = [u.name for u in utterances]
        return AugmentedPool(folder, self.material.caches[corpus], names, spec.augment, spec.variants, spec.seed)

    def _batches(self, batches: list[list[Clip]], seed: int) -> Iterator[tuple[list[Clip], Tensor, Tensor]]:
        """(clips, PCM [batch, n], its valid samples [batch]), prepared ahead."""
        if not self.pools:
            for clips, batch in zip(batches, stream(batches, self.material.caches, self.spec.augment, seed), strict=True):
                yield clips, batch.pcm.to(self.device), batch.samples.to(self.device)
            return
        rng = np.random.default_rng(seed)

        def pooled(clips: list[Clip]) -> tuple[list[Clip], Tensor, Tensor]:
            copies = [self.pools[c.corpus].copy(c.name, int(rng.integers(self.spec.variants)))[0] for c in clips]
            return clips, *padded(copies, self.device)

        yield from ahead(map(pooled, batches))

    def _resume(self) -> None:
        state = checkpoint.load_run(self.folder / "state.pt", self.model, self.optimiser, self.average)
        self.epoch, self.batch, self.step = (state[k] for k in ("epoch", "batch", "step"))

    def _save(self) -> None:
        position = {"epoch": self.epoch, "batch": self.batch, "step": self.step}
        checkpoint.save_run(self.folder / "state.pt", self.model, self.optimiser, self.average, position)

    def _log(self, **values) -> None:
        log(self.folder, {"epoch": self.epoch, "step": self.step} | values)

    def _answers(self, clips: list[Clip], frames: Tensor) -> list[Tensor]:
        """The teacher's tables of a batch, padded: CTC, frames [batch, T, classes], mixed [batch, T / 2, width]."""
        longest = int(frames.max())
        tables = [[], [], []]
        for clip in clips:
            for i, table in enumerate(self.targets[clip.corpus][clip.name]):
                rows = longest if i == 2 else 2 * longest
                tables[i].append(F.pad(torch.from_numpy(table.astype(np.float32)), (0, 0, 0, rows - len(table))))
        return [torch.stack(t).to(self.device) for t in tables]

    def _loss(self, clips: list[Clip], pcm: Tensor, samples: Tensor, chunk: int | None) -> Tensor:
        frames = conv_lengths(samples)[2]
        longest = int(frames.max())
        with torch.autocast(self.device.type, torch.bfloat16):
            ctc, logs, mixed = self.model(pcm, samples, chunk)
        expected = self._answers(clips, frames)
        valid = valid_mask(frames, longest)
        fine = valid.repeat_interleave(2, 1)
        loss = self.spec.feature_weight * (mixed[:, :longest].float() - expected[2])[valid].square().mean()
        for answer, wanted in ((ctc, expected[0]), (logs, expected[1])):
            loss = loss + F.kl_div(answer[:, : 2 * longest][fine], wanted[fine], reduction="batchmean", log_target=True)
        return loss

    def _learn(self, inputs: tuple[list[Clip], Tensor, Tensor], rate: float, rng: np.random.Generator) -> Tensor:
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        loss = self._loss(*inputs, self.spec.student.chunk if rng.random() < self.spec.chunked else None)
        self.optimiser.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 3.0)
        if torch.isfinite(norm):
            self.optimiser.step()
            self.average.update(self.model)
        return loss.detach()

    def _pass(self, batches: list[list[Clip]], record: Record) -> None:
        self.model.train()
        losses, start = [], time.time()
        seed = self.spec.seed * 1000 + self.epoch
        total = self.step + len(batches) * (self.spec.epochs - self.epoch) - self.batch
        left = batches[self.batch :]
        for inputs in self._batches(left, seed + self.batch * 7):
            rate = self.spec.rate * warm_cosine(self.step, self.spec.warmup_steps, total)
            losses.append(self._learn(inputs, rate, np.random.default_rng((seed, self.step))))
            self.step += 1
            self.batch += 1
            if self.step % _LOG_EVERY == 0:
                loss, seconds = round(float(torch.stack(losses[-_LOG_EVERY:]).mean()), 4), round((time.time() - start) / len(losses), 3)
                self._log(loss=loss, seconds_per_step=seconds, steps=total)
                record.add({"epoch": self.epoch, "step": self.step, "train loss": loss, "seconds per step": seconds})
            if self.step % _SAVE_EVERY == 0:
                self._save()

    def run(self) -> None:
        """Teaches to the last epoch, saving often; after each epoch logs the held-out phone error, heard whole and in chunks."""
        with Record(self.folder, ("epoch", "step"), _CURVE, (self.epoch, self.step)) as record:
            while self.epoch < self.spec.epochs:
                self._pass(plan(self.clips, self.spec.batch_seconds, hash((self.spec.seed, self.epoch)) & 0xFFFF), record)
                self._save()
                self.epoch, self.batch = self.epoch + 1, 0
                if self.epoch % self.spec.judged_every == 0 or self.epoch == self.spec.epochs:
                    self._judge(record)
                self._save()

    def _judge(self, record: Record) -> None:
        errors = native_errors(self._averaged(), self.material)
        self._log(**{f"phone_error_{way}": e for way, e in errors.items()})
        record.add({"epoch": self.epoch, "step": self.step} | {f"held-out phone error {way}": e for way, e in errors.items()})

    def _averaged(self) -> StreamingModel:
        model = StreamingModel(self.spec.student).to(self.device)
        model.load_state_dict(self.average.weights)
        return model.eval()
