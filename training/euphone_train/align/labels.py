"""Makes the framewise labels of a corpus and keeps them in one file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from euphone_train.align.hybrid import HybridSpec, Sentence, first_labels, likelihoods, realign, train_local
from euphone_train.align.mel import log_mel
from euphone_train.data.phones import phone_classes
from euphone_train.train.checkpoint import averaged_model
from euphone_train.train.relabel import readings, split_words
from euphone_train.train.run import decode
from euphone_train.train.setup import Material


def _native_sentences(material: Material, run: Path) -> list[Sentence]:
    """The run's training sentences with their words, as yet without labels."""
    targets = json.loads((run / "targets.json").read_text())["targets"]
    sentences = []
    for u in material.native_train():
        if u.name not in targets:
            continue
        words = split_words(tuple(targets[u.name]), readings(material.lexicon, u.text))
        if words is not None:
            mel = log_mel(material.caches["native"].pcm(u.name))
            sentences.append(Sentence(name=u.name, words=[list(w) for w in words], mel=mel, labels=np.empty(0)))
    return sentences


def _learner_sentences(material: Material) -> list[Sentence]:
    sentences = []
    for u in material.clean_learners(frozenset()):
        words = [list(phone_classes(w.phones)) for w in u.words]
        mel = log_mel(material.caches["learners"].pcm(u.name))
        sentences.append(Sentence(name=u.name, words=words, mel=mel, labels=np.empty(0)))
    return sentences


def make_labels(material: Material, run: Path, spec: HybridSpec, target: Path) -> None:
    """Trains the local classifier on some native sentences, then labels all of them and the clean learners."""
    native = _native_sentences(material, run)
    model, chosen = averaged_model(run / "state.pt"), []
    for i in np.random.default_rng(spec.seed).permutation(len(native))[: spec.sentences]:
        ctc = decode(model, material.caches["native"].pcm(native[i].name)).numpy()
        labels = first_labels(native[i].words, ctc, native[i].mel)
        if labels is not None:
            native[i].labels = labels
            chosen.append(native[i])
    print(f"{len(chosen)} of {len(native)} native sentences teach the local classifier", flush=True)
    local, prior = train_local(chosen, spec)
    torch.save({"model": local.state_dict(), "prior": torch.from_numpy(prior)}, target.with_suffix(".local.pt"))
    labels = {}
    for corpus, sentences in (("native", native), ("learners", _learner_sentences(material))):
        for s in sentences:
            aligned = realign(s.words, likelihoods(local, s.mel, spec.reach, prior))
            if aligned is not None:
                labels[f"{corpus}/{s.name}"] = aligned.astype(np.int8)
    np.savez(target, **labels)
    print(f"{len(labels)} sentences labelled in {target}", flush=True)
