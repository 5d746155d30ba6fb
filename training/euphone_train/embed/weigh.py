"""Chooses how much each kind of evidence counts in the search (engine/retrieve/relevance.cc).

A listwise softmax (Cao et al. 2007) over the passages that the program lists, on the questions called `tune` in docs/eval, drawn to the
weights that it began with: sixty questions alone would follow chance.
"""

from __future__ import annotations

from pathlib import Path

import torch

from euphone_train.questions import ask, figures, read_questions

_LISTED = 50
_START = {
    "text": 4.0, "asked": 4.0, "article": 6.0, "words": 2.0, "tips": 3.0, "explains": 1.5, "either": 1.5, "sound": 0.8,
    "held": 0.5, "language": 1.0,
    "sentence": -2.0,
}  # fmt: skip
_DRAWN = 0.001


def fit(questions: list[dict], lists: list[list[dict]], steps: int = 300) -> dict[str, float]:
    start = torch.tensor(list(_START.values()))
    weights = start.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([weights], lr=0.1)
    tables = []
    for question, listed in zip(questions, lists, strict=True):
        right = [place for place, hit in enumerate(listed) if hit["passage"] in question["passages"]]
        if right:
            tables.append((torch.tensor([[float(hit["relevance"][name]) for name in _START] for hit in listed]), right))
    for _ in range(steps):
        losses = [-torch.log_softmax(table @ weights, 0)[right].mean() for table, right in tables]
        loss = torch.stack(losses).mean() + _DRAWN * ((weights - start) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return dict(zip(_START, weights.tolist(), strict=True))


def weigh(program: Path, root: Path) -> None:
    questions = read_questions(root / "docs/eval/questions.jsonl", "tune")
    lists = ask(program, questions, _LISTED)
    print("now: recall@5 {:.3f}, MRR {:.3f}".format(*figures(questions, [[hit["passage"] for hit in listed] for listed in lists])))
    weights = fit(questions, lists)
    again = [
        [hit["passage"] for hit in sorted(listed, key=lambda hit: -sum(weights[name] * hit["relevance"][name] for name in weights))]
        for listed in lists
    ]
    print("then: recall@5 {:.3f}, MRR {:.3f}".format(*figures(questions, again)))
    print("  ".join(f"{name} {weight:.1f}" for name, weight in weights.items()))
