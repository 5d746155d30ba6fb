"""`euphone chat --voice`: a talk without a keyboard, on a sound server without hardware. The recogniser that writes down what is said is
installed by `./dev recogniser`; without it what needs it is skipped, and says so. EUPHONE_PROGRAM, EUPHONE_SAMPLES."""

import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

import numpy
import soundfile
from fake_llm import FakeLlm
from sound_server import SoundServer

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SPEECH = Path(os.environ["EUPHONE_SAMPLES"]) / "so762-040050015.opus"  # "I thought he was a brilliant man."
INSTALLED = Path(PROGRAM).parent / "share/euphone/models/en-us-recogniser"
MICROPHONE, LOUDSPEAKER = "lesson microphone", "lesson loudspeaker"


class VoiceTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(SoundServer())
        self.llm = self.enterContext(FakeLlm())
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def chat(self, model, *options):
        command = [PROGRAM, "chat", "--voice", "--device", MICROPHONE, "--llm", self.llm.url, "--llm-model", model, *options]
        return subprocess.Popen(command, env=self.server.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def say(self, samples, rate):
        file = self.path / "said.wav"
        soundfile.write(file, numpy.concatenate([numpy.zeros(rate // 2), samples, numpy.zeros(rate)]), rate)
        subprocess.run([PROGRAM, "play", file, "--device", LOUDSPEAKER], env=self.server.environment, check=True, timeout=120)

    @unittest.skipUnless(INSTALLED.exists(), "SKIPPED: no recogniser is installed (./dev recogniser)")
    def test_what_is_said_is_asked_and_the_answer_is_read_out(self):
        process = self.chat("good")
        self.addCleanup(process.kill)
        self.server.wait_for(self.server.recording)
        self.say(*soundfile.read(SPEECH))
        self.server.wait_for(lambda: bool(self.llm.requests) or process.poll() is not None)
        self.assertIn("brilliant man", self.llm.last["messages"][-1]["content"])
        self.server.wait_for(lambda: not self.server.recording())
        self.server.wait_for(self.server.recording)  # The answer was read out, and it listens again.
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, errors)
        self.assertRegex(output, r"You: .*brilliant man.*\nTutor: Put your tongue between your teeth")

    @unittest.skipUnless(INSTALLED.exists(), "SKIPPED: no recogniser is installed (./dev recogniser)")
    def test_a_server_that_fails_does_not_end_the_talk(self):
        process = self.chat("status:400")
        self.addCleanup(process.kill)
        for turn in (1, 2):
            self.server.wait_for(self.server.recording)
            self.say(*soundfile.read(SPEECH))
            self.server.wait_for(lambda: len(self.llm.requests) >= turn)  # noqa: B023
        self.server.wait_for(self.server.recording)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(errors.count("says nothing"), 2, errors)

    def test_without_a_recogniser_it_says_how_to_get_one(self):
        process = self.chat("good", "--recogniser", "no-such")
        _, errors = process.communicate(timeout=120)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn("no-such", errors)
        self.assertEqual(errors.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
