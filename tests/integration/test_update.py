"""`euphone bundle` and `euphone update`: releases are signed, fetched, tried and taken into use, and bad ones refused. EUPHONE_PROGRAM."""

import json
import os
import shutil
import subprocess
import threading
import time
import unittest
import urllib.parse
from unittest import mock

from releasing import CLIP, PROGRAM, TEXT, DeviceTest, spoil
from serving import Server


class UpdateTest(DeviceTest):
    def install(self, *arguments, code=0):
        return self.run_it("update", "install", "--from", "repo", *arguments, code=code)

    def test_a_new_model_is_tried_beside_the_old_one_and_then_taken_into_use(self):
        before = self.analyze()
        self.release(self.tiny("9.0.0"))
        self.assertIn("arrives whole", self.run_it("bundle", "verify", "repo").stdout)
        self.trust()
        fetched = self.install("--utterances", 2).stdout
        self.assertIn("fetched 0.0", fetched, "nothing but the manifest has changed")
        self.assertEqual(self.bundle()["phase"], "tested")
        for _ in range(2):
            self.assertEqual(self.analyze()["model"], before["model"], "the learner sees the old one")
        self.assertIn("in use, on probation", self.run_it("update", "run", "--utterances", 2).stdout)
        after = self.analyze()
        self.assertEqual(after["model"], "en-us-tiny 9.0.0")
        self.assertEqual(after["scores"], before["scores"])
        self.assertEqual([event["what"] for event in self.status()["events"]], "staged verified tested shadowed in_use".split())
        self.run_it("update", "rollback", "en-us-tiny")
        self.assertEqual(self.analyze()["model"], before["model"])
        self.assertIn("failed here: rolled back by hand", self.install(code=1).stderr)

    def test_a_server_takes_the_new_model_at_the_next_request_and_counts_its_uses(self):
        self.trust()
        with mock.patch.dict(os.environ, self.env), Server("--model", "en-us-tiny") as server:

            def judged_by():
                status, _, content = server.ask("/api/v1/analyses?" + urllib.parse.urlencode({"text": TEXT}), CLIP.read_bytes())
                self.assertEqual(status, 200, content)
                return json.loads(content)["model"]

            self.assertNotIn("9.0.0", judged_by())
            self.release(self.tiny("9.0.0"))
            self.install("--utterances", 0, "--probation", 2)
            for _ in range(2):
                self.assertEqual(judged_by(), "en-us-tiny 9.0.0")
            self.assertIn("in use, and good", self.run_it("update", "run").stdout)
            models = server.json("GET", "/api/v1/models")["models"]
            self.assertIn("en-us-tiny 9.0.0", [one["label"] for one in models])

    def test_nothing_changes_while_somebody_reads(self):
        self.release(self.tiny("9.0.0"))
        self.trust()
        self.install("--utterances", 1)
        command = [PROGRAM, "--model", "en-us-tiny", "live", "--from", "-", "--text", TEXT, "--plain"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=self.env, cwd=self.path) as reader:
            lock = self.path / "updates/lesson.lock"
            for _ in range(200):
                if lock.exists():
                    break
                time.sleep(0.05)
            said = self.run_it("update", "run", "--utterances", 0).stdout
            self.assertIn("waits: for the end of a lesson", said)
            reader.kill()
        self.assertIn("in use, on probation", self.run_it("update", "run", "--utterances", 0).stdout)

    def test_a_model_that_scores_worse_is_found_by_its_shadow(self):
        before = self.analyze()
        self.release(self.tiny("9.0.0", spoil))
        self.trust()
        self.install("--utterances", 1)
        self.analyze()
        self.assertIn("failed", self.run_it("update", "run", "--utterances", 1, code=1).stdout)
        self.assertIn("points lower on the mean", self.bundle()["bad"][-1]["reason"])
        self.assertEqual(self.analyze()["model"], before["model"])

    def test_models_that_hang_or_eat_memory_or_crash_do_not_pass_their_self_test(self):
        self.trust()
        self.release(self.bad("bad_greedy.onnx", "7.0.0"))
        self.install("en-us-g2p", code=1)
        self.assertIn("of memory", self.bundle("en-us-g2p")["bad"][-1]["reason"])
        self.release(self.bad("bad_endless.onnx", "8.0.0"))
        killer = threading.Thread(target=self.crash_self_test)
        killer.start()
        self.install("en-us-g2p", code=1)
        killer.join()
        self.assertIn("crashed (signal 11)", self.bundle("en-us-g2p")["bad"][-1]["reason"])
        shutil.rmtree(self.path / "bad-bad_endless.onnx")
        self.release(self.bad("bad_endless.onnx", "9.0.0"))
        self.install("en-us-g2p", "--self-test-seconds", 2, code=1)
        self.assertIn("did not end in 2 s", self.bundle("en-us-g2p")["bad"][-1]["reason"])
        self.assertEqual(self.bundle("en-us-g2p")["slot"], None)

    def test_what_is_not_for_this_device_or_not_newer_is_refused_with_the_reason(self):
        self.trust()
        for version, terms, reason in (
            ("9.0.0", ("--hardware", "riscv64"), "is not for this hardware"),
            ("9.1.0", ("--minimum-runtime", "99.0.0"), "needs Euphone 99.0.0"),
            ("9.2.0", ("--compatible", "kiosk"), "is for 'kiosk'"),
            ("9.3.0", ("--memory", "999999"), "needs 999999 MB"),
        ):
            self.release(self.tiny(version), *terms)
            self.assertIn(reason, self.install("en-us-tiny", code=1).stderr)
        self.assertEqual({event["what"] for event in self.status()["events"]}, {"refused"})

    def test_an_older_version_is_refused(self):
        self.release(self.tiny("0.0.1"))
        self.trust()
        self.assertIn("is not newer than", self.install("en-us-tiny", code=1).stderr)

    def test_what_was_forged_or_damaged_on_its_way_is_refused(self):
        self.release(self.tiny("9.0.0"))
        self.trust()
        self.run_it("bundle", "keygen", "thief", "--no-passphrase")
        good = self.path / "repo/metadata/1.targets.json"
        kept = good.read_text()
        good.write_text(kept.replace("9.0.0", "9.0.1"))
        self.assertIn("is not the file that was signed for", self.install(code=1).stderr)
        good.write_text(kept)
        for piece in (self.path / "repo/chunks").glob("*/*.zst"):
            content = bytearray(piece.read_bytes())
            content[len(content) // 2] ^= 1
            piece.write_bytes(content)
        self.assertIn("is not what was signed for", self.install(code=1).stderr)
        self.assertIn("is not what was signed for", self.run_it("bundle", "verify", "repo", code=1).stderr)
        self.assertEqual(self.analyze()["verdict"], "scored")

    def test_a_device_that_trusts_nobody_says_how_to_begin(self):
        self.release(self.tiny("9.0.0"))
        self.assertIn("euphone update trust", self.install(code=1).stderr)
        self.assertIn("nothing was updated here yet", self.run_it("update", "status").stdout)

    def test_a_repository_is_shown_and_keys_change(self):
        self.release(self.tiny("9.0.0"))
        shown = json.loads(self.run_it("bundle", "inspect", "repo", "--json").stdout)
        self.assertEqual([one["version"] for one in shown["releases"]], ["9.0.0"])
        self.assertEqual(shown["roles"]["root"]["threshold"], 2)
        self.trust()
        self.run_it("bundle", "keygen", "later", "--no-passphrase")
        self.run_it(*"bundle keys repo --release later.pub --revoke releases.pub".split())
        self.run_it(*"bundle sign repo --key one two".split())
        self.assertIn("not signed by enough keys", self.install(code=1).stderr)
        self.run_it(*"bundle sign repo --renew --key later".split())
        self.run_it(*"bundle announce repo --key hub".split())
        self.install()
        self.assertIn("nothing waits for a signature", self.run_it("bundle", "sign", "repo", "--key", "releases", code=1).stderr)


if __name__ == "__main__":
    unittest.main()
