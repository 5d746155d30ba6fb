"""Agreement of scores with the raters."""

from __future__ import annotations

import numpy as np
import torch

from euphone_train.calibrate.fit import pearson
from euphone_train.models.scorer import PHONE_SCALE, SENTENCE_SCORES, WORD_SCALE, WORD_SCORES, Scorer
from euphone_train.score.batches import collate
from euphone_train.score.segments import Sentence

Prediction = tuple[np.ndarray, np.ndarray, np.ndarray]  # phones 0–2, words [words, 3] and sentence [4] 0–10


@torch.no_grad()
def predict(model: Scorer, sentences: list[Sentence], size: int = 50) -> list[Prediction]:
    model.eval()
    predictions = []
    for start in range(0, len(sentences), size):
        part = sentences[start : start + size]
        b = collate(part)
        phone, word, whole = model(b.described, b.phones, b.positions, b.members, b.phone_mask)
        phone, word, whole = (phone * PHONE_SCALE).clamp(0, 2), (word * WORD_SCALE).clamp(0, 10), (whole * WORD_SCALE).clamp(0, 10)
        predictions += [
            (phone[i, : len(s.phones)].numpy(), word[i, : len(s.word_labels)].numpy(), whole[i].numpy()) for i, s in enumerate(part)
        ]
    return predictions


def mean_of(members: list[list[Prediction]]) -> list[Prediction]:
    """The ensemble's scores from those of its members."""
    return [tuple(np.mean([m[i][level] for m in members], 0) for level in range(3)) for i in range(len(members[0]))]


def columns(predictions: list[Prediction], sentences: list[Sentence]) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """By score: (predicted, rated, speaker) of every item. Phones 0–2, the rest 0–10."""
    speakers = np.array([s.speaker for s in sentences])
    phone = np.concatenate([p[0] for p in predictions]), np.concatenate([s.phone_labels for s in sentences])
    table = {"phone": (*phone, np.repeat(speakers, [len(s.phones) for s in sentences]))}
    word = np.concatenate([p[1] for p in predictions]), np.concatenate([s.word_labels for s in sentences])
    of_word = np.repeat(speakers, [len(s.word_labels) for s in sentences])
    table |= {f"word {name}": (word[0][:, i], word[1][:, i], of_word) for i, name in enumerate(WORD_SCORES)}
    whole = np.stack([p[2] for p in predictions]), np.stack([s.labels for s in sentences])
    return table | {f"sentence {name}": (whole[0][:, i], whole[1][:, i], speakers) for i, name in enumerate(SENTENCE_SCORES)}


def summary(predictions: list[Prediction], sentences: list[Sentence]) -> dict[str, float]:
    """Pearson correlation by score, and the phones' mean squared error."""
    table = columns(predictions, sentences)
    figures = {name: round(pearson(p, r), 4) for name, (p, r, _) in table.items()}
    predicted, rated, _ = table["phone"]
    return figures | {"phone mse": round(float(((predicted - rated) ** 2).mean()), 4)}
