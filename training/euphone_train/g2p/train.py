"""Trains the letter CTC model on CMUdict; resumable, one thread is enough."""

import json
import logging
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from euphone_train.curves.record import Record

from .data import Entry, load_split
from .decode import greedy
from .evaluate import Figures, score
from .model import LetterCtc, ModelSpec
from .symbols import BLANK, encode_word

log = logging.getLogger(__name__)
_JUDGED = tuple(f"held-out {what}" for what in ("words right", "phone error", "words right with stress", "phone error with stress"))


@dataclass(frozen=True, kw_only=True)
class TrainSpec:
    """Settings of one training run; the learning rates fall linearly to zero after the warm-up."""

    epochs: int = 10
    letters_per_batch: int = 4096
    matrix_rate: float = 0.02
    other_rate: float = 3e-3
    weight_decay: float = 0.05
    warmup: float = 0.04  # share of all steps
    guess_weight: float = 0.3
    seed: int = 1
    save_every_s: float = 120.0


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Words of one length with the targets of all their variants."""

    letters: Tensor  # [B, L]
    targets: Tensor  # [V, longest target], zero-padded
    target_lengths: Tensor  # [V]
    owners: Tensor  # [V]: the row in letters to which each target belongs


def fits(variant: Sequence[str], word: str, frames_per_letter: int) -> bool:
    """Returns whether CTC has frames enough for the variant, counting the blank between equal neighbours."""
    needed = len(variant) + sum(a == b for a, b in pairwise(variant))
    return needed <= (len(word) + 2) * frames_per_letter


def trainable(entries: Sequence[Entry], frames_per_letter: int) -> list[Entry]:
    """Returns the entries with the variants that fit, without those that have none ("www" spelled out)."""
    kept = (replace(e, variants=tuple(v for v in e.variants if fits(v, e.word, frames_per_letter))) for e in entries)
    return [entry for entry in kept if entry.variants]


def make_batch(entries: Sequence[Entry], class_ids: dict[str, int]) -> Batch:
    """Packs entries whose words have the same length."""
    targets = [torch.tensor([class_ids[p] for p in variant]) for e in entries for variant in e.variants]
    return Batch(
        letters=torch.tensor([encode_word(e.word) for e in entries]),
        targets=nn.utils.rnn.pad_sequence(targets, batch_first=True),
        target_lengths=torch.tensor([len(t) for t in targets]),
        owners=torch.tensor([row for row, e in enumerate(entries) for _ in e.variants]),
    )


def make_batches(entries: Sequence[Entry], class_ids: dict[str, int], letters_per_batch: int, rng: random.Random) -> list[Batch]:
    """Returns one epoch: every entry once, words of one length together, batches in random order."""
    by_length: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_length[len(entry.word)].append(entry)
    batches = []
    for length, group in sorted(by_length.items()):
        rng.shuffle(group)
        size = max(1, letters_per_batch // (length + 2))
        batches += [make_batch(group[at : at + size], class_ids) for at in range(0, len(group), size)]
    rng.shuffle(batches)
    return batches


def ctc_loss(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean over words of -log of the summed probability of all variants; log_probs [B, T, C]."""
    frames = torch.full_like(batch.target_lengths, log_probs.shape[1])
    losses = functional.ctc_loss(
        log_probs[batch.owners].transpose(0, 1),
        batch.targets,
        frames,
        batch.target_lengths,
        blank=BLANK,
        reduction="none",
    )
    # Double precision: the sum runs over plain probabilities, as small as exp(-600) early in training.
    total = torch.zeros(log_probs.shape[0], dtype=torch.float64)
    return -total.index_add(0, batch.owners, (-losses.double()).exp()).log().mean()


def rate_at(step: int, steps: int, warmup: float) -> float:
    """Returns the learning-rate factor: linear up over the warm-up share, then linear down to zero."""
    rise = max(1, int(steps * warmup))
    return min((step + 1) / rise, (steps - step) / max(1, steps - rise))


