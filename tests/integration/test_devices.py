"""Microphones and loudspeakers as a user meets them, on a sound server without hardware. Arguments come by environment:
EUPHONE_PROGRAM (the built program) and EUPHONE_SAMPLES (the folder with sample recordings)."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import numpy
import soundfile
from sound_server import SoundServer

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
SPEECH = SAMPLES / "librispeech-118-47824-0022.opus"
MICROPHONE, LOUDSPEAKER = "lesson microphone", "lesson loudspeaker"


def agreement(heard, said):
    """The highest normalised cross-correlation of `said`, wherever it lies in `heard`, and where it begins."""
    size = 1 << (len(heard) + len(said)).bit_length()
    product = numpy.fft.irfft(numpy.fft.rfft(heard, size) * numpy.conj(numpy.fft.rfft(said, size)), size)[: len(heard) - len(said) + 1]
    energy = numpy.concatenate([[0.0], numpy.cumsum(heard**2)])
    windows = numpy.sqrt(numpy.maximum(energy[len(said) :] - energy[: -len(said)], 1e-9))
    scores = product / windows / numpy.linalg.norm(said)
    return float(scores.max()), int(scores.argmax())


class DevicesTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(SoundServer())
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))
        samples, rate = soundfile.read(SPEECH)
        self.speech = self.path / "speech.wav"  # A little later, so that its beginning is heard whole.
        soundfile.write(self.speech, numpy.concatenate([numpy.zeros(rate // 2), samples]), rate)

    def run_program(self, *arguments, **options):
        return subprocess.run(
            [PROGRAM, *map(str, arguments)], env=self.server.environment, capture_output=True, check=False, timeout=300, **options
        )

    def start(self, *arguments, **options):
        """Starts to record, and waits until it does."""
        process = subprocess.Popen(
            [PROGRAM, "record", *map(str, arguments), "--device", MICROPHONE],
            env=self.server.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )
        self.addCleanup(process.kill)
        self.server.wait_for(lambda: self.server.recording() or process.poll() is not None)
        self.assertIsNone(process.poll(), process.poll() is not None and process.stderr.read())
        return process

    def stop(self, process, code=0):
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, code, errors)
        return output, errors.decode()

    def play(self, file=None, *arguments):
        result = self.run_program("play", file or self.speech, "--device", LOUDSPEAKER, *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, b"")

    def test_what_is_played_is_what_is_recorded_and_no_sample_is_lost(self):
        file = self.path / "take.wav"
        recording = self.start(file)
        self.play()
        errors = self.stop(recording)[1]
        heard, rate = soundfile.read(file)
        said = soundfile.read(self.resampled(SPEECH, rate))[0]
        score, _ = agreement(heard, said)
        self.assertGreater(score, 0.9)
        # Beginning and end lie as far apart as they should: nothing is missing between them.
        part = len(said) // 4
        first, at = agreement(heard, said[:part])
        last, to = agreement(heard, said[-part:])
        self.assertGreater(min(first, last), 0.9)
        self.assertLess(abs(to - at - (len(said) - part)), 0.002 * rate)
        self.assertNotIn("missing", errors)
        self.assertIn("take.wav: ", errors)
        self.assertIn("hear you", errors)

    def resampled(self, file, rate):
        """A copy at the rate of a recording, by the program itself, which only changes rates where it must."""
        samples, own = soundfile.read(file)
        if own == rate:
            return file
        time_of = numpy.arange(int(len(samples) * rate / own)) * own / rate
        copy = self.path / "said.wav"
        soundfile.write(copy, numpy.interp(time_of, numpy.arange(len(samples)), samples), rate)
        return copy

    def test_devices_are_listed(self):
        result = self.run_program("devices", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, b"")
        devices = {device["name"]: device for device in json.loads(result.stdout)}
        self.assertGreater(devices[MICROPHONE]["input_channels"], 0)
        self.assertTrue(devices["default"]["default_input"])
        table = self.run_program("devices").stdout.decode()
        self.assertIn(LOUDSPEAKER, table)
        found = json.loads(self.run_program("doctor", "--json").stdout)
        self.assertIn("default", next(check["found"] for check in found if check["what"] == "microphone"))

    def test_a_microphone_that_goes_away_leaves_what_was_recorded(self):
        file = self.path / "take.flac"
        recording = self.start(file)
        self.play()
        self.server.kill()
        _, errors = recording.communicate(timeout=120)
        self.assertEqual(recording.returncode, 1)
        lines = errors.decode().splitlines()
        self.assertTrue(lines[0].startswith("euphone: the microphone went away; "), lines)
        self.assertNotIn("Expression", errors.decode())
        heard, rate = soundfile.read(file)
        self.assertGreater(agreement(heard, soundfile.read(self.resampled(SPEECH, rate))[0])[0], 0.9)
        self.assertEqual([entry.name for entry in self.path.iterdir() if entry.name.startswith("take")], ["take.flac"])

    def test_recording_ends_by_itself_after_speech(self):
        recording = self.start(self.path / "take.opus", "--until-silence")
        self.play()
        _, errors = recording.communicate(timeout=120)
        self.assertEqual(recording.returncode, 0, errors)
        self.assertGreater(soundfile.info(self.path / "take.opus").duration, soundfile.info(SPEECH).duration)

    def test_a_number_of_seconds_is_kept_to_the_sample(self):
        file = self.path / "take.ogg"
        result = self.run_program("record", file, "--seconds", 1.5, "--device", MICROPHONE, "--rate", 16000)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(soundfile.info(file).frames, 24000)
        self.assertIn("Nothing can be heard in the recording.", result.stderr.decode())
        again = self.run_program("record", file, "--seconds", 1, "--device", MICROPHONE)
        self.assertEqual(again.returncode, 1)
        self.assertIn("it is there already", again.stderr.decode())
        forced = self.run_program("record", file, "--seconds", 1, "--device", MICROPHONE, "--force")
        self.assertEqual(forced.returncode, 0, forced.stderr)

    def test_a_pipe_gets_wav_or_plain_samples(self):
        result = self.run_program("record", "-", "--seconds", 1, "--raw", "--device", MICROPHONE)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(result.stdout), 32000)
        recording = self.start("-")
        self.play()
        wav, _ = self.stop(recording)
        scored = self.run_program(
            "analyze", "-", "--text", "You see, I spent a good deal in Smithtown yesterday.", "--format", "json", input=wav
        )
        self.assertEqual(scored.returncode, 0, scored.stderr)
        self.assertGreater(json.loads(scored.stdout)["scores"]["accuracy"], 70)

    def test_a_part_is_played_slowly_at_the_same_pitch(self):
        tone = self.path / "tone.wav"
        soundfile.write(tone, 0.5 * numpy.sin(2 * numpy.pi * 440 * numpy.arange(4 * 22050) / 22050), 22050)
        recording = self.start(self.path / "slow.wav")
        self.play(tone, "--from", 1, "--to", 2, "--speed", 0.5)
        self.stop(recording)
        heard, rate = soundfile.read(self.path / "slow.wav")
        loud = numpy.flatnonzero(numpy.abs(heard) > 0.25)
        self.assertAlmostEqual((loud[-1] - loud[0]) / rate, 2.0, delta=0.1)
        tone_part = heard[loud[0] : loud[-1]]
        crossings = numpy.count_nonzero((tone_part[:-1] < 0) & (tone_part[1:] >= 0))
        self.assertAlmostEqual(crossings * rate / len(tone_part), 440, delta=5)

    def test_playing_stops_on_an_interrupt(self):
        long = self.path / "long.wav"
        soundfile.write(long, numpy.zeros(600 * 16000), 16000)
        process = subprocess.Popen([PROGRAM, "play", long, "--device", LOUDSPEAKER], env=self.server.environment)
        self.addCleanup(process.kill)
        self.server.wait_for(lambda: self.server.control("list", "short", "sink-inputs").stdout.strip())
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        self.assertEqual(process.wait(timeout=120), 130)
        self.assertLess(time.monotonic() - begin, 60)

    def test_mistakes_get_one_line_that_says_what_to_do(self):
        for arguments, code, part in (
            (("record", self.path / "a.wav", "--device", "cellar"), 1, "`euphone devices` lists"),
            (("record", self.path / "a.mp4"), 2, "must end in .wav"),
            (("record", self.path / "a.wav", "--raw"), 2, "--raw is for standard output"),
            (("record", self.path / "no" / "a.wav", "--device", MICROPHONE), 1, "No such file"),
            (("play", SPEECH, "--device", "lesson"), 1, "2 devices have 'lesson' in their names"),
            (("play", SPEECH, "--from", 2, "--to", 1), 2, "--to 1 must come after --from 2"),
            (("play", SPEECH, "--from", 900), 1, "there is nothing to play"),
        ):
            with self.subTest(arguments=arguments):
                result = self.run_program(*arguments)
                self.assertEqual(result.returncode, code, result.stderr)
                lines = result.stderr.decode().splitlines()
                self.assertEqual(len(lines), 1, lines)
                self.assertIn(part, lines[0])
        self.assertEqual(list(self.path.iterdir()), [self.speech])


if __name__ == "__main__":
    unittest.main()
