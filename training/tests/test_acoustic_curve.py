"""The learning curve of an acoustic run that is stopped anywhere and taken up again. Only the learning itself is made up."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from euphone_train.curves.record import read
from euphone_train.evaluate.phone_error import PhoneError
from euphone_train.train import run as module
from euphone_train.train.setup import RunSpec

_BATCHES = 80


class Stopped(Exception):
    """Stands for a run that is killed."""


class Scripted(module.Run):
    """Loses 1/step at every step; its checkpoint is the position alone. Killed before step `until`."""

    def __init__(self, folder: Path, until: int = 10_000) -> None:
        self.folder, self.spec, self.until = folder, RunSpec(epochs=2), until
        self.model, self.material = torch.nn.Linear(1, 1), SimpleNamespace(caches={})
        file = folder / "position.json"
        position = json.loads(file.read_text()) if file.is_file() else (0, 0, 0)
        self.epoch, self.batch, self.step = position

    def clips(self) -> list:
        return []

    def _learn(self, batch: object) -> float:
        if self.step + 1 == self.until:
            raise Stopped
        return 1 / (self.step + 1)

    def _averaged(self) -> None:
        return None

    def _save(self) -> None:
        (self.folder / "position.json").write_text(json.dumps([self.epoch, self.batch, self.step]))


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "plan", lambda *_: list(range(_BATCHES)))
    monkeypatch.setattr(module, "stream", lambda batches, *_: iter(batches))
    monkeypatch.setattr(module, "native_error", lambda *_: PhoneError(first=0.25, any=0.125, phones=8, utterances=1))


def points(folder: Path) -> list[tuple[int, int]]:
    return [(row["epoch"], row["step"]) for row in read(folder / "curve.csv")]


WHOLE = [(0, 25), (0, 50), (0, 75), (1, 80), (1, 100), (1, 125), (1, 150), (2, 160)]


def test_a_run_records_every_25_steps_and_every_epoch(tmp_path: Path) -> None:
    Scripted(tmp_path).run()
    assert points(tmp_path) == WHOLE
    rows = read(tmp_path / "curve.csv")
    assert rows[0]["train loss"] == round(sum(1 / n for n in range(1, 26)) / 25, 4)
    assert rows[3]["held-out phone error"] == 0.25 and rows[3]["train loss"] is None


@pytest.mark.parametrize("until", [1, 30, 81, 82, 130, 155])
def test_a_run_that_was_killed_at_a_step_has_every_row_once(tmp_path: Path, until: int) -> None:
    with pytest.raises(Stopped):
        Scripted(tmp_path, until).run()
    Scripted(tmp_path).run()
    assert points(tmp_path) == WHOLE


def test_a_run_that_was_killed_while_an_epoch_was_judged_judges_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(module, "native_error", killed)
        with pytest.raises(Stopped):
            Scripted(tmp_path).run()
    resumed = Scripted(tmp_path)
    assert resumed.step == _BATCHES
    resumed.run()
    assert points(tmp_path) == WHOLE
