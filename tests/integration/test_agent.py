"""`euphone agent`: a device joins a fleet, takes what its hub offers, refuses what is bad, survives kills. EUPHONE_PROGRAM."""

import json
import os
import random
import shutil
import subprocess
import threading
import time
import unittest

from fleet_servers import until
from releasing import PROGRAM, ReleaseTest, spoil
from scripted_hub import ScriptedHub

KILLS = int(os.environ.get("EUPHONE_KILLS", "8"))


class AgentTest(ReleaseTest):
    def setUp(self):
        super().setUp()
        self.env |= {"EUPHONE_AGENT": str(self.path / "agent")}
        self.hub = ScriptedHub()
        self.addCleanup(self.hub.close)
        self.runs = None
        self.addCleanup(self.end_agent)

    def join(self):
        return self.run_it("agent", "join", self.hub.url, "--root", "repo/metadata/1.root.json", "--site", "school-7").stdout

    def start_agent(self, *options):
        log = open(self.path / "agent.log", "ab")  # noqa: SIM115 (the agent's, as long as it runs)
        command = [PROGRAM, "agent", "run", "--heartbeat", "5", *map(str, options)]
        self.runs = subprocess.Popen(command, stdout=log, stderr=log, env=self.env, cwd=self.path)
        log.close()

    def end_agent(self, kill=False):
        if self.runs:
            self.runs.kill() if kill else self.runs.terminate()
            self.runs.wait(timeout=60)
            self.runs = None

    def offer(self, version, attempt, bundle="en-us-tiny"):
        self.hub.put_repository(self.path / "repo")
        self.hub.order(("r-1", attempt, bundle, version))

    def until(self, true_now, what):
        """Self-tests have the lowest priority: on a busy machine they take their time."""
        try:
            return until(true_now, what, 240)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{(self.path / 'agent.log').read_text()}") from None

    def end(self, attempt):
        return self.until(lambda: self.hub.end(attempt), f"an end of offer {attempt}")

    def status(self):
        return json.loads(self.run_it("agent", "status", "--json").stdout)

    def test_a_device_joins_takes_an_offer_after_real_use_and_leaves(self):
        self.assertIn("belongs to no fleet", self.run_it("agent", "run", code=1).stderr)
        self.assertIn("pi-7 belongs to the fleet at nats://127.0.0.1", self.join())
        self.assertEqual((self.path / "agent/agent.json").stat().st_mode & 0o777, 0o600)
        self.release(self.tiny("9.0.0"))
        self.offer("9.0.0", 1)
        self.start_agent("--utterances", 1, "--probation", 1)
        self.until(
            lambda: [one["stage"] for one in self.hub.all("report")] == ["downloading", "staged", "shadowing"], "a candidate in the shadow"
        )
        self.assertTrue(self.status()["connected"])
        self.assertEqual(self.status()["offers"][0]["stage"], "shadowing")
        self.assertNotIn("secret", json.dumps(self.status()) + self.run_it("agent", "status").stdout)
        self.assertIn("an agent runs", self.run_it("agent", "leave", code=1).stderr)
        self.assertNotEqual(self.analyze()["model"], "en-us-tiny 9.0.0")
        self.until(lambda: any(one["what"] == "in_use" for one in self.hub.all("event")), "the new model in use")
        self.assertEqual(self.analyze()["model"], "en-us-tiny 9.0.0")
        self.assertEqual(self.end(1)["stage"], "succeeded")
        self.until(lambda: self.hub.all("event")[-1]["what"] == "good", "all events")
        self.assertEqual([one["number"] for one in self.hub.all("event")], [1, 2, 3, 4, 5, 6])
        record = self.hub.all("heartbeat")[-1]["record"]
        self.assertEqual((record["id"], record["site"]), ("pi-7", "school-7"))
        self.end_agent()
        self.assertFalse(self.status()["runs"])
        self.run_it("agent", "leave")
        self.assertIn("belongs to no fleet", self.run_it("agent", "status", code=1).stderr)

    def test_bad_models_are_refused_or_taken_back_and_the_reason_is_reported(self):
        self.join()
        self.start_agent("--utterances", 1, "--self-test-seconds", 60)
        attempt = 0

        def refused(reason, folder, *terms, bundle="en-us-tiny", damage=None):
            nonlocal attempt
            attempt += 1
            self.release(folder, *terms)
            version = json.loads((folder / "manifest.json").read_text())["version"]
            if damage:
                self.hub.put_repository(self.path / "repo")
                damage()
                self.hub.order(("r-1", attempt, bundle, version))
            else:
                self.offer(version, attempt, bundle)
            end = self.end(attempt)
            self.assertEqual(end["stage"], "failed")
            self.assertIn(reason, end["reason"])

        def forge(file, change):
            path = self.path / "repo" / file
            self.hub.put("euphone_repository", file, change(path.read_bytes()))

        def forge_pieces():
            for piece in (self.path / "repo/chunks").glob("*/*.zst"):
                forge(
                    piece.relative_to(self.path / "repo").as_posix(), lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
                )

        def forge_signature():
            forge("metadata/timestamp.json", lambda content: content.replace(b'"sig":"', b'"sig":"00', 1))

        refused("is not newer than", self.tiny("0.0.1"))
        refused("is not for this hardware", self.tiny("9.0.0"), "--hardware", "riscv64")
        refused("is not what was signed for", self.tiny("9.1.0"), damage=forge_pieces)
        refused("", self.tiny("9.2.0"), damage=forge_signature)
        refused("of memory", self.bad("bad_greedy.onnx", "7.0.0"), bundle="en-us-g2p")
        killer = threading.Thread(target=self.crash_self_test)
        killer.start()
        refused("crashed (signal 11)", self.bad("bad_endless.onnx", "8.0.0"), bundle="en-us-g2p")
        killer.join()
        shutil.rmtree(self.path / "bad-bad_endless.onnx")
        self.end_agent()
        self.start_agent("--utterances", 1, "--self-test-seconds", 1)
        refused("did not end in 1 s", self.bad("bad_endless.onnx", "9.0.0"), bundle="en-us-g2p")

        self.end_agent()
        self.start_agent("--utterances", 1)
        self.release(self.tiny("9.9.0", spoil))
        self.offer("9.9.0", 99)
        self.until(lambda: self.hub.all("report")[-1]["stage"] == "shadowing", "a candidate in the shadow")
        before = self.analyze()
        self.assertIn("points lower on the mean", self.end(99)["reason"])
        self.assertEqual(self.analyze()["model"], before["model"])
        self.assertNotIn("9.9.0", before["model"])

    def test_kills_at_any_moment_cost_nothing_but_time(self):
        self.join()
        chance = random.Random(7)
        for round_ in range(KILLS):
            version = f"9.{round_ // 2}.0"
            if round_ % 2 == 0:
                self.release(self.tiny(version))
                self.offer(version, round_ // 2 + 1)
            self.start_agent("--utterances", 0, "--probation", 0)
            time.sleep(chance.uniform(0.05, 2.0))
            if round_ % 4 == 3:
                self.hub.kill()
                self.hub.start()
            self.end_agent(kill=True)
            self.assertEqual(self.analyze()["verdict"], "scored")
        self.start_agent("--utterances", 0, "--probation", 0)
        self.assertEqual(self.end((KILLS + 1) // 2)["stage"], "succeeded")
        self.assertEqual(self.analyze()["model"], f"en-us-tiny 9.{(KILLS - 1) // 2}.0")
        self.until(lambda: self.hub.all("event")[-1]["what"] in ("in_use", "good"), "all events")
        numbers = [one["number"] for one in self.hub.all("event")]
        self.assertEqual(sorted(set(numbers)), list(range(1, max(numbers) + 1)), "none is missing")


if __name__ == "__main__":
    unittest.main()
