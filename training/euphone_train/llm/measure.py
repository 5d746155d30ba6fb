"""How well a model does on what it has not seen."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from euphone_train.llm.goals import padded
from euphone_train.llm.model import Llama
from euphone_train.llm.text import Pair
from euphone_train.llm.tokens import talk_ids


@torch.no_grad()
def loss_on(model: Llama, ids: np.ndarray, length: int) -> float:
    """Nats a token over the whole text, in windows that do not overlap."""
    total = 0.0
    for start in range(0, len(ids) - 1, length):
        window = torch.from_numpy(ids[start : start + length + 1])[None]
        total += F.cross_entropy(model(window[:, :-1])[0], window[0, 1:], reduction="sum").item()
    return total / (len(ids) - 1)


@torch.no_grad()
def answer_losses(model: Llama, talks: list[tuple[list[int], int]], longest: int) -> Tensor:
    """For each talk, nats a token of its answer."""
    tokens, targets = padded(talks, longest)
    each = F.cross_entropy(model(tokens).transpose(1, 2), targets, reduction="none")
    return each.sum(1) / (targets >= 0).sum(1)


def loss_on_answers(model: Llama, pairs: tuple[Pair, ...], tokenizer: Tokenizer, longest: int, most: int) -> float:
    """Mean over at most `most` pairs, spread evenly."""
    chosen = pairs[:: max(1, len(pairs) // most)][:most]
    talks = [talk_ids(tokenizer, pair.question, pair.answer) for pair in chosen]
    losses = [answer_losses(model, talks[i : i + 16], longest) for i in range(0, len(talks), 16)]
    return torch.cat(losses).mean().item()


def share_chosen(model: Llama, questions: list[dict], answers: dict[str, str], tokenizer: Tokenizer, longest: int, of: int = 20) -> float:
    """How often the answer of a right passage is the one that the question makes likelier than anything else does, among `of`.

    What the question adds is what counts: an answer's loss after it, less that after no question, so that an answer gains nothing by
    being easy to say. The others are drawn once, by the question's id.
    """
    passages = sorted(answers)
    alone = {p: _losses(model, [talk_ids(tokenizer, "", answers[p])], longest)[0] for p in passages}
    right = 0
    for question in questions:
        chance = random.Random(question["id"])
        wrong = chance.sample([p for p in passages if p not in question["passages"]], of - 1)
        offered = [next(p for p in question["passages"] if p in answers), *wrong]
        after = _losses(model, [talk_ids(tokenizer, question["question"], answers[p]) for p in offered], longest)
        gains = [alone[p] - loss for p, loss in zip(offered, after, strict=True)]
        right += gains[0] > max(gains[1:])
    return right / len(questions)


def _losses(model: Llama, talks: list[tuple[list[int], int]], longest: int) -> list[float]:
    return answer_losses(model, talks, longest).tolist()


def known_questions(file: Path, part: str, answers: dict[str, str]) -> list[dict]:
    """Those of docs/eval that a passage answers which was learned from."""
    questions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [q for q in questions if q["set"] == part and any(p in answers for p in q["passages"])]
