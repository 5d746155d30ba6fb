"""Training of encoder and heads with CTC and framewise labels; resumable at any checkpoint."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from euphone_train.curves.record import Record
from euphone_train.data.batches import NO_LABEL, Batch, Clip, plan, stream
from euphone_train.evaluate.phone_error import PhoneError, greedy, phone_error
from euphone_train.models.acoustic import AcousticModel, frame_count
from euphone_train.train import checkpoint
from euphone_train.train.log import log
from euphone_train.train.relabel import choose_variants, readings, spell_unknown
from euphone_train.train.setup import Material, RunSpec
from euphone_train.train.steps import warm_cosine

_SAVE_EVERY = 150
_LOG_EVERY = 25
_CURVE = ("train loss", "seconds per step", "train epoch loss", "held-out phone error", "held-out phone error any variant")
_FRAME_HEAD = ("fine", "frames_hidden", "frames")
_HEADS = ("layer_weights", "reduce", "upsample", "smooth", "ctc", *_FRAME_HEAD)
_FROZEN = ("encoder.conv1", "encoder.group_norm", "encoder.conv2", "encoder.conv3", "encoder.final_norm")


def forward(model: AcousticModel, pcm: torch.Tensor, samples: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
    """Trunk [batch, frames, width] and 12 ms map; the convolutions below the transformer take no gradient."""
    with torch.no_grad():
        fine, x = model.encoder.front(pcm, samples)
    return model.trunk(model.encoder.transform(x.float(), samples), samples), fine


@torch.no_grad()
def decode(model: AcousticModel, pcm: np.ndarray) -> torch.Tensor:
    """CTC log probabilities [frames, 40] of one clip."""
    with torch.autocast("cpu", torch.bfloat16):
        return model.ctc_head(forward(model, torch.from_numpy(pcm)[None], None)[0])[0]


def native_error(model: AcousticModel, material: Material) -> PhoneError:
    dev = material.native_dev()
    heard = [greedy(decode(model, material.caches["native"].pcm(u.name)).numpy()) for u, _ in dev]
    return phone_error([words for _, words in dev], heard)


def targets_of(material: Material, model: AcousticModel | None) -> dict[str, tuple[int, ...]]:
    """Phone sequences of the native training utterances.

    Without a model: first variants, and only the utterances all of whose words are known. With one: the variants
    that it hears, and its own spelling of unknown words.
    """
    targets = {}
    for u in material.native_train():
        words = readings(material.lexicon, u.text)
        if model is None:
            if all(words):
                targets[u.name] = tuple(p for variants in words for p in variants[0])
            continue
        log_probs = decode(model, material.caches["native"].pcm(u.name))
        filled = words if all(words) else spell_unknown(greedy(log_probs.numpy()), words)
        if filled is not None:
            targets[u.name] = choose_variants(log_probs, filled)
    return targets


class Run:
    """One run in `folder`: state.pt (weights, average, optimiser, position), targets.json, log.jsonl and its learning curve."""

    def __init__(self, folder: Path, spec: RunSpec, material: Material, without: frozenset[str]) -> None:
        self.folder, self.spec, self.material, self.without = folder, spec, material, without
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(spec.seed)
        self.model = checkpoint.fresh_model(material.paths.encoder)
        if spec.parent:
            parent = checkpoint.averaged_model(material.paths.work / spec.parent / "state.pt")
            self.model.load_state_dict(parent.state_dict())
        for name, parameter in self.model.named_parameters():
            if name.startswith(_FRAME_HEAD):
                parameter.requires_grad = spec.frame_weight > 0
            else:
                parameter.requires_grad = spec.ctc_weight > 0 and not name.startswith(_FROZEN)
        named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        groups = [
            {"params": [p for n, p in named if not n.startswith(_HEADS)], "rate": spec.encoder_rate},
            {"params": [p for n, p in named if n.startswith(_HEADS)], "rate": spec.head_rate},
        ]
        self.optimiser = torch.optim.AdamW(
            [g for g in groups if g["params"]], betas=(0.9, 0.98), weight_decay=spec.weight_decay, fused=True
        )
        self.average = checkpoint.Average(self.model, spec.average)
        self.epoch = self.batch = self.step = 0
        self.total = 0
        if (folder / "state.pt").is_file():
            self._resume()

    def _resume(self) -> None:
        state = checkpoint.load_run(self.folder / "state.pt", self.model, self.optimiser, self.average)
        self.epoch, self.batch, self.step, self.total = (state[k] for k in ("epoch", "batch", "step", "total"))

    def _save(self) -> None:
        position = {"epoch": self.epoch, "batch": self.batch, "step": self.step, "total": self.total}
        checkpoint.save_run(self.folder / "state.pt", self.model, self.optimiser, self.average, position)

    def _log(self, **values) -> None:
        log(self.folder, {"epoch": self.epoch, "step": self.step} | values)

    def _averaged(self) -> AcousticModel:
        model = AcousticModel()
        model.load_state_dict(self.average.weights)
        return model.eval()

    def _targets(self) -> dict[str, tuple[int, ...]]:
        file = self.folder / "targets.json"
        if self.spec.parent and not file.is_file():
            file.write_text((self.material.paths.work / self.spec.parent / "targets.json").read_text())
        done = json.loads(file.read_text()) if file.is_file() else {"epoch": -1}
        due = max([e for e in self.spec.relabel_epochs if e <= self.epoch], default=-1)
        if due > done["epoch"] or "targets" not in done:
            targets = targets_of(self.material, self._averaged() if due >= 0 else None)
            done = {"epoch": due, "targets": targets}
            file.write_text(json.dumps(done))
            self._log(relabelled=len(targets))
        return {name: tuple(t) for name, t in done["targets"].items()}

    def clips(self) -> list[Clip]:
        targets = self._targets()
        native = [self.material.clip("native", u, targets[u.name]) for u in self.material.native if u.name in targets]
        if self.spec.native_share < 1.0:
            keep = int(len(native) * self.spec.native_share)
            rng = np.random.default_rng((self.spec.seed, self.epoch))
            native = [native[i] for i in sorted(rng.permutation(len(native))[:keep])]
        if not self.spec.learners:
            return native
        return native + [self.material.learner_clip(u) for u in self.material.clean_learners(self.without)]

    def _rate(self) -> float:
        return warm_cosine(self.step, self.spec.warmup_steps, self.total)

    def _loss(self, batch: Batch) -> torch.Tensor:
        spec = self.spec
        with torch.autocast("cpu", torch.bfloat16):
            with torch.set_grad_enabled(spec.ctc_weight > 0):
                trunk, fine = forward(self.model, batch.pcm, batch.samples)
            ctc = self.model.ctc_head(trunk) if spec.ctc_weight else None
            frames = self.model.frame_head(trunk, fine, batch.samples) if spec.frame_weight else None
        loss = torch.zeros(())
        if ctc is not None:
            lengths = frame_count(batch.samples), batch.target_lengths
            total = F.ctc_loss(ctc.transpose(0, 1), batch.targets, *lengths, reduction="sum", zero_infinity=True)
            loss = loss + spec.ctc_weight * total / batch.target_lengths.sum()
        if frames is not None and (batch.labels != NO_LABEL).any():
            loss = loss + spec.frame_weight * F.nll_loss(frames.flatten(0, 1), batch.labels.flatten(), ignore_index=NO_LABEL)
        return loss

    def _learn(self, batch: Batch) -> float:
        rate = self._rate()
        frozen = self.step < self.spec.frozen_steps
        for i, group in enumerate(self.optimiser.param_groups):
            group["lr"] = 0.0 if frozen and i + 1 < len(self.optimiser.param_groups) else rate * group["rate"]
        loss = self._loss(batch)
        if not loss.requires_grad:
            return float(loss)
        self.optimiser.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        if torch.isfinite(norm):
            self.optimiser.step()
            self.average.update(self.model)
        return float(loss.detach())

    def _pass(self, batches: list[list[Clip]], record: Record) -> float | None:
        """What is left of an epoch; the mean of its losses, None where nothing was left."""
        self.model.train()
        losses, start = [], time.time()
        seed = self.spec.seed * 1000 + self.epoch
        for batch in stream(batches[self.batch :], self.material.caches, self.spec.augment, seed + self.batch * 7):
            losses.append(self._learn(batch))
            self.step += 1
            self.batch += 1
            if self.step % _LOG_EVERY == 0:
                loss, seconds = round(float(np.mean(losses[-_LOG_EVERY:])), 4), round((time.time() - start) / len(losses), 3)
                self._log(loss=loss, seconds_per_step=seconds)
                record.add({"epoch": self.epoch, "step": self.step, "train loss": loss, "seconds per step": seconds})
            if self.step % _SAVE_EVERY == 0:
                self._save()
        return round(float(np.mean(losses)), 4) if losses else None

    def _judge(self, loss: float | None, record: Record) -> None:
        """Logs a finished epoch with the held-out phone error."""
        error = native_error(self._averaged(), self.material)
        first, any_variant = round(error.first, 4), round(error.any, 4)
        self._log(train_loss=loss, dev_first=first, dev_any=any_variant)
        judged = {"train epoch loss": loss, "held-out phone error": first, "held-out phone error any variant": any_variant}
        record.add({"epoch": self.epoch, "step": self.step} | judged)

    def run(self) -> None:
        """Trains to the last epoch, saving often; after each epoch logs the held-out phone error."""
        with Record(self.folder, ("epoch", "step"), _CURVE, (self.epoch, self.step)) as record:
            while self.epoch < self.spec.epochs:
                batches = plan(self.clips(), self.spec.batch_seconds, hash((self.spec.seed, self.epoch)) & 0xFFFF)
                self.total = max(self.step + len(batches) * (self.spec.epochs - self.epoch) - self.batch, 1)
                loss = self._pass(batches, record)
                self._save()  # At the end of this epoch, not yet in the next: stopped while it is judged, a run judges it again.
                self.epoch, self.batch = self.epoch + 1, 0
                self._judge(loss, record)
                self._save()
