"""Agreement of scores with the raters."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from euphone_train.calibrate.fit import pearson
from euphone_train.models.scorer import SENTENCE_SCORES, WORD_SCORES, Scorer, on_raters_scales
from euphone_train.score.batches import collate
from euphone_train.score.segments import Sentence

Prediction = tuple[np.ndarray, np.ndarray, np.ndarray]  # phones 0–2, words [words, 3] and sentence [4] 0–10


def marks(answer: tuple[Tensor, Tensor, Tensor], sentences: list[Sentence]) -> list[Prediction]:
    """What a scorer answers to a padded batch, sentence by sentence."""
    phone, word, whole = (t.cpu().numpy() for t in on_raters_scales(*answer))
    return [(phone[i, : len(s.phones)], word[i, : len(s.word_labels)], whole[i]) for i, s in enumerate(sentences)]


@torch.no_grad()
def predict(model: Scorer, sentences: list[Sentence], size: int = 50) -> list[Prediction]:
    model.eval()
    predictions = []
    for start in range(0, len(sentences), size):
        part = sentences[start : start + size]
        predictions += marks(model(*collate(part).read()), part)
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
