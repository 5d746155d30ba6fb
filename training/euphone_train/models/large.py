"""Several encoders that listen to the same speech, and scorers for each: what the large bundle carries.

The first is the standard bundle's model as it is: its phones align, plain scoring reads them, and the ear listens to it. The others add
columns to the features, and each has scorers that were tuned together with it (joint). They share the convolutions, which no run trains.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from euphone_train.models.acoustic import AcousticModel, HeadSpec, on_fine_grid
from euphone_train.models.ear import Ear
from euphone_train.models.encoder import WIDTH
from euphone_train.models.ensemble import ScorerEnsemble
from euphone_train.models.scorer import Scorer, ScorerSpec, describe

_CLASSES = HeadSpec().classes
_TOLD = WIDTH + 2 * _CLASSES  # Columns that an additional encoder adds: its mixed layers, CTC and frame log-probabilities.


class FurtherModels(nn.Module):
    """pcm [1, n] to the columns [1, frames, 368 · models] that these encoders add to the standard model's features."""

    def __init__(self, models: list[AcousticModel]) -> None:
        super().__init__()
        front = models[0].encoder.state_dict()
        for model in models[1:]:
            own = model.encoder.state_dict()
            if any(not torch.equal(own[k], v) for k, v in front.items() if k.startswith(("conv", "group_norm"))):
                raise ValueError("the encoders do not share their convolutions")
            for name in ("conv1", "group_norm", "conv2", "conv3"):  # So that what they share is written once.
                setattr(model.encoder, name, getattr(models[0].encoder, name))
        self.models = nn.ModuleList(models)

    def forward(self, pcm: Tensor) -> Tensor:
        fine, x = self.models[0].encoder.front(pcm, None)
        columns = []
        for model in self.models:
            mixed = model.mixed(model.encoder.transform(x.float(), None))
            trunk = model.trunk_of(mixed)
            columns += [on_fine_grid(mixed), model.ctc_head(trunk), model.frame_head(trunk, fine)]
        return torch.cat(columns, -1)


class LargeScorer(nn.Module):
    """As ScorerEnsemble, for the features of all encoders: the standard scorer and ear, and the scorers of every further encoder, which
    read what the same ear heard. The members of all stand side by side."""

    def __init__(self, standard: ScorerEnsemble, further: list[list[Scorer]]) -> None:
        super().__init__()
        self.spec = ScorerSpec(feature_width=WIDTH + _TOLD * len(further))
        self.standard = standard
        self.further = nn.ModuleList(ScorerEnsemble(members) for members in further)

    @property
    def ear(self) -> Ear:
        return self.standard.ear

    def forward(self, features: Tensor, ctc: Tensor, frames: Tensor, spans: Tensor, phones: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        described = describe(features[:, :WIDTH], ctc, frames, spans, phones, words)[None]
        said, _ = self.ear(described, phones[None])
        evidence = self.ear.evidence(described, phones[None])
        members = [self.standard.judged(described, evidence, phones, words)]
        for i, group in enumerate(self.further):
            start = WIDTH + i * _TOLD
            columns = features[:, start : start + _TOLD].split((WIDTH, _CLASSES, _CLASSES), 1)
            members.append(group.judged(describe(*columns, spans, phones, words)[None], evidence, phones, words))
        return *(torch.cat(level) for level in zip(*members, strict=True)), self.ear.settled(said, phones[None])[0]
