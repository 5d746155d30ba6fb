"""The stages from the text to a fine-tuned model, each in a folder of its own below the work folder; all can be stopped and taken up."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from euphone_train.llm import lora
from euphone_train.llm.goals import Answers, Distilled, Goal, NextToken
from euphone_train.llm.measure import loss_on, loss_on_answers
from euphone_train.llm.model import Llama, ModelSpec
from euphone_train.llm.run import RunSpec, checkpoints, put, run
from euphone_train.llm.text import read_texts
from euphone_train.llm.tokens import learn_tokenizer, load_tokenizer, save_tokenizer, stream_of

_JUDGED_PAIRS = 96


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a config says; see configs/llm.toml."""

    vocabulary: int
    window: int
    batch: int
    teacher: dict[str, Any]
    student: dict[str, Any]
    pretrain: dict[str, Any]
    distil: dict[str, Any]
    lora: dict[str, Any]

    @classmethod
    def read(cls, file: Path) -> Plan:
        return cls(**tomllib.loads(file.read_text(encoding="utf-8")))

    def model(self, which: str) -> Llama:
        """Fresh: the "teacher" or the "student"."""
        values = dict(getattr(self, which))
        dropout = values.pop("dropout")
        return Llama(ModelSpec(vocabulary=self.vocabulary, **values), dropout)


class Stages:
    """`seed` draws first weights, batches and dropout. Raises ValueError where a stage is missing that another one needs."""

    def __init__(self, work: Path, root: Path, plan: Plan, seed: int, progress: Callable[[str], None]) -> None:
        self.work, self.root, self.plan, self.texts = work, root, plan, read_texts(root)
        self.seed, self.progress = seed, progress

    # Text

    def tokens(self) -> None:
        """Learns the tokenizer, which all later stages share."""
        if self._text_file.is_file():
            self._same_text()
            return
        save_tokenizer(learn_tokenizer(self.texts.train, self.plan.vocabulary), self.work / "tokenizer.json")
        told = {"texts": self.texts.digest(), "train tokens": len(self.train), "held-out tokens": len(self.held_out)}
        self._text_file.write_text(json.dumps(told | {"pairs": len(self.texts.pairs)}) + "\n", encoding="utf-8")

    @property
    def _text_file(self) -> Path:
        return self.work / "texts.json"

    def _same_text(self) -> None:
        if json.loads(self._text_file.read_text(encoding="utf-8"))["texts"] != self.texts.digest():
            raise ValueError(f"{self.work} was begun with other texts than the project has now; give another folder, or remove it")

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.work / "tokenizer.json")

    @cached_property
    def train(self) -> np.ndarray:
        return stream_of(self.tokenizer, self.texts.train)

    @cached_property
    def held_out(self) -> np.ndarray:
        return stream_of(self.tokenizer, self.texts.held_out)

    # Runs

    def pretrain(self) -> None:
        """The teacher, on the text alone."""
        goal = NextToken(self.train, self.plan.batch, self.plan.window, self.seed)
        self._run("teacher", self._fresh("teacher"), goal, self.plan.pretrain)

    def distil(self) -> None:
        """The student, from the teacher's odds and the text."""
        goal = Distilled(self.train, self.plan.batch, self.plan.window, self.seed, teacher=self.model("teacher"))
        self._run("student", self._fresh("student"), goal, self.plan.distil)

    def alone(self) -> None:
        """The same student from the text alone, to see what the teacher gave."""
        goal = NextToken(self.train, self.plan.batch, self.plan.window, self.seed)
        self._run("student-alone", self._fresh("student"), goal, self.plan.distil)

    def lora(self) -> None:
        """The student, fine-tuned to answer; only thin matrices learn."""
        values = dict(self.plan.lora)
        batch, rank, longest = values.pop("batch"), values.pop("rank"), values.pop("longest")
        model = self.model("student")
        torch.manual_seed(self.seed)
        lora.add(model, rank)
        goal = Answers(self.texts.pairs, self.texts.train, self.tokenizer, batch, longest, self.seed)
        pairs = self.texts.held_out_pairs
        judge = partial(loss_on_answers, pairs=pairs, tokenizer=self.tokenizer, longest=longest, most=_JUDGED_PAIRS)
        self._run("tutor", model, goal, values, judge)

    def _fresh(self, which: str) -> Llama:
        torch.manual_seed(self.seed)
        return self.plan.model(which)

    def _run(self, name: str, model: Llama, goal: Goal, values: dict, judge: Callable[[Llama], float] | None = None) -> None:
        self._same_text()
        judge = judge or partial(loss_on, ids=self.held_out, length=self.plan.window)
        run(self.work / name, RunSpec(**values, seed=self.seed), model, goal, judge, self.progress)

    # What they made

    def model(self, run_name: str, step: int | None = None) -> Llama:
        """The model of the run "teacher", "student", "student-alone" or "tutor", at one of its checkpoints; by default the last."""
        file = checkpoints(self.work / run_name)[-1][1] if step is None else self.work / run_name / f"step-{step:05}.pt"
        if run_name != "tutor":
            return put(self.plan.model("teacher" if run_name == "teacher" else "student"), file)
        model = self.model("student")
        lora.add(model, self.plan.lora["rank"])
        put(model, file)
        lora.merge(model)
        return model.eval()
