#!/usr/bin/env python3
"""Runs every fuzz target for a while; a finding is kept beside the corpus and ends the run with an error.

usage: run.py FOLDER [--seconds N] [--only NAME]
FOLDER holds the built targets; corpora grow in FOLDER/corpus/NAME.
"""

import argparse
import shutil
import struct
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
sys.path.insert(0, str(SOURCE.parent / "tests" / "integration" / "damaged"))
from encoders import WavSpec, aiff, pcm16, voice, wav  # noqa: E402

MAX_BYTES = {
    "align_graph_fuzz": 4096,
    "audio_reader_fuzz": 65536,
    "bundle_fuzz": 65536,
    "lesson_fuzz": 16384,
    "rollout_fuzz": 4096,
    "run_log_fuzz": 4096,
    "server_input_fuzz": 4096,
    "telemetry_fuzz": 8192,
    "text_normalizer_fuzz": 4096,
}


def seeds(name: str) -> list[Path]:
    """Small real inputs to start from."""
    root = SOURCE.parent
    if name == "audio_reader_fuzz":
        return sorted((root / "samples").glob("*.opus"))
    if name == "bundle_fuzz":
        return sorted((root / "models").glob("*/manifest.json"))
    if name == "run_log_fuzz":
        return sorted((root / "engine/curves/testdata").glob("events*"))
    if name == "lesson_fuzz":
        return sorted((root / "packs").glob("*/lessons/*.tsv"))
    return [root / "README.md"] if name == "text_normalizer_fuzz" else []


def crc(data: bytes, polynomial: int, bits: int) -> int:
    """The checksum of FLAC's headers (x^8 + x^2 + x + 1) and frames (x^16 + x^15 + x^2 + 1)."""
    value = 0
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ (polynomial if value >> (bits - 1) else 0)) & ((1 << bits) - 1)
    return value


def flac(samples: bytes) -> bytes:
    """Mono of 16 kHz, big-endian 16 bits, in at most 128 frames of 256 samples stored as they are (RFC 9639)."""
    count = min(128, len(samples) // 512)
    stream = struct.pack(">HH6xQ16x", 256, 256, 16_000 << 44 | 15 << 36 | count * 256)
    frames = b""
    for index in range(count):
        header = struct.pack(">HBBB", 0xFFF8, 0x85, 0x08, index)
        frame = header + bytes([crc(header, 0x07, 8), 0x02]) + samples[512 * index : 512 * (index + 1)]
        frames += frame + struct.pack(">H", crc(frame, 0x8005, 16))
    return b"fLaC" + struct.pack(">I", 0x80000000 | len(stream)) + stream + frames


def small_audio() -> dict[str, bytes]:
    """A fifth of a second in each container that has no sample in the repository."""
    sound = voice(0.2)
    return {
        "small.wav": wav(pcm16(sound)),
        "pipe.wav": wav(pcm16(sound), WavSpec(data_size=0xFFFFFFFF)),
        "small.flac": flac(pcm16(sound, ">")),
        "small.aiff": aiff(pcm16(sound, ">")),
        # Silent frames of MPEG 1 layer III, 32 kbit/s, 32 kHz, mono.
        "small.mp3": (b"\xff\xfb\x18\xc0" + bytes(140)) * 8,
    }


def fuzz(target: Path, seconds: int) -> bool:
    corpus = target.parent / "corpus" / target.name
    findings = target.parent / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    for seed in seeds(target.name):
        shutil.copy(seed, corpus / f"{seed.parent.name}-{seed.name}")
    for name, data in small_audio().items() if target.name == "audio_reader_fuzz" else ():
        (corpus / name).write_bytes(data)
    limit = MAX_BYTES[target.name]
    command = [
        target,
        f"-max_total_time={seconds}",
        f"-max_len={limit}",
        "-rss_limit_mb=2048",
        "-timeout=10",
        "-print_final_stats=1",
        f"-artifact_prefix={findings}/{target.name}-",
        corpus,
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    runs = next((line.split()[-1] for line in result.stderr.splitlines() if "number_of_executed_units" in line), "?")
    if result.returncode == 0:
        print(f"{target.name}: {runs} inputs in {seconds} s, no finding", flush=True)
        return True
    print(result.stderr[-4000:], file=sys.stderr)
    print(f"{target.name}: a finding; the input is in {findings}", file=sys.stderr)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", help="one target, e.g. bundle_fuzz")
    args = parser.parse_args()
    targets = [args.folder / name for name in MAX_BYTES if args.only in (None, name)]
    if not targets or not all(t.is_file() for t in targets):
        print("run.py: the targets are not built; use ./dev fuzz", file=sys.stderr)
        return 2
    return 0 if all([fuzz(target, args.seconds) for target in targets]) else 1


if __name__ == "__main__":
    sys.exit(main())
