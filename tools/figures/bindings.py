"""edge.python_overhead: what `euphone.analyze()` in Python costs beside the same analysis through the C API, in percent.

Both in turn, in one process; time of the processor, which what else the machine does changes little.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import FIVE_SECONDS_TEXT, PROGRAM, ROOT, report, skip

WORK = ROOT / "build/release/tests/bindings/python"
INSIDE = """
import ctypes, json, os, sys, time
import euphone, numpy as np

samples, text, rounds = np.load(sys.argv[1]), sys.argv[2], int(sys.argv[3])
library = ctypes.CDLL(sys.argv[4])
engine, analysis = ctypes.c_void_p(), ctypes.c_void_p()
assert library.euphone_engine_open(None, ctypes.byref(engine), None) == 0
floats = samples.ctypes.data_as(ctypes.c_void_p)
library.euphone_analyze.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_size_t, ctypes.c_int32, ctypes.c_char_p] + [ctypes.c_void_p] * 3

def by_c():
    assert library.euphone_analyze(engine, floats, len(samples), 16000, text.encode(), None, ctypes.byref(analysis), None) == 0
    library.euphone_analysis_free(analysis)

def by_python():  # With all that a caller reads of it: scores and words, with their sounds.
    done = euphone.analyze(samples, 16000, text)
    assert done.scores.total is not None and done.words[0].phones

by_c(), by_python()
times = {"c": [], "python": []}
for _ in range(rounds):
    for name, call in (("c", by_c), ("python", by_python)):
        started = time.process_time()
        call()
        times[name].append(time.process_time() - started)
print(json.dumps(times))
"""


def main() -> None:
    import numpy as np
    import soundfile

    python = WORK / "venv/bin/python"
    if not python.exists():
        build = [ROOT / "tests/bindings/build_wheel.sh", ROOT / "build/release", ROOT / "build/deps", WORK, "/usr/bin/python3"]
        if subprocess.run(["sh", *build], check=False).returncode != 0:
            skip("the Python package could not be built; see tests/bindings/build_wheel.sh")
    names = ("librispeech-118-47824-0022", "librispeech-3242-8112-0024")
    samples = np.concatenate([soundfile.read(ROOT / f"samples/{name}.opus", dtype="float32")[0] for name in names])
    with tempfile.TemporaryDirectory() as folder:
        take = Path(folder) / "take.npy"
        np.save(take, samples[: 5 * 16000])
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= {"EUPHONE_DATA": str(PROGRAM.parent / "share/euphone"), "EUPHONE_UPDATES": ""}
        command = [
            python,
            "-c",
            INSIDE,
            take,
            FIVE_SECONDS_TEXT,
            sys.argv[1] if len(sys.argv) > 1 else "60",
            PROGRAM.parent / "lib/libeuphone.so",
        ]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder)
    times = json.loads(done.stdout.splitlines()[-1])
    # Each pair was timed in the same moment, so what else the machine did falls on both.
    ratios = [b / a for a, b in zip(times["c"], times["python"], strict=True)]
    print(
        f"medians: C {statistics.median(times['c']) * 1000:.1f} ms, Python {statistics.median(times['python']) * 1000:.1f} ms",
        file=sys.stderr,
    )
    report({"edge.python_overhead": round(100 * (statistics.median(ratios) - 1), 2)})


if __name__ == "__main__":
    main()
