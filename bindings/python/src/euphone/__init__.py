"""How well each word and sound of a reading was made, on this device alone.

    import euphone
    analysis = euphone.analyze_file("take.wav", "What was read.")
    print(analysis.scores.accuracy, [word.text for word in analysis.words])

Samples are a NumPy array, mono: floats in [-1, 1] or integers of 16 bits, at any rate from 4 to 768 kHz. Every call lets go of the
interpreter while it works, and Ctrl-C ends it at the next window of audio (16 s). `Error` says in one line what is wrong and what to do.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ._core import Engine as _Engine
from ._core import Error, Session
from .analysis import Analysis, Phone, Scores, Word

__all__ = ["Analysis", "Engine", "Error", "Live", "Phone", "Scores", "Word", "analyze", "analyze_file"]
__version__ = "0.1.0"


def _mono(samples: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """As the engine wants them; what is that already is not copied."""
    array = np.asarray(samples)
    if array.ndim == 2 and 1 in array.shape:
        array = array.reshape(-1)
    if array.ndim != 1:
        raise ValueError(f"samples of one channel are wanted, not an array of shape {array.shape}; take one channel, or the mean of them")
    if array.dtype == np.int16:
        return array.astype(np.float32) / 32768
    if array.dtype.kind != "f":
        raise TypeError(f"samples are floats in [-1, 1] or integers of 16 bits, not {array.dtype}; scale them first")
    return np.ascontiguousarray(array, dtype=np.float32)


class Engine:
    """Models, dictionary and coach, opened once (about 0.1 s, 100 MB). Threads may share it.

    data: folder with packs/ and models/, else $EUPHONE_DATA, else what came with the package. model: a bundle's name in it or path.
    scorer: "auto", "learned" or "gop". lexicon: a file with pronunciations of your own. runtime: what runs the models, as
    `euphone --runtime`. threads: of one analysis, 1 to 64.
    """

    def __init__(
        self,
        *,
        data: str | os.PathLike[str] | None = None,
        language: str = "en-us",
        model: str | os.PathLike[str] | None = None,
        scorer: str = "auto",
        lexicon: str | os.PathLike[str] | None = None,
        runtime: str = "auto",
        threads: int = 1,
    ) -> None:
        if not 1 <= threads <= 64:
            raise ValueError(f"an engine takes 1 to 64 threads, not {threads}")
        folder = os.fspath(data) if data is not None else os.environ.get("EUPHONE_DATA", "")
        self._core = _Engine(folder, language, os.fspath(model or ""), scorer, os.fspath(lexicon or ""), runtime, threads)

    @property
    def model(self) -> str:
        """ "name version" of the bundle that judges."""
        return self._core.model

    def analyze(self, samples: npt.ArrayLike, rate: int, text: str, *, id: str = "recording") -> Analysis:
        """Judges a reading of `text`: `samples`, mono, at `rate` Hz. `id` names it in documents."""
        return Analysis(self._core.analyze(_mono(samples), rate, text, id))

    def analyze_file(self, path: str | os.PathLike[str], text: str, *, id: str | None = None) -> Analysis:
        """The same of a file: WAV, AIFF, FLAC, Ogg (Vorbis, Opus), MP3."""
        return Analysis(self._core.analyze_file(os.fspath(path), text, id))


class Live:
    """Follows a reader while he speaks: samples in, events out, each a dict as contract/live_event.schema.json says.

        with euphone.Live(engine, "What is read.", rate=16000) as live:
            for piece in microphone:
                live.push(piece)
                for event in live.events():
                    print(event["event"])

    At the end of `with`, what is left is heard and judged; `events()` gives the rest, "stopped" as the last. reproducible: the same audio
    gives the same events, byte by byte.
    """

    def __init__(self, engine: Engine, text: str, *, rate: int = 16000, reproducible: bool = False) -> None:
        self._session: Session = engine._core.listen(text, rate, reproducible)

    def push(self, samples: npt.ArrayLike) -> None:
        """The next samples, as in `analyze`. Never waits."""
        self._session.push(_mono(samples))

    def events(self, wait: float = 0.0) -> Iterator[dict[str, Any]]:
        """Those that have come, each waited for up to `wait` seconds."""
        while (line := self._session.next(wait)) is not None:
            yield json.loads(line)

    def finish(self) -> None:
        """No more samples will come: returns when all were heard and judged."""
        self._session.finish()

    def __enter__(self) -> Live:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()


_default: Engine | None = None
_opening = threading.Lock()


def _engine() -> Engine:
    global _default
    with _opening:
        if _default is None:
            _default = Engine()
        return _default


def analyze(samples: npt.ArrayLike, rate: int, text: str, *, id: str = "recording") -> Analysis:
    """`Engine.analyze` by an engine with the usual model, which is opened once."""
    return _engine().analyze(samples, rate, text, id=id)


def analyze_file(path: str | os.PathLike[str], text: str, *, id: str | None = None) -> Analysis:
    """`Engine.analyze_file`, likewise."""
    return _engine().analyze_file(path, text, id=id)