def make_optimizers(model: LetterCtc, spec: TrainSpec) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for everything else."""
    matrices, others = [], []
    for name, parameter in model.named_parameters():
        inner = parameter.ndim == 2 and name.startswith("layers.") and "distance_bias" not in name
        (matrices if inner else others).append(parameter)
    return [
        torch.optim.Muon(matrices, lr=spec.matrix_rate, weight_decay=spec.weight_decay),
        torch.optim.AdamW(others, lr=spec.other_rate, weight_decay=0.01, betas=(0.9, 0.98)),
    ]


@torch.no_grad()
def guess_words(model: LetterCtc, words: Sequence[str], classes: Sequence[str]) -> list[list[str]]:
    """Returns the greedy pronunciations of words by the PyTorch model."""
    model.eval()
    vowels = [index for index, name in enumerate(classes) if name[-1].isdigit()]
    guesses: dict[str, list[str]] = {}
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in words:
        by_length[len(word)].append(word)
    for group in by_length.values():
        for at in range(0, len(group), 256):
            chunk = group[at : at + 256]
            log_probs, _ = model(torch.tensor([encode_word(word) for word in chunk]))
            for word, frames in zip(chunk, log_probs.numpy(), strict=True):
                guesses[word] = [classes[label] for label in greedy(frames, vowels)]
    return [guesses[word] for word in words]


def measure(model: LetterCtc, entries: Sequence[Entry], classes: Sequence[str]) -> tuple[Figures, Figures]:
    """Returns the figures without and with stress."""
    guesses = guess_words(model, [entry.word for entry in entries], classes)
    return score(entries, guesses, stress=False), score(entries, guesses, stress=True)


def train(dictionary: Path, classes: Sequence[str], out: Path, model_spec: ModelSpec, spec: TrainSpec) -> None:
    """Trains; writes out/checkpoint.pt (for resuming), its learning curve, and out/model.pt with out/model.json (the result)."""
    torch.manual_seed(spec.seed)
    out.mkdir(parents=True, exist_ok=True)
    class_ids = {name: index for index, name in enumerate(classes)}
    entries = trainable(load_split(dictionary, "train"), model_spec.frames_per_letter)
    dev = load_split(dictionary, "dev")
    model = LetterCtc(model_spec)
    optimizers = make_optimizers(model, spec)
    base_rates = [spec.matrix_rate, spec.other_rate]
    steps_per_epoch = len(make_batches(entries, class_ids, spec.letters_per_batch, random.Random(0)))
    steps = steps_per_epoch * spec.epochs
    step, spent_s = 0, 0.0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        torch.set_rng_state(state["rng"])
        step, spent_s = state["step"], state["spent_s"]
    log.info(
        "%d words, %d parameters, %d steps, from step %d",
        len(entries),
        sum(p.numel() for p in model.parameters()),
        steps,
        step,
    )
    started = saved_at = time.monotonic()

    def save() -> None:
        partial = checkpoint.with_suffix(".tmp")
        torch.save(
            {
                "model": model.state_dict(),
                "optimizers": [o.state_dict() for o in optimizers],
                "rng": torch.get_rng_state(),
                "step": step,
                "spent_s": spent_s + time.monotonic() - started,
            },
            partial,
        )
        partial.replace(checkpoint)

    record = Record(out, ("epoch",), ("seconds", "train loss", *_JUDGED), (step // steps_per_epoch,))
    for epoch in range(step // steps_per_epoch, spec.epochs):
        order = random.Random(f"{spec.seed} {epoch}")
        batches = make_batches(entries, class_ids, spec.letters_per_batch, order)
        model.train()
        running, seen = 0.0, 0
        for batch in batches[step - epoch * steps_per_epoch :]:
            for optimizer, base in zip(optimizers, base_rates, strict=True):
                optimizer.param_groups[0]["lr"] = base * rate_at(step, steps, spec.warmup)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                final, guess = model(batch.letters)
            loss = ctc_loss(final, batch)
            (loss + spec.guess_weight * ctc_loss(guess, batch)).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            for optimizer in optimizers:
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
            if not math.isfinite(value := loss.item()):
                raise FloatingPointError(f"the loss is not finite at step {step}; lower the learning rates")
            running, seen, step = running + value, seen + 1, step + 1
            if seen % 100 == 0:
                log.info("step %d loss %.4f", step, running / seen)
            if time.monotonic() - saved_at > spec.save_every_s and step % steps_per_epoch > 0:
                save()
                saved_at = time.monotonic()
        plain, stressed = measure(model, dev, classes)
        judged = (plain.word_accuracy, plain.phone_error_rate, stressed.word_accuracy, stressed.phone_error_rate)
        loss, seconds = running / max(1, seen), spent_s + time.monotonic() - started
        named = dict(zip(_JUDGED, (round(value, 3) for value in judged), strict=True))
        record.add({"epoch": epoch + 1, "seconds": round(seconds, 1), "train loss": round(loss, 5)} | named)
        save()  # After the row of the learning curve: a row without a checkpoint is dropped, one that is missing would stay so.
        log.info(
            "epoch %d loss %.4f dev words %.2f %% phones %.2f %% with stress %.2f %% %.2f %% at %.0f s",
            *(epoch + 1, loss, *judged, seconds),
        )
    record.close()
    torch.save(model.state_dict(), out / "model.pt")
    (out / "model.json").write_text(json.dumps(model_spec.to_dict(), indent=2) + "\n", encoding="utf-8")
