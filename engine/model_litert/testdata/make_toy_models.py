#!/usr/bin/env python3
"""Writes the toy models that the tests run; needs the packages numpy, flatbuffers and ai-edge-litert.

toy_acoustic.tflite  pcm [1, samples] -> ctc, frames [1, samples // 160, 3], features [1, samples // 160, 2]
toy_stream.tflite    pcm [1, n * 160 + 40], seen [1] -> ctc, frames [1, n, 3], features [1, n, 2], seen_out [1]

They compute what toy_acoustic.onnx and toy_stream.onnx do (engine/model_ort/testdata/make_toy_models.py).
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "training"))
from euphone_train.export.flat_model import Writer  # noqa: E402

FRAME = 160
BIAS = np.array([0.0, 0.0, 0.5], np.float32)


def logs(write: Writer, logits: int) -> int:
    return write.each("LOG_SOFTMAX", logits, "LogSoftmaxOptions")


def acoustic() -> bytes:
    write = Writer()
    pcm = write.input("pcm", [1, 10 * FRAME], [1])
    kernel = np.zeros((3, 1, FRAME, 1), np.float32)
    kernel[0] = 4.0 / FRAME
    kernel[1, 0, :, 0] = np.where(np.arange(FRAME) % 2 == 0, 4.0, -4.0) / FRAME
    logits = write.convolved(write.shaped(pcm, 1, -1, 1), write.constant(kernel), FRAME, BIAS)
    write.output("ctc", logs(write, logits))
    write.output("frames", logs(write, write.both("MUL", logits, write.number(2))))
    write.output("features", write.part(logits, 2, 0, 3, 2))
    return write.model("a toy")


def streaming() -> bytes:
    write = Writer()
    pcm, seen = write.input("pcm", [1, 4 * FRAME + 40], [1]), write.input("seen", [1])
    kernel = np.zeros((3, 1, FRAME + 40, 1), np.float32)
    kernel[0] = 1.0 / (FRAME + 40)
    logits = write.convolved(write.shaped(pcm, 1, -1, 1), write.constant(kernel), FRAME, BIAS)
    write.output("ctc", logs(write, logits))
    write.output("frames", logs(write, write.both("ADD", logits, write.number(0))))
    means = write.part(logits, 2, 0, 1)
    ones = write.both("ADD", write.both("MUL", means, write.number(0)), write.number(1))
    counted = write.shaped(write.cumulated(write.shaped(ones, -1, 1)), 1, -1, 1)
    write.output("features", write.joined(2, write.both("ADD", counted, seen), means))
    write.output("seen_out", write.both("ADD", seen, write.shaped(write.reduced("SUM", ones, 1), 1)))
    return write.model("a toy")


if __name__ == "__main__":
    (HERE / "toy_acoustic.tflite").write_bytes(acoustic())
    (HERE / "toy_stream.tflite").write_bytes(streaming())
