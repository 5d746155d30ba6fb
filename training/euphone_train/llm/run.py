"""One run of training: a goal, a model, a folder. Stopped at any moment it goes on at its last save, to the same weights."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from euphone_train.curves.record import Record
from euphone_train.llm.goals import Goal
from euphone_train.llm.model import Llama
from euphone_train.train.steps import save, warm_cosine

COLUMNS = ("tokens", "train loss", "held-out loss", "held-out perplexity", "rate", "tokens per second", "seconds")
_LOGGED = 10


@dataclass(frozen=True, kw_only=True)
class RunSpec:
    """`judged`, `saved`, `kept`: how many steps lie between two judgements, saves, checkpoints that stay (multiples of 10)."""

    steps: int
    rate: float
    warmup: int = 20
    weight_decay: float = 0.05
    judged: int = 50
    saved: int = 50
    kept: int = 100
    seed: int = 1


def run(folder: Path, spec: RunSpec, model: Llama, goal: Goal, judge: Callable[[Llama], float], progress: Callable[[str], None]) -> None:
    """Trains what of the model asks for gradients. `judge` gives the held-out loss. A run that is done already is only loaded.

    Leaves `step-N.pt` (those weights), `curve.csv`, events, and `state.pt`, to go on from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    learned = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    groups = [
        {"params": [w for w in learned.values() if w.ndim > 1], "weight_decay": spec.weight_decay},
        {"params": [w for w in learned.values() if w.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], lr=spec.rate, betas=(0.9, 0.95))
    step, tokens, spent = _resume(folder, learned, optimiser)
    if step >= spec.steps:
        return
    with Record(folder, ("step",), COLUMNS, (step,)) as record:
        if step == 0:
            record.add({"step": 0, "tokens": 0, "seconds": 0.0} | _judged(model, judge))
        began, losses, read = time.monotonic() - spent, [], 0
        since = time.monotonic()
        while step < spec.steps:
            rate = spec.rate * max(0.05, warm_cosine(step, spec.warmup, spec.steps))
            for group in optimiser.param_groups:
                group["lr"] = rate
            torch.manual_seed(spec.seed * 1_000_003 + step)  # Dropout is that of the step, too, however often it was taken up.
            model.train()
            loss, count = goal.loss(model, step)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
            optimiser.step()
            step, tokens, read = step + 1, tokens + count, read + count
            losses.append(loss.item())
            if step % _LOGGED and step < spec.steps:
                continue
            speed = read / (time.monotonic() - since)
            row = {"step": step, "tokens": tokens, "train loss": round(sum(losses) / len(losses), 4), "rate": float(f"{rate:.3g}")}
            row |= {"tokens per second": round(speed), "seconds": round(time.monotonic() - began, 1)}
            if step % spec.judged == 0 or step == spec.steps:
                row |= _judged(model, judge)
            record.add(row)
            left = (spec.steps - step) * (time.monotonic() - began) / step
            progress(f"{folder.name}: step {step} of {spec.steps}, loss {row['train loss']:.3f}{_held(row)}, {left:.0f} s left")
            losses, read = [], 0
            if step % spec.kept == 0 or step == spec.steps:
                save(folder / f"step-{step:05}.pt", {name: weight.detach() for name, weight in learned.items()})
            if step % spec.saved == 0 or step == spec.steps:
                weights = {name: weight.detach() for name, weight in learned.items()}
                state = {"weights": weights, "optimiser": optimiser.state_dict(), "step": step, "tokens": tokens}
                save(folder / "state.pt", state | {"seconds": time.monotonic() - began})
            since = time.monotonic()
    model.eval()


def checkpoints(folder: Path) -> list[tuple[int, Path]]:
    """(step, weights) of those that were kept, in order. Raises ValueError where there is none."""
    files = sorted(folder.glob("step-*.pt"))
    if not files:
        raise ValueError(f"{folder}: no checkpoint lies there; is this the folder of a run?")
    return [(int(file.stem.removeprefix("step-")), file) for file in files]


def put(model: Llama, file: Path) -> Llama:
    """Puts a checkpoint's weights into the model, which keeps what the run did not learn."""
    missing = model.load_state_dict(torch.load(file, weights_only=True), strict=False)
    if missing.unexpected_keys:
        raise ValueError(f"{file}: of another model ({missing.unexpected_keys[0]})")
    return model.eval()


def _resume(folder: Path, learned: dict, optimiser: torch.optim.Optimizer) -> tuple[int, int, float]:
    file = folder / "state.pt"
    if not file.is_file():
        return 0, 0, 0.0
    state = torch.load(file, weights_only=True)
    if state["weights"].keys() != learned.keys() or any(state["weights"][name].shape != w.shape for name, w in learned.items()):
        raise ValueError(f"{file}: of another model; give the run another folder, or remove this one")
    with torch.no_grad():
        for name, weight in learned.items():
            weight.copy_(state["weights"][name])
    optimiser.load_state_dict(state["optimiser"])
    return state["step"], state["tokens"], state["seconds"]


def _judged(model: Llama, judge: Callable[[Llama], float]) -> dict[str, float]:
    model.eval()
    with torch.no_grad():
        loss = judge(model)
    return {"held-out loss": round(loss, 4), "held-out perplexity": round(math.exp(loss), 3)}


def _held(row: dict) -> str:
    return f", held-out perplexity {row['held-out perplexity']:.1f}" if "held-out perplexity" in row else ""
