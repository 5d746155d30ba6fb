#!/usr/bin/env python3
"""Writes 200 damaged inputs, always the same, for a program that must survive them.

    make_damaged.py FOLDER [CLIP ...]

CLIPs are sound recordings (FLAC, Ogg, MP3, …) whose bytes are cut and flipped; without any, only
WAV and AIFF are damaged. FOLDER/list.tsv names audio, text and what must happen:
error = refused, ok = analysed, any = either, but never a crash.
"""

from __future__ import annotations

import argparse
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from encoders import FLOAT, WavSpec, aiff, floats, pcm16, voice, wav

COUNT = 200
GOOD_TEXT = b"The cat sat on the mat."


@dataclass(frozen=True, kw_only=True)
class Damaged:
    """One pair of files and what the program must do with it: error, ok or any."""

    name: str
    audio: bytes
    expectation: str
    text: bytes = field(default=GOOD_TEXT)


def headers() -> Iterator[Damaged]:
    """Headers that are cut, lie or ask for too much."""
    samples = pcm16(voice(1.0))
    whole = wav(samples)
    for length in (0, 1, 3, 4, 8, 11, 12, 15, 16, 20, 24, 32, 36, 40, 43, 44, 45):
        yield Damaged(name=f"cut-at-{length}.wav", audio=whole[:length], expectation="error")
    for length in (46, 47, 1000, len(whole) - 1):
        yield Damaged(name=f"cut-at-{length}.wav", audio=whole[:length], expectation="any")
    for size in (0, 1, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF):
        audio = wav(samples, WavSpec(data_size=size, riff_size=size))
        yield Damaged(name=f"data-size-{size}.wav", audio=audio, expectation="any")
    for rate in (0, 1, 10, 3_999, 768_001, 10_000_000, 0xFFFFFFFF):
        audio = wav(samples, WavSpec(rate=rate))
        yield Damaged(name=f"rate-{rate}.wav", audio=audio, expectation="error")
    for channels in (0, 65, 1_000, 65_535):
        audio = wav(samples, WavSpec(channels=channels))
        yield Damaged(name=f"channels-{channels}.wav", audio=audio, expectation="error")
    for bits in (0, 33, 64, 65_535):
        audio = wav(samples, WavSpec(bits=bits))
        yield Damaged(name=f"bits-{bits}.wav", audio=audio, expectation="error")
    for coding in (0, 2, 0x11, 0x31, 0x55, 0x161, 0xFFFE, 0xFFFF):
        audio = wav(samples, WavSpec(coding=coding))
        yield Damaged(name=f"coding-{coding}.wav", audio=audio, expectation="any")
    no_format = b"RIFF\0\0\0\0WAVEdata" + struct.pack("<I", len(samples)) + samples
    yield Damaged(name="no-format.wav", audio=no_format, expectation="error")
    chunks = b"RIFF\0\0\0\0WAVE" + b"JUNK\0\0\0\0" * 20_000
    yield Damaged(name="only-chunks.wav", audio=chunks, expectation="error")
    endless = b"RIFF\0\0\0\0WAVE" + b"JUNK" + struct.pack("<I", 0xFFFFFFFF) + samples
    yield Damaged(name="endless-chunk.wav", audio=endless, expectation="error")
    id3 = b"ID3\4\0\0" + b"\x7f\x7f\x7f\x7f"
    yield Damaged(name="id3-beyond-the-end.mp3", audio=id3 + samples, expectation="error")


def contents() -> Iterator[Damaged]:
    """Whole files with samples that nobody can score, or in unusual shapes."""
    values = voice(1.0)
    nan, infinity = float("nan"), float("inf")
    for name, bad in (("nan", nan), ("inf", infinity), ("minus-inf", -infinity), ("huge", 1e30)):
        spoiled = [*values[:5_000], bad, *values[5_000:]]
        audio = wav(floats(spoiled), WavSpec(coding=FLOAT, bits=32))
        yield Damaged(name=f"{name}.wav", audio=audio, expectation="error")
    yield Damaged(name="one-sample.wav", audio=wav(pcm16([0.5])), expectation="any")
    yield Damaged(name="silence.wav", audio=wav(bytes(64_000)), expectation="any")
    yield Damaged(name="short.wav", audio=wav(pcm16(values[:1_600])), expectation="any")
    yield Damaged(name="square.wav", audio=wav(pcm16([1.0, -1.0] * 16_000)), expectation="any")
    eight_bit = bytes(round(127.5 + 127 * value) for value in values)
    yield Damaged(name="8-bit.wav", audio=wav(eight_bit, WavSpec(bits=8)), expectation="any")
    for channels in (2, 3, 64):
        frames = b"".join(pcm16([value]) * channels for value in values)
        audio = wav(frames, WavSpec(channels=channels))
        yield Damaged(name=f"{channels}-channels.wav", audio=audio, expectation="any")
    for rate in (4_000, 8_000, 44_100, 768_000):
        audio = wav(pcm16(voice(0.5, rate)), WavSpec(rate=rate))
        yield Damaged(name=f"{rate}-hz.wav", audio=audio, expectation="any")
    longer = wav(bytes(2 * 4_000 * 601), WavSpec(rate=4_000))
    yield Damaged(name="ten-minutes.wav", audio=longer, expectation="error")


