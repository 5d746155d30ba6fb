"""What the bundles of the folds say of the learners that they have not heard, through ONNX Runtime, as the program would."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from euphone_train.data import splits
from euphone_train.data.audio_cache import AudioCache
from euphone_train.export import onnx_model
from euphone_train.joint.material import Rated, read
from euphone_train.score import export
from euphone_train.score.judge import Prediction
from euphone_train.score.segments import cut_to_sentence, spans_of


def predicted(bundle: Path, rated: list[Rated], pcm: AudioCache) -> list[Prediction]:
    """Means over the scorer's members."""
    acoustic, scorer = (onnx_model.session(bundle / name) for name in ("model.onnx", export.FILE))
    predictions = []
    for r in rated:
        tables = onnx_model.run_all(acoustic, pcm.pcm(r.name))
        cut, spans = cut_to_sentence(tables, spans_of(r.seconds, len(tables[1])))
        phones, words, sentence, *_ = export.run(scorer, (*(t.numpy() for t in cut), spans, r.phones, r.words))
        predictions.append((phones.mean(0), words.mean(0), sentence.mean(0)))
    return predictions


def phones_and_words(folds: Path, work: Path, pcm: AudioCache) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """(score, mark) of all folds' phones and words, 0–100; `work` holds what was prepared for each fold."""
    tables: list[list[np.ndarray]] = [[], [], [], []]
    for fold in range(splits.FOLDS):
        _, rated = splits.parted(read(work / f"rated-{splits.fold_name(fold)}.pt"), fold)
        for (phones, words, _), r in zip(predicted(folds / splits.fold_name(fold), rated, pcm), rated, strict=True):
            for table, row in zip(tables, (50 * phones, 50 * r.phone_labels, 10 * words[:, 0], 10 * r.word_labels[:, 0]), strict=True):
                table.append(row)
        print(f"fold {fold}: {len(rated)} sentences", flush=True)
    phone, phone_mark, word, word_mark = (np.concatenate(t) for t in tables)
    return (phone, phone_mark), (word, word_mark)
