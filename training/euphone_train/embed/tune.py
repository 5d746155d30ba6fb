"""Teaches the encoder which passages answer which questions.

Contrastive learning on the questions that the knowledge base holds (`? …` lines): a question's vector is drawn to its passage's and to
those of other questions of that passage, and away from those of all other passages in the batch (Henderson et al. 2017; Wang et al. 2021,
GPL, for questions written for passages). The questions of docs/eval are not among them.
"""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from euphone_train.knowledge import read_articles

from .model import SentenceEncoder


@dataclass(frozen=True, kw_only=True)
class TuneSpec:
    epochs: int = 3
    batch: int = 32  # Passages; each with one question, and another one that stands for it half of the time.
    rate: float = 3e-5
    temperature: float = 0.05
    slips: float = 0.3  # Share of the questions that are read as somebody in a hurry types them.
    memory: float = 0.985  # The weights that are kept: a running mean, which finds more than the last ones do.
    seed: int = 1


def read_passages(knowledge: Path) -> list[tuple[str, list[str]]]:
    """Returns what the search reads of each passage, and the questions that it is known to answer."""
    return [
        (". ".join(x for x in (article.title, passage.heading, "\n".join(passage.lines)) if x), list(passage.asked))
        for article in read_articles(knowledge)
        for passage in article.passages
    ]


def _vectors(model: SentenceEncoder, tokenizer: Tokenizer, texts: list[str]) -> Tensor:
    """One at a time: the model knows no padding, and a batch of one costs as much for each token."""
    return torch.cat([model(torch.tensor([tokenizer.encode(text).ids])) for text in texts])


def tune(model: SentenceEncoder, tokenizer: Tokenizer, passages: list[tuple[str, list[str]]], spec: TuneSpec, log: Path) -> None:
    """Changes the model in place; writes a line of JSON for every 20 steps."""
    torch.manual_seed(spec.seed)
    chance = random.Random(spec.seed)
    pairs = [(number, question) for number, (_, asked) in enumerate(passages) for question in asked]
    kept = {"words.weight", "places"}  # What every sentence is read by stays as it was published.
    learned = [weight for name, weight in model.named_parameters() if name not in kept]
    for name, weight in model.named_parameters():
        weight.requires_grad_(name not in kept)
    optimiser = torch.optim.AdamW(learned, lr=spec.rate, weight_decay=0.01)
    steps = spec.epochs * len(pairs) // spec.batch
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, (step + 1) / 20) * max(0.02, 1 - step / steps))
    kept_weights = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    started, step, total = time.monotonic(), 0, 0.0
    model.train()
    for _ in range(spec.epochs):
        for batch in _batches(pairs, spec.batch, chance):
            questions = _vectors(model, tokenizer, [_typed(question, spec.slips, chance) for _, question in batch])
            answers = [_stand_in(passages[number], question, chance) for number, question in batch]
            products = questions @ _vectors(model, tokenizer, answers).T / spec.temperature
            right = torch.arange(len(batch))
            loss = (functional.cross_entropy(products, right) + functional.cross_entropy(products.T, right)) / 2
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step, total = step + 1, total + loss.item()
            with torch.no_grad():
                share = min(spec.memory, step / (step + 10))
                for name, weight in model.named_parameters():
                    kept_weights[name].lerp_(weight, 1 - share)
            if step % 20 == 0:
                with log.open("a", encoding="utf-8") as out:
                    out.write(
                        json.dumps({"step": step, "of": steps, "loss": round(total / 20, 4), "s": round(time.monotonic() - started)}) + "\n"
                    )
                total = 0.0
    model.load_state_dict(kept_weights)
    model.eval()


def _batches(pairs: list[tuple[int, str]], size: int, chance: random.Random):
    """Every pair once, no passage twice in a batch. Neighbours of an article come together often: they are the hard ones."""
    left = pairs[:]
    chance.shuffle(left)
    left.sort(key=lambda pair: (pair[0] + chance.gauss(0, 12)) // 24 + chance.random() * 0.5)
    while left:
        batch, rest, seen = [], [], set()
        for pair in left:
            if len(batch) < size and pair[0] not in seen:
                seen.add(pair[0])
                batch.append(pair)
            else:
                rest.append(pair)
        left = rest
        if len(batch) > 1:
            yield batch


def _stand_in(passage: tuple[str, list[str]], question: str, chance: random.Random) -> str:
    text, asked = passage
    others = [other for other in asked if other != question]
    return chance.choice(others) if others and chance.random() < 0.4 else text


def _typed(question: str, slips: float, chance: random.Random) -> str:
    """The question with a slip: a word left out, two letters changed about, a letter lost, or no quotes."""
    if chance.random() >= slips:
        return question
    words = question.split()
    kind, at = chance.randrange(4), chance.randrange(len(words))
    if kind == 0 and len(words) > 3:
        return " ".join(words[:at] + words[at + 1 :])
    if kind == 1:
        return question.replace("'", "").replace('"', "").replace("?", "")
    word = words[at]
    if len(word) < 5 or not word.isalpha():
        return question
    letter = chance.randrange(1, len(word) - 2)
    words[at] = word[:letter] + (word[letter + 1] + word[letter] if kind == 2 else word[letter]) + word[letter + 2 :]
    return " ".join(words)
