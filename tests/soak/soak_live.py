#!/usr/bin/env python3
"""Minutes of `euphone live` with everything that happens to it in a day: a reader through a microphone, keys at random, stops, retries,
signals, and a sound server that dies in the middle.

    soak_live.py PROGRAM [--minutes 15] [--seed 1]

Works without hardware (PulseAudio with a null sink). Meant for a program built with a sanitizer; a finding is a sanitizer's report, an
exit code that nothing explains, or a program that does not end within a minute of being asked to.
"""

import argparse
import fcntl
import os
import pty
import random
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path

import soundfile

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "integration"))
from sound_server import SoundServer  # noqa: E402

READINGS = [
    ("so762-014070336.opus", "Next year will be different, she thought."),
    ("librispeech-118-47824-0022.opus", "You see, I spent a good deal in Smithtown yesterday."),
    ("librispeech-3242-8112-0024.opus", "Mantelish brought it back to Maccadon."),
]
KEYS = [b" ", b"r", b"r", b"n", b"p", b"o", b"m", b"s", b"v", b"?", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x7f", b"x"]
ENDS = ["key", "key", "interrupt", "terminate", "device"]
TO_END = 60.0  # Seconds.
# 130: ended by a signal. 1: the microphone went away. 3: nothing could be scored.
FINE = {"key": {0, 3}, "interrupt": {0, 3, 130}, "terminate": {0, 3, 130}, "device": {0, 1, 3, 130}}


class Live:
    """The program on a terminal of 80×24, or writing events; everything that it writes is read and forgotten."""

    def __init__(self, program: Path, server: SoundServer, reports: Path, screen: bool):
        texts = [part for _, text in READINGS for part in ("--text", text)]
        reporting = f"log_path={reports / 'report'}"
        environment = server.environment | {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "ASAN_OPTIONS": f"exitcode=99:detect_leaks=1:{reporting}",
            "UBSAN_OPTIONS": f"halt_on_error=1:exitcode=99:print_stacktrace=1:{reporting}",
            "TSAN_OPTIONS": f"exitcode=66:suppressions={ROOT / 'tests/tsan.supp'}:{reporting}",
        }
        command = [program, "live", *texts, "--device", "lesson microphone", "--loudspeaker", "lesson loudspeaker"]
        self.terminal = None
        if screen:
            self.terminal, inner = pty.openpty()
            fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            self.process = subprocess.Popen(command, env=environment, stdin=inner, stdout=inner, stderr=inner, start_new_session=True)
            os.close(inner)
            source = self.terminal
        else:
            self.process = subprocess.Popen(
                [*command, "--events"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            source = self.process.stdout.fileno()
        self.last = b""
        self.reader = threading.Thread(target=self.read, args=(source,), daemon=True)
        self.reader.start()

    def read(self, source: int) -> None:
        try:
            while piece := os.read(source, 65536):
                self.last = (self.last + piece)[-2000:]
        except OSError:  # The other end of a terminal is closed.
            pass

    def press(self, key: bytes) -> None:
        if self.terminal is not None and self.process.poll() is None:
            os.write(self.terminal, key)

    def end(self, how: str) -> str | None:
        """What went wrong, if anything."""
        if how == "key":
            self.press(b"q")
        if how == "terminate":
            self.process.terminate()
        elif how != "key" or self.terminal is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return f"did not end within {TO_END:.0f} s ({how})"
        finally:
            self.reader.join(5)
            if self.terminal is not None:
                os.close(self.terminal)
        return None if code in FINE[how] else f"exit code {code} ({how}): {self.last.decode(errors='replace')[-500:]}"


def read_aloud(server: SoundServer, folder: Path, rng: random.Random, over: threading.Event) -> None:
    while not over.is_set():
        wav = folder / f"{rng.randrange(len(READINGS))}.wav"
        subprocess.run(["paplay", "--device=lesson", wav], env=server.environment, capture_output=True, check=False)
        over.wait(rng.uniform(0, 2))


def one_lesson(program: Path, reports: Path, readings: Path, rng: random.Random, longest: float) -> tuple[str, str | None]:
    with SoundServer() as server:
        screen, how = rng.random() < 0.7, rng.choice(ENDS)
        over = threading.Event()
        reader = threading.Thread(target=read_aloud, args=(server, readings, rng, over), daemon=True)
        reader.start()
        live = Live(program, server, reports, screen)
        until = time.monotonic() + rng.uniform(min(2.0, longest), longest)
        while time.monotonic() < until:
            time.sleep(rng.uniform(0.05, 1.5))
            if screen and rng.random() < 0.7:
                live.press(rng.choice(KEYS))
        if how == "device":
            server.kill()
            time.sleep(rng.uniform(0, 3))
        problem = live.end(how)
        over.set()
        reader.join(30)
    return f"{'screen' if screen else 'events'}, {how}", problem


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    findings, lessons, end = [], 0, time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory(prefix="euphone_soak_") as base:
        reports, readings = Path(base) / "reports", Path(base) / "readings"
        reports.mkdir()
        readings.mkdir()
        for number, (clip, _) in enumerate(READINGS):
            soundfile.write(readings / f"{number}.wav", *soundfile.read(ROOT / "samples" / clip))
        while time.monotonic() < end:
            left = end - time.monotonic()
            what, problem = one_lesson(options.program.resolve(), reports, readings, rng, max(2.0, min(45.0, left)))
            lessons += 1
            findings += [problem] if problem else []
            for report in sorted(reports.iterdir()):
                findings.append(report.read_text(errors="replace"))
                report.unlink()
            if sys.stderr.isatty():
                print(f"\r{lessons} lessons, {len(findings)} findings ({what})\033[K", end="", file=sys.stderr, flush=True)
    print(f"{lessons} lessons in {options.minutes:g} minutes, {len(findings)} findings (seed {options.seed})")
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
