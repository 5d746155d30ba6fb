#!/usr/bin/env python3
"""Writes events_1 and events_2 (a run that was taken up at step 6), and events.csv: the scalars that TensorBoard itself reads of both.

Made with the PyPI package tensorboard 2.21.0: `python engine/curves/testdata/make_events.py`. Times are fixed, so that the files are, too.
"""

import shutil
import tempfile
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

HERE = Path(__file__).parent


def scalar(tag, value):
    return summary_pb2.Summary.Value(tag=tag, simple_value=value)


def tensor(tag, value):
    """As TensorFlow 2 writes a scalar."""
    metadata = summary_pb2.SummaryMetadata(data_class=summary_pb2.DATA_CLASS_SCALAR)
    metadata.plugin_data.plugin_name = "scalars"
    number = tensor_pb2.TensorProto(dtype=types_pb2.DT_FLOAT, float_val=[value])
    return summary_pb2.Summary.Value(tag=tag, tensor=number, metadata=metadata)


def write(file, events):
    with file.open("wb") as out:
        writer = RecordWriter(out)
        for number, event in enumerate(events):
            event.wall_time = 1_700_000_000.0 + number
            writer.write(event.SerializeToString())


def step(number, *values):
    return event_pb2.Event(step=number, summary=summary_pb2.Summary(value=values))


def main():
    version = event_pb2.Event(file_version="brain.Event:2")
    first = [step(i, scalar("loss/train", 4.0 / (i + 1)), tensor("accuracy", 0.5 + i / 40)) for i in range(10)]
    picture = summary_pb2.Summary.Value(tag="picture", image=summary_pb2.Summary.Image(height=1, width=1, encoded_image_string=b"x" * 300))
    restart = event_pb2.Event(step=6, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START))
    second = [step(i, scalar("loss/train", 3.0 / (i + 1)), tensor("accuracy", 0.55 + i / 40)) for i in range(6, 12)]
    write(HERE / "events_1", [version, *first, step(9, picture)])
    write(HERE / "events_2", [version, restart, *second])
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, 2):
            shutil.copy(HERE / f"events_{number}", Path(folder) / f"events.out.tfevents.{1_700_000_000 + number}.here")
        read = EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
        read.Reload()
        rows = [("loss/train", e.step, e.value) for e in read.Scalars("loss/train")]
        rows += [("accuracy", e.step, e.tensor_proto.float_val[0]) for e in read.Tensors("accuracy")]
    # Of tensors TensorBoard keeps what was done again, after what was before: the later value is the one that holds.
    rows = [(tag, x, y) for (tag, x), y in {(tag, x): y for tag, x, y in rows}.items()]
    (HERE / "events.csv").write_text("metric,x,y\n" + "".join(f"{tag},{x},{y:.9g}\n" for tag, x, y in rows))


main()
