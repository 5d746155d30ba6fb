"""Acoustic model and scorers as one network, from samples to scores; what lies between is models/scorer.py's description, in batches."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from euphone_train.joint.material import Rated
from euphone_train.models.acoustic import AcousticModel, frame_count
from euphone_train.models.scorer import EDGE_FRAMES, FLOOR, FRAME_SECONDS, Scorer, own_and_margin
from euphone_train.models.streaming import StreamingModel
from euphone_train.score.batches import Batch
from euphone_train.score.segments import spans_of

_LONGEST_GAP = 200


def padded_spans(rated: list[Rated], samples: list[int], speeds: list[float]) -> Tensor:
    """[batch, phones, 2] frames, in recordings of so many samples that play so fast."""
    spans = torch.zeros(len(rated), max(len(r.phones) for r in rated), 2, dtype=torch.int64)
    for row, r, length, speed in zip(spans, rated, samples, speeds, strict=True):
        row[: len(r.phones)] = torch.from_numpy(spans_of(r.seconds / speed, frame_count(length)))
    return spans


def describe_batch(features: Tensor, ctc: Tensor, frames: Tensor, lengths: Tensor, spans: Tensor, b: Batch) -> Tensor:
    """[batch, phones, descriptor_width]: for each sentence what `describe` says of it, cut to EDGE_FRAMES around it, zeros on padding.

    `features` [batch, T, width]; `ctc` and `frames` [batch, T, classes], natural logs; `lengths` [batch] valid frames;
    `spans` as padded_spans gives them.
    """
    counts = b.phone_mask.sum(1)
    begin, end = spans[..., 0], spans[..., 1]
    first = begin[:, :1]
    last = end.gather(1, counts[:, None] - 1)
    from_frame = (first - EDGE_FRAMES).clamp(min=0)
    to_frame = torch.minimum(last + EDGE_FRAMES, lengths[:, None])
    time = torch.arange(ctc.shape[1], device=ctc.device)
    inside = ((time >= begin[..., None]) & (time < end[..., None])).to(ctc.dtype)
    length = inside.sum(2, keepdim=True).clamp(min=1.0)
    average = inside / length
    centre = torch.div(begin + end, 2, rounding_mode="floor")
    expected = (b.phones + 1).flatten()
    peak = torch.log(inside @ ctc.exp() + 6e-6)
    ctc_mean, frame_mean = average @ ctc.clamp(min=FLOOR), average @ frames.clamp(min=FLOOR)
    share = (average @ frames.exp()).gather(2, (b.phones + 1)[..., None])[..., 0]
    seconds = torch.log(length[..., 0] * FRAME_SECONDS)
    valid = b.phone_mask.to(ctc.dtype)
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
        (b.positions[0] == 0).to(ctc.dtype),
        (b.positions[1] == 0).to(ctc.dtype),
        torch.log(counts.to(ctc.dtype))[:, None].expand_as(seconds),
        torch.log((last - first).to(ctc.dtype) * FRAME_SECONDS).expand_as(seconds),
    ]
    at_centre = features.gather(1, centre[..., None].expand(-1, -1, features.shape[2]))
    rows = torch.cat((average @ features, at_centre, peak, ctc_mean, frame_mean, torch.stack(terms, 2)), 2)
    return rows * valid[..., None]


class JointModel(nn.Module):
    """An acoustic model and the scorers that read it."""

    def __init__(self, acoustic: AcousticModel | StreamingModel, scorers: list[Scorer]) -> None:
        super().__init__()
        self.acoustic = acoustic
        self.scorers = nn.ModuleList(scorers)

    def describe(self, pcm: Tensor, samples: Tensor, spans: Tensor, b: Batch, *chunk: int) -> tuple[Batch, Tensor]:
        """The batch, whose `described` is what the ear heard, with all that the scorers read; and the CTC log probabilities
        [batch, T, classes]. A streaming model hears it in chunks of so many frames, or whole."""
        with torch.autocast(pcm.device.type, torch.bfloat16):
            ctc, frames, features = self.acoustic.tables(pcm, samples, *chunk)
        described = describe_batch(features.float(), ctc.float(), frames.float(), frame_count(samples), spans, b)
        if self.scorers[0].spec.ear:
            described = torch.cat((described, b.described), -1)
        return replace(b, described=described), ctc.float()
