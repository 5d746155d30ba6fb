"""Framewise labels with sharp boundaries: a local classifier and Viterbi alignment, each teaching the other.

A small network that sees only about ±80 ms cannot blur boundaries the way a full-attention encoder can. It starts
from cuts half way between CTC spikes and is re-aligned a few times (hybrid HMM training).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from euphone_train.align.mel import BINS, with_context
from euphone_train.align.viterbi import best_path, ctc_graph, midpoint_spans, spans, speech_graph

CLASSES = 40


@dataclass(frozen=True, kw_only=True)
class HybridSpec:
    sentences: int = 500
    reach: int = 6
    width: int = 384
    rounds: int = 4
    passes: int = 2
    rate: float = 1e-3
    batch: int = 2048
    seed: int = 1


@dataclass(kw_only=True)
class Sentence:
    """A clip to align: its phones by word, its features, and the current label of every frame."""

    name: str
    words: list[list[int]]
    mel: np.ndarray
    labels: np.ndarray

    @property
    def phones(self) -> list[int]:
        return [p for word in self.words for p in word]


def first_labels(words: list[list[int]], ctc: np.ndarray, mel: np.ndarray) -> np.ndarray | None:
    """Labels from CTC log probabilities [frames, 40]: midpoints between spikes, quiet frames between words silent."""
    phones = [p for word in words for p in word]
    graph = ctc_graph(phones)
    found = best_path(graph, ctc)
    if found is None:
        return None
    spikes = spans(found[0], graph, len(phones))
    labels = np.zeros(len(ctc), dtype=np.int64)
    for phone, (start, end) in zip(phones, midpoint_spans(spikes, len(ctc)), strict=True):
        labels[start:end] = phone
    energy = mel.mean(1)
    quiet = energy < np.percentile(energy, 5) + 0.25 * (np.percentile(energy, 90) - np.percentile(energy, 5))
    ends = np.cumsum([len(w) for w in words])[:-1]
    for nxt in ends:
        gap = slice(int(spikes[nxt - 1, 1]), int(spikes[nxt, 0]))
        if gap.stop - gap.start > 8:
            labels[gap] = np.where(quiet[gap], 0, labels[gap])
    return labels


class LocalClassifier(nn.Module):
    """Phone class of a frame from log-mel around it."""

    def __init__(self, spec: HybridSpec) -> None:
        super().__init__()
        size = (2 * spec.reach + 1) * BINS
        self.layers = nn.Sequential(
            nn.BatchNorm1d(size),
            nn.Linear(size, spec.width),
            nn.ReLU(),
            nn.Dropout(0.1),
            nn.Linear(spec.width, spec.width),
            nn.ReLU(),
            nn.Dropout(0.1),
            nn.Linear(spec.width, CLASSES),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


def _fit(model: LocalClassifier, sentences: list[Sentence], spec: HybridSpec, rate: float) -> float:
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate)
    padded = [np.pad(s.mel, ((spec.reach, spec.reach), (0, 0)), mode="edge") for s in sentences]
    offsets = np.cumsum([0] + [len(p) for p in padded])
    everything = torch.from_numpy(np.concatenate(padded))
    centres = torch.from_numpy(
        np.concatenate([o + spec.reach + np.arange(len(s.labels)) for o, s in zip(offsets, sentences, strict=False)])
    )
    labels = torch.from_numpy(np.concatenate([s.labels for s in sentences]))
    around = torch.arange(-spec.reach, spec.reach + 1)
    model.train()
    losses: list[float] = []
    total = spec.passes * (len(labels) // spec.batch)
    for _ in range(spec.passes):
        for chosen in torch.randperm(len(labels))[: len(labels) // spec.batch * spec.batch].view(-1, spec.batch):
            for group in optimiser.param_groups:
                group["lr"] = rate * (1.0 - len(losses) / total)
            x = everything[centres[chosen][:, None] + around].flatten(1)
            loss = F.cross_entropy(model(x), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(float(loss.detach()))
    return float(np.mean(losses[len(losses) // 2 :]))


@torch.no_grad()
def likelihoods(model: LocalClassifier, mel: np.ndarray, reach: int, log_prior: np.ndarray) -> np.ndarray:
    """[frames, 40] scaled log likelihoods."""
    model.eval()
    return model(torch.from_numpy(with_context(mel, reach))).log_softmax(-1).numpy() - log_prior


def log_prior_of(sentences: list[Sentence]) -> np.ndarray:
    counts = np.bincount(np.concatenate([s.labels for s in sentences]), minlength=CLASSES) + 100.0
    return np.log(counts / counts.sum())


def realign(words: list[list[int]], scores: np.ndarray) -> np.ndarray | None:
    """Label of every frame along the best path, or None when the clip is too short for its phones."""
    graph = speech_graph(words)
    found = best_path(graph, scores)
    return None if found is None else graph.label[found[0]]


def train_local(sentences: list[Sentence], spec: HybridSpec) -> tuple[LocalClassifier, np.ndarray]:
    """Alternates fitting and re-aligning; `sentences` end with their final labels. Returns model and log priors."""
    torch.manual_seed(spec.seed)
    model = LocalClassifier(spec)
    for turn in range(spec.rounds):
        began = time.time()
        loss = _fit(model, sentences, spec, spec.rate if turn == 0 else spec.rate * 0.6)
        prior = log_prior_of(sentences)
        moved = 0
        for sentence in sentences:
            labels = realign(sentence.words, likelihoods(model, sentence.mel, spec.reach, prior))
            if labels is not None:
                moved += int((labels != sentence.labels).sum())
                sentence.labels = labels
        share = moved / sum(len(s.labels) for s in sentences)
        print(
            f"round {turn}: cross entropy {loss:.3f}, {share:.1%} of frames moved, {time.time() - began:.0f} s",
            flush=True,
        )
    return model, prior
