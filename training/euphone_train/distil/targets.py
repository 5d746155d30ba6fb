"""What a teacher says about every clip, kept on disk, so that a student can be taught many times over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from euphone_train.data.audio_cache import AudioCache
from euphone_train.export import onnx_model
from euphone_train.models.acoustic import AcousticModel

_SAVE_EVERY = 500
_FLOOR = -20.0
Teacher = Callable[[np.ndarray], tuple[np.ndarray, ...]]  # A clip to CTC, frames [T, classes] and mixed layers [T / 2, width].


def of_model(model: AcousticModel, device: str = "cpu") -> Teacher:
    model = model.to(device)

    @torch.no_grad()
    def answer(pcm: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.autocast(device, torch.bfloat16):
            fine, layers = model.encoder(torch.from_numpy(pcm)[None].to(device))
            mixed = model.mixed(layers)
            trunk = model.trunk_of(mixed)
            answers = model.ctc_head(trunk), model.frame_head(trunk, fine), mixed
        return tuple(a[0].float().cpu().numpy() for a in answers)

    return answer


def of_bundle(bundle: Path) -> Teacher:
    """What the int8 model of a bundle says: each encoder frame stands twice in its features."""
    runtime = onnx_model.session(bundle / "model.onnx")

    def answer(pcm: np.ndarray) -> tuple[np.ndarray, ...]:
        features, ctc, frames = onnx_model.run_all(runtime, pcm)
        return ctc, frames, features[::2]

    return answer


class Targets:
    """CTC and frame log-probabilities [T, classes] and mixed layers [T / 2, width] by clip, float16, in one growing file."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.file, self.index = folder / f"{name}.f16", folder / f"{name}.json"
        self.spans: dict[str, list[int]] = json.loads(self.index.read_text()) if self.index.is_file() else {}
        self.values = np.memmap(self.file, dtype=np.float16, mode="r") if self.spans else np.zeros(0, np.float16)

    def fill(self, teacher: Teacher, cache: AudioCache, names: list[str]) -> None:
        """Adds the clips that are missing; can be stopped at any time."""
        missing = [n for n in names if n not in self.spans]
        if not missing:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        end = sum(2 * t * c + t // 2 * w for _, t, c, w in self.spans.values())
        with self.file.open("r+b" if self.file.is_file() else "wb") as out:
            out.truncate(2 * end)
            out.seek(2 * end)
            for number, name in enumerate(missing, 1):
                ctc, frames, mixed = (np.maximum(table, _FLOOR) for table in teacher(cache.pcm(name)))
                for table in (ctc, frames, mixed):
                    out.write(table.astype(np.float16).tobytes())
                self.spans[name] = [end, *ctc.shape, mixed.shape[1]]
                end += ctc.size + frames.size + mixed.size
                if number % _SAVE_EVERY == 0 or number == len(missing):
                    out.flush()
                    self.index.write_text(json.dumps(self.spans))
                    print(f"{self.name}: {number} of {len(missing)} clips", flush=True)
        self.values = np.memmap(self.file, dtype=np.float16, mode="r")

    def __getitem__(self, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        start, frames, classes, width = self.spans[name]
        sizes = (frames * classes, frames * classes, frames // 2 * width)
        ctc, logs, mixed = np.split(self.values[start : start + sum(sizes)], np.cumsum(sizes)[:-1])
        return ctc.reshape(frames, classes), logs.reshape(frames, classes), mixed.reshape(-1, width)
