"""Best path through a left-to-right graph: pure functions on log probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_NEVER = -1e30
MIN_PHONE_FRAMES = 2
MIN_SILENCE_FRAMES = 3


@dataclass(frozen=True, kw_only=True)
class Graph:
    """States in order; each may be entered from itself (`stay`), the one before, or `jump` (−1: none).

    `label` is the class that a state emits, `owner` the phone (or −1 for silence and blank) that it belongs to.
    """

    label: np.ndarray
    owner: np.ndarray
    stay: np.ndarray
    jump: np.ndarray
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def best_path(graph: Graph, log_probs: np.ndarray) -> tuple[np.ndarray, float] | None:
    """State of every frame, and the path's log likelihood; None when no path fits the number of frames."""
    emission = log_probs[:, graph.label]
    frames, states = emission.shape
    delta = np.full(states, _NEVER)
    delta[list(graph.starts)] = emission[0, list(graph.starts)]
    step = np.zeros((frames, states), dtype=np.int8)
    options = np.empty((3, states))
    source = np.maximum(graph.jump, 0)
    for t in range(1, frames):
        options[0] = np.where(graph.stay, delta, _NEVER)
        options[1, 0] = _NEVER
        options[1, 1:] = delta[:-1]
        options[2] = np.where(graph.jump >= 0, delta[source], _NEVER)
        step[t] = options.argmax(0)
        delta = options.max(0) + emission[t]
    state = max(graph.ends, key=lambda s: delta[s])
    total = float(delta[state])
    if total < _NEVER / 2:
        return None
    path = np.empty(frames, dtype=np.int64)
    for t in range(frames - 1, -1, -1):
        path[t] = state
        move = step[t, state]
        state = state if move == 0 else state - 1 if move == 1 else int(graph.jump[state])
    return path, total


def ctc_graph(phones: list[int]) -> Graph:
    """Blank, phone, blank, phone, …, blank."""
    label = np.zeros(2 * len(phones) + 1, dtype=np.int64)
    label[1::2] = phones
    owner = np.full(len(label), -1)
    owner[1::2] = np.arange(len(phones))
    jump = np.full(len(label), -1)
    for i in range(1, len(phones)):
        if phones[i] != phones[i - 1]:
            jump[2 * i + 1] = 2 * i - 1
    last = len(label) - 1
    return Graph(
        label=label,
        owner=owner,
        stay=np.ones(len(label), bool),
        jump=jump,
        starts=(0, 1),
        ends=(last - 1, last),
    )


def speech_graph(words: list[list[int]]) -> Graph:
    """Phones of at least MIN_PHONE_FRAMES; silence of at least MIN_SILENCE_FRAMES may stand around every word."""
    label: list[int] = []
    owner: list[int] = []
    stay: list[bool] = []
    jump: list[int] = []

    def add(phone_class: int, who: int, count: int) -> None:
        for k in range(count):
            label.append(phone_class)
            owner.append(who)
            stay.append(k == count - 1)
            jump.append(-1)

    phone, starts = 0, [0]
    add(0, -1, MIN_SILENCE_FRAMES)
    for word in words:
        before = len(label) - 1 - MIN_SILENCE_FRAMES  # last state of the word before, −1 at the beginning
        if before < 0:
            starts.append(len(label))
        for i, phone_class in enumerate(word):
            add(phone_class, phone, MIN_PHONE_FRAMES)
            if i == 0:
                jump[-MIN_PHONE_FRAMES] = before
            phone += 1
        add(0, -1, MIN_SILENCE_FRAMES)
    last = len(label) - 1
    return Graph(
        label=np.array(label),
        owner=np.array(owner),
        stay=np.array(stay),
        jump=np.array(jump),
        starts=tuple(starts),
        ends=(last - MIN_SILENCE_FRAMES, last),
    )


def spans(path: np.ndarray, graph: Graph, count: int) -> np.ndarray:
    """[count, 2] first frame and frame after the last of every phone."""
    owner = graph.owner[path]
    result = np.zeros((count, 2), dtype=np.int64)
    for phone in range(count):
        frames = np.flatnonzero(owner == phone)
        result[phone] = frames[0], frames[-1] + 1
    return result


def midpoint_spans(spikes: np.ndarray, frames: int, edge: int = 5) -> np.ndarray:
    """Spans from CTC spikes (first frame of each phone): cut half way between neighbours; `edge` frames outside."""
    centres = spikes.mean(1) - 0.5 if spikes.ndim == 2 else spikes.astype(float)
    cuts = np.r_[max(0.0, centres[0] - edge), (centres[1:] + centres[:-1]) / 2, min(frames - 1.0, centres[-1] + edge)]
    cuts = np.round(cuts + 0.5).astype(np.int64)
    return np.stack((cuts[:-1], cuts[1:]), 1)
