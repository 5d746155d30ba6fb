"""From CTC log-probabilities to phones, and the two error figures."""

from collections.abc import Iterable, Sequence

import numpy as np

from .symbols import BLANK


def _collapse(path: Sequence[int]) -> list[int]:
    """Returns the path with repeats merged, then blanks removed."""
    merged = [label for index, label in enumerate(path) if index == 0 or label != path[index - 1]]
    return [label for label in merged if label != BLANK]


def greedy(log_probs: np.ndarray, vowels: Iterable[int]) -> list[int]:
    """Returns class ids decoded from log_probs [T, C].

    Each frame takes its most probable class, the lowest index on a tie; repeats are merged, then blanks
    removed. If no vowel is left, the (frame, vowel) whose log-probability is the least below its frame's best
    replaces that frame's class (earliest frame, then lowest class on a tie), and the path is collapsed again.
    """
    vowel_ids = np.asarray(sorted(vowels))
    path = log_probs.argmax(axis=1)
    labels = _collapse(path.tolist())
    if np.isin(labels, vowel_ids).any():
        return labels
    loss = log_probs.max(axis=1, keepdims=True) - log_probs[:, vowel_ids]
    frame, vowel = np.unravel_index(loss.argmin(), loss.shape)
    path[frame] = vowel_ids[vowel]
    return _collapse(path.tolist())


def edit_distance(left: Sequence[str], right: Sequence[str]) -> int:
    """Returns the least number of insertions, deletions and substitutions that turn left into right."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]
