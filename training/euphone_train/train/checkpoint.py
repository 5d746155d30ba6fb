"""Where a run stands: its weights on disk, atomically written, the averaged ones beside the raw ones."""

from __future__ import annotations

from pathlib import Path

import torch

from euphone_train.models.acoustic import AcousticModel
from euphone_train.models.moonshine_weights import read_encoder
from euphone_train.train.steps import save


class Average:
    """Exponential moving average of a model's parameters, kept in float32."""

    def __init__(self, model: torch.nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model: torch.nn.Module) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        current = model.state_dict()
        torch._foreach_lerp_(list(self.weights.values()), [current[k] for k in self.weights], 1 - decay)


def save_run(file: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, average: Average, position: dict) -> None:
    """Everything to go on from; `position` says where the run stands."""
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average.weights, "average_steps": average.steps}
    save(file, state | position)


def load_run(file: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, average: Average) -> dict:
    """Puts back what save_run wrote; what it holds of the position."""
    state = torch.load(file, weights_only=True, map_location=next(model.parameters()).device)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    average.weights, average.steps = state["average"], state["average_steps"]
    return state


def finished(folder: Path, epochs: int) -> dict:
    """What save_run wrote of a run that has come so far, on the CPU. Raises ValueError for one that has not."""
    file = folder / "state.pt"
    state = torch.load(file, weights_only=True, map_location="cpu") if file.is_file() else {"epoch": 0}
    if state["epoch"] < epochs:
        raise ValueError(f"{folder}: not trained to the end; run `fit` first")
    return state


def fresh_model(encoder: Path) -> AcousticModel:
    model = AcousticModel()
    model.encoder.load_state_dict(read_encoder(encoder))
    return model


def averaged_model(file: Path) -> AcousticModel:
    """The model of a finished or running run, with averaged weights, ready to evaluate."""
    model = AcousticModel()
    model.load_state_dict(torch.load(file, weights_only=True, map_location="cpu")["average"])
    return model.eval()


def blended_model(file: Path, base: Path, share: float) -> AcousticModel:
    """`share` of the fine-tuned run in `file`, the rest of the run it started from: keeps most of both (Wortsman et al., "Robust
    fine-tuning of zero-shot models", CVPR 2022)."""
    tuned, start = averaged_model(file), averaged_model(base).state_dict()
    with torch.no_grad():
        for name, value in tuned.state_dict().items():
            value.lerp_(start[name], 1.0 - share)
    return tuned
