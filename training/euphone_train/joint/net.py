"""Acoustic model and scorers as one network, from samples to scores; what lies between is models/scorer.py's description, in batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from euphone_train.joint.material import Rated
from euphone_train.models.acoustic import AcousticModel, frame_count
from euphone_train.models.encoder import WIDTH
from euphone_train.models.scorer import EDGE_FRAMES, FLOOR, FRAME_SECONDS, WORD_SCALE, Scorer, own_and_margin, word_positions
from euphone_train.score.segments import spans_of

_LONGEST_GAP = 200


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """A padded batch; `mask` and `word_mask` tell what is none."""

    spans: Tensor  # [batch, phones, 2] frames
    evidence: Tensor  # [batch, phones, columns]
    phones: Tensor
    positions: tuple[Tensor, Tensor]
    members: Tensor  # [batch, words, phones]
    mask: Tensor
    word_mask: Tensor
    phone_labels: Tensor  # The labels are 0–2.
    word_labels: Tensor
    labels: Tensor


def collate(rated: list[Rated], samples: list[int], speeds: list[float], device: torch.device) -> Sentences:
    """Of sentences in recordings of so many samples that play so fast."""
    count, phones, words = len(rated), max(len(r.phones) for r in rated), max(len(r.word_labels) for r in rated)
    spans = np.zeros((count, phones, 2), np.int64)
    evidence = np.zeros((count, phones, rated[0].evidence.shape[1]), np.float32)
    ids, front, back = (np.zeros((count, phones), np.int64) for _ in range(3))
    members, mask, word_mask = np.zeros((count, words, phones), np.float32), np.zeros((count, phones), bool), np.zeros((count, words), bool)
    phone_labels, word_labels = np.zeros((count, phones), np.float32), np.zeros((count, words, 3), np.float32)
    for i, (r, length, speed) in enumerate(zip(rated, samples, speeds, strict=True)):
        n, w = len(r.phones), len(r.word_labels)
        spans[i, :n] = spans_of(r.seconds / speed, frame_count(length))
        evidence[i, :n], ids[i, :n], phone_labels[i, :n] = r.evidence, r.phones, r.phone_labels
        front[i, :n], back[i, :n] = (p.numpy() for p in word_positions(torch.from_numpy(r.words)))
        members[i, r.words, np.arange(n)] = 1.0
        mask[i, :n], word_mask[i, :w] = True, True
        word_labels[i, :w] = r.word_labels / WORD_SCALE
    labels = np.stack([r.labels for r in rated]).astype(np.float32) / WORD_SCALE
    spans, evidence, ids, front, back, members, mask, word_mask, phone_labels, word_labels, labels = (
        torch.from_numpy(a).to(device)
        for a in (spans, evidence, ids, front, back, members, mask, word_mask, phone_labels, word_labels, labels)
    )
    return Sentences(
        spans=spans,
        evidence=evidence,
        phones=ids,
        positions=(front, back),
        members=members,
        mask=mask,
        word_mask=word_mask,
        phone_labels=phone_labels,
        word_labels=word_labels,
        labels=labels,
    )


def describe_batch(features: Tensor, ctc: Tensor, frames: Tensor, lengths: Tensor, s: Sentences) -> Tensor:
    """[batch, phones, descriptor_width]: for each sentence what `describe` says of it, cut to EDGE_FRAMES around it, zeros on padding.

    `features` [batch, T, width]; `ctc` and `frames` [batch, T, classes], natural logs; `lengths` [batch] valid frames.
    """
    counts = s.mask.sum(1)
    begin, end = s.spans[..., 0], s.spans[..., 1]
    first = begin[:, :1]
    last = end.gather(1, counts[:, None] - 1)
    from_frame = (first - EDGE_FRAMES).clamp(min=0)
    to_frame = torch.minimum(last + EDGE_FRAMES, lengths[:, None])
    time = torch.arange(ctc.shape[1], device=ctc.device)
    inside = ((time >= begin[..., None]) & (time < end[..., None])).to(ctc.dtype)
    length = inside.sum(2, keepdim=True).clamp(min=1.0)
    average = inside / length
    centre = torch.div(begin + end, 2, rounding_mode="floor")
    expected = (s.phones + 1).flatten()
    peak = torch.log(inside @ ctc.exp() + 6e-6)
    ctc_mean, frame_mean = average @ ctc.clamp(min=FLOOR), average @ frames.clamp(min=FLOOR)
    share = (average @ frames.exp()).gather(2, (s.phones + 1)[..., None])[..., 0]
    seconds = torch.log(length[..., 0] * FRAME_SECONDS)
    valid = s.mask.to(ctc.dtype)
    mean_seconds = (seconds * valid).sum(1, keepdim=True) / counts[:, None]
    before = begin - torch.cat((from_frame, end[:, :-1]), 1)
    is_last = torch.arange(begin.shape[1], device=ctc.device)[None] == counts[:, None] - 1
    following = torch.where(is_last, to_frame, torch.cat((begin[:, 1:], begin[:, :1]), 1))
    gaps = [torch.log1p(gap.clamp(0, _LONGEST_GAP).to(ctc.dtype)) for gap in (before, following - end)]
    flat = [t.view(begin.shape) for table in (peak, frame_mean) for t in own_and_margin(table.flatten(0, 1), expected)]
    terms = [
        *flat,
        share,
        seconds,
        seconds - mean_seconds,
        *gaps,
        (s.positions[0] == 0).to(ctc.dtype),
        (s.positions[1] == 0).to(ctc.dtype),
        torch.log(counts.to(ctc.dtype))[:, None].expand_as(seconds),
        torch.log((last - first).to(ctc.dtype) * FRAME_SECONDS).expand_as(seconds),
    ]
    at_centre = features.gather(1, centre[..., None].expand(-1, -1, features.shape[2]))
    rows = torch.cat((average @ features, at_centre, peak, ctc_mean, frame_mean, torch.stack(terms, 2)), 2)
    return rows * valid[..., None]


class JointModel(nn.Module):
    """An acoustic model and the scorers that read it."""

    def __init__(self, acoustic: AcousticModel, scorers: list[Scorer]) -> None:
        super().__init__()
        self.acoustic = acoustic
        self.scorers = nn.ModuleList(scorers)

    def describe(self, pcm: Tensor, samples: Tensor, s: Sentences, autocast: bool = True) -> tuple[Tensor, Tensor]:
        """[batch, phones, input_width] of the scorers, and CTC log probabilities [batch, T, classes]."""
        a = self.acoustic
        with torch.autocast(pcm.device.type, torch.bfloat16, enabled=autocast):
            with torch.no_grad():
                fine, x = a.encoder.front(pcm, samples)
            mixed = a.mixed(a.encoder.transform(x.float(), samples))
            trunk = a.trunk_of(mixed, samples)
            ctc, frames = a.ctc_head(trunk), a.frame_head(trunk, fine, samples)
        with torch.autocast(pcm.device.type, enabled=False):
            features = torch.cat((mixed, mixed), -1).reshape(len(pcm), -1, WIDTH).float()
            described = describe_batch(features, ctc.float(), frames.float(), frame_count(samples), s)
        if self.scorers[0].spec.ear:
            described = torch.cat((described, s.evidence), -1)
        return described, ctc.float()

    def scores(self, described: Tensor, s: Sentences, noise: float = 0.0) -> list[tuple[Tensor, Tensor, Tensor]]:
        """What each scorer says, see Scorer.forward. `noise` as in score.fit."""
        answers = []
        for scorer in self.scorers:
            read = described + torch.randn_like(described) * scorer.scale * noise if noise else described
            answers.append(scorer(read, s.phones, s.positions, s.members, s.mask))
        return answers