def pretenders() -> Iterator[Damaged]:
    """Text and noise under the name of a recording."""
    text = b"Dear diary, today I spoke English for an hour.\n"
    yield Damaged(name="empty.wav", audio=b"", expectation="error")
    yield Damaged(name="text.wav", audio=text, expectation="error")
    yield Damaged(name="long-text.wav", audio=text * 2_200, expectation="error")
    yield Damaged(name="text-in-wav.wav", audio=b"RIFF1234WAVE" + text * 50, expectation="error")
    for magic in (b"fLaC", b"OggS", b"FORM\0\0\0\0AIFF", b"FORM\0\0\0\0AIFC", b"\xff\xfb\x90\x00"):
        name = f"only-{magic[:4].hex()}-{magic[-1]}.bin"
        yield Damaged(name=name, audio=magic + text * 50, expectation="error")
    for magic in (b"caff\0\1\0\0", b".snd\0\0\0\x18", b"riff.\x91\xcf\x11", b"NIST_1A\n", b"Creative"):
        name = f"other-{magic[:4].hex()}.bin"
        yield Damaged(name=name, audio=magic + bytes(4_000), expectation="error")
    dice = random.Random(11)
    for index in range(4):
        audio = b"\0" + dice.randbytes(20_000)
        yield Damaged(name=f"noise-{index}.wav", audio=audio, expectation="error")


def texts() -> Iterator[Damaged]:
    """A fair recording with a text that is not."""
    audio = wav(pcm16(voice(2.0)))
    bad = {
        "empty": b"",
        "spaces": b" \n\t " * 100,
        "invalid-utf8": b"The \xff\xfe cat \xc3\x28 sat.",
        "cut-utf8": "café".encode()[:-1],
        "surrogate": b"The cat \xed\xa0\x80 sat.",
        "nul": b"The cat\0sat on\0the mat.",
        "100-kb": b"The cat sat on the mat. " * 4_300,
        "one-long-word": b"a" * 100_000,
        "binary": bytes(range(256)) * 20,
    }
    for name, text in bad.items():
        yield Damaged(name=f"text-{name}.wav", audio=audio, text=text, expectation="error")
    odd = {
        "punctuation": b"?!... --- ,,, ''' \"\"",
        "emoji": "The 🐈 sat on the 🟫.".encode(),
        "chinese": "猫坐在垫子上。".encode(),
        "arabic": "جلست القطة".encode(),
        "digits": b"1234567890 " * 20,
        "one-letter": b"a",
        "byte-order-mark": b"\xef\xbb\xbfThe cat sat.",
        "combining": ("e" + "\u0301" * 200).encode(),
        "controls": b"The\x07 cat\x1b[31m sat.\r\n",
    }
    for name, text in odd.items():
        yield Damaged(name=f"text-{name}.wav", audio=audio, text=text, expectation="any")


def whole_files(clips: list[Path]) -> dict[str, bytes]:
    """The undamaged recordings whose bytes are to be flipped, by name."""
    values = voice(1.0)
    files = {
        "voice.wav": wav(pcm16(values)),
        "voice.aiff": aiff(pcm16(values, ">")),
        "float.wav": wav(floats(values), WavSpec(coding=FLOAT, bits=32)),
    }
    return files | {clip.name: clip.read_bytes() for clip in sorted(clips)}


def broken(files: dict[str, bytes]) -> Iterator[Damaged]:
    """For ever: the files in turn, cut, with flipped bits, or with a part missing."""
    dice = random.Random(20)
    for index in range(10**9):
        for name, whole in files.items():
            audio = bytearray(whole)
            kind = ("head", "bits", "cut", "gap")[index % 4]
            if kind == "cut":
                del audio[dice.randrange(len(audio)) :]
            elif kind == "gap":
                begin = dice.randrange(len(audio))
                del audio[begin : begin + dice.randrange(1, 2_000)]
            else:
                reach = min(len(audio), 200) if kind == "head" else len(audio)
                for _ in range(3 if kind == "head" else 50):
                    audio[dice.randrange(reach)] ^= 1 << dice.randrange(8)
            yield Damaged(name=f"{kind}-{index}-{name}", audio=bytes(audio), expectation="any")


def all_damaged(clips: list[Path]) -> list[Damaged]:
    """COUNT of them: every hand-made one, then flipped and cut files."""
    made = [*headers(), *contents(), *pretenders(), *texts()]
    for damaged in broken(whole_files(clips)):
        if len(made) >= COUNT:
            break
        made.append(damaged)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("clips", type=Path, nargs="*", help="recordings to damage")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for index, damaged in enumerate(all_damaged(arguments.clips)):
        audio = f"{index:03}-{damaged.name}"
        text = f"{index:03}.txt"
        (arguments.folder / audio).write_bytes(damaged.audio)
        (arguments.folder / text).write_bytes(damaged.text)
        rows.append(f"{audio}\t{text}\t{damaged.expectation}\n")
    (arguments.folder / "list.tsv").write_text("".join(rows), encoding="utf-8")
    print(f"{len(rows)} damaged inputs in {arguments.folder}")


if __name__ == "__main__":
    main()
