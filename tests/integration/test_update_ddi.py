"""`euphone update follow`: a hawkBit server says what is installed when, and only what was signed for. EUPHONE_PROGRAM."""

import shutil
import signal
import subprocess
import time
import unittest

from hawkbit_stand_in import TOKEN, HawkBit
from releasing import PROGRAM, DeviceTest


class FollowTest(DeviceTest):
    def setUp(self):
        super().setUp()
        self.hub = HawkBit()
        self.addCleanup(self.hub.close)
        self.env |= {"EUPHONE_TARGET_TOKEN": TOKEN}
        self.release(self.tiny("9.0.0"))
        self.trust()

    def tearDown(self):
        self.assertEqual(self.hub.complaints, [], "hawkBit would not take this")
        super().tearDown()

    def artifacts(self, repository="repo"):
        folder = self.path / f"artifacts-{repository}"
        self.run_it("bundle", "artifacts", repository, "en-us-tiny", folder)
        return folder

    def bundle_file(self):
        return next(file.name for file in self.artifacts().iterdir() if file.name.endswith(".euphone"))

    def deploy(self, number=1, **how):
        self.hub.deploy(number, self.artifacts(), "en-us-tiny", "9.0.0", **how)

    def follow(self, *options, probation=0, code=0):
        return self.run_it("update", "follow", self.hub.url, "--once", "--probation", probation, *options, code=code)

    def executions(self):
        return [told["status"]["execution"] for told in self.hub.told]

    def reasons(self):
        return " ".join(self.hub.told[-1]["status"]["details"])

    def test_what_is_deployed_comes_into_use_and_the_server_hears_how(self):
        self.deploy()
        self.hub.wants_attributes = True
        said = self.follow().stdout
        self.assertIn("en-us-tiny 9.0.0: is in use", said)
        self.assertEqual(self.bundle()["in_use"], "9.0.0")
        self.assertEqual(self.executions()[-1], "closed")
        self.assertEqual(self.hub.said(), "success")
        self.assertNotEqual(self.hub.attributes["bundle.en-us-tiny"], "9.0.0", "it was told before")
        self.follow()
        self.assertEqual(self.hub.attributes["bundle.en-us-tiny"], "9.0.0")
        self.deploy(2)
        self.follow()
        self.assertEqual(self.hub.said(), "success", "nothing is to be done, and that is a success")

    def test_an_attempt_waits_for_real_recordings_and_for_the_probation(self):
        self.deploy(update="attempt")
        self.follow("--utterances", 1, probation=1)
        self.follow("--utterances", 1, probation=1)
        self.assertIn("judges the next recordings", self.reasons())
        told = len(self.hub.told)
        self.follow("--utterances", 1, probation=1)
        self.assertEqual(len(self.hub.told), told, "the same is told once")
        self.analyze()
        self.follow("--utterances", 1, probation=1)
        self.assertIn("is in use, on probation", self.reasons())
        self.assertEqual(self.executions()[-1], "proceeding")
        self.analyze()
        self.follow("--utterances", 1, probation=1)
        self.assertEqual(self.hub.said(), "success")

    def test_a_model_that_is_rolled_back_is_told_as_a_failure(self):
        self.deploy()
        self.follow(probation=5)
        self.assertIn("on probation", self.reasons())
        self.run_it("update", "rollback", "en-us-tiny")
        self.follow(probation=5)
        self.assertEqual(self.hub.said(), "failure")
        self.assertIn("rolled back by hand", self.reasons())

    def test_fetching_and_using_are_two_steps(self):
        self.deploy(download="skip", update="skip")
        self.follow()
        self.assertEqual(self.executions(), ["scheduled"])
        self.hub.action["download"] = "attempt"
        self.follow()
        self.assertEqual(self.executions()[-1], "downloaded")
        self.assertEqual(self.bundle()["phase"], "staged")
        self.hub.action["update"] = "forced"
        self.follow()
        self.assertEqual(self.hub.said(), "success")

    def test_a_download_goes_on_where_it_was_cut(self):
        self.deploy()
        self.hub.cuts[self.bundle_file()] = 1_000_000
        self.hub.refusals["timestamp.json"] = 1
        self.follow()
        self.assertEqual(self.hub.said(), "success")
        ranges = [part for _, path, part in self.hub.requests if part]
        self.assertEqual(ranges, ["bytes=1000000-"])

    def test_a_download_goes_on_after_the_device_was_switched_off(self):
        self.deploy()
        self.hub.cuts[self.bundle_file()] = 1_000_000
        command = [PROGRAM, "update", "follow", self.hub.url, "--probation", "0"]
        with subprocess.Popen(command, env=self.env, cwd=self.path, stdout=subprocess.DEVNULL) as device:
            folder = self.path / "updates/hawkbit"
            for _ in range(400):
                part = list(folder.glob("*.euphone"))
                if part and part[0].stat().st_size >= 1_000_000:
                    break
                time.sleep(0.02)
            device.kill()
        self.hub.requests.clear()
        self.follow()
        self.assertEqual(self.hub.said(), "success")

    def test_what_was_not_signed_for_is_told_as_a_failure_and_not_installed(self):
        self.deploy()
        self.hub.spoilt.add(self.bundle_file())
        self.follow()
        self.assertEqual(self.hub.said(), "failure")
        self.assertIn("is not what was signed for", self.reasons())
        self.deploy(2)
        self.hub.action["modules"][0]["version"] = "9.1.0"
        self.follow()
        self.assertIn("nobody has signed for such a release", self.reasons())
        self.deploy(3)
        self.hub.action["modules"][0]["files"] = {
            name: content.replace(b'"9.0.0"', b'"9.0.1"') for name, content in self.hub.action["modules"][0]["files"].items()
        }
        self.follow()
        self.assertEqual(self.hub.said(), "failure")
        self.assertEqual(self.run_it("update", "status").stdout, "nothing was updated here yet\n")

    def test_a_server_with_keys_of_its_own_installs_nothing(self):
        shutil.move(self.path / "repo", self.path / "owners")
        for name in ("one", "two", "releases", "hub"):
            self.run_it("bundle", "keygen", f"thief-{name}", "--no-passphrase")
        self.run_it(*"bundle init repo --root thief-one.pub --release thief-releases.pub --hub thief-hub.pub".split())
        self.run_it(*"bundle sign repo --key thief-one".split())
        self.run_it("bundle", "add", "repo", self.path / "tiny-9.0.0")
        self.run_it(*"bundle sign repo --key thief-releases".split())
        self.run_it(*"bundle announce repo --key thief-hub".split())
        self.deploy()
        self.follow()
        self.assertEqual(self.hub.said(), "failure")
        self.assertIn("not signed by enough keys", self.reasons())

    def test_what_waits_can_be_cancelled_and_what_is_in_use_cannot(self):
        self.deploy(update="attempt")
        self.follow()
        self.assertEqual(self.bundle()["candidate"], "9.0.0")
        self.hub.cancelling = True
        self.follow()
        self.assertEqual(self.bundle()["candidate"], None)
        self.assertEqual(self.hub.cancel_told[-1]["status"]["result"]["finished"], "success")
        self.deploy(2)
        self.follow(probation=5)
        self.hub.cancelling = True
        self.follow(probation=5)
        self.assertEqual(self.hub.cancel_told[-1]["status"]["execution"], "rejected")
        self.assertEqual(self.bundle()["in_use"], "9.0.0")
        self.assertIsNotNone(self.hub.action, "it goes on")

    def test_a_download_is_cancelled_in_the_middle(self):
        self.deploy()
        self.hub.cancel_at[self.bundle_file()] = 1_000_000
        self.follow()
        self.assertEqual(self.hub.cancel_told[-1]["status"]["result"]["finished"], "success")
        self.assertIn("download", self.executions())
        self.assertEqual(self.run_it("update", "status").stdout, "nothing was updated here yet\n")
        self.assertFalse(list((self.path / "updates/hawkbit").glob("*.euphone")))

    def test_a_deployment_that_was_closed_at_the_server_is_given_up(self):
        self.deploy(update="attempt")
        self.follow()
        self.hub.action = None
        self.follow()
        self.assertEqual(self.bundle()["candidate"], None)

    def test_a_token_is_wanted_shown_to_this_server_alone_and_kept_to_oneself(self):
        self.hub.authorization = "TargetToken another"
        self.assertIn("refuses this device or its token", self.follow(code=1).stderr)
        file = self.path / "token"
        file.write_text("another\n")
        file.chmod(0o644)
        self.assertIn("chmod 600", self.follow("--target-token-file", file, code=1).stderr)
        file.chmod(0o600)
        self.follow("--target-token-file", file)
        self.hub.authorization = "GatewayToken another"
        self.follow("--gateway-token-file", file)
        self.deploy()
        self.hub.elsewhere = "http://127.0.0.2:1/default/controller/v1/pi"
        self.assertIn("where this device's token does not go", self.follow("--gateway-token-file", file, code=1).stderr)
        del self.env["EUPHONE_TARGET_TOKEN"]
        self.assertIn("wants a token", self.follow(code=1).stderr)
        refused = self.run_it("update", "follow", "http://127.0.0.1/x", "--once", "--target-token-file", file, code=1)
        self.assertIn("HOST/TENANT/controller/v1/ID", refused.stderr)

    def test_it_goes_on_until_it_is_stopped_through_a_server_that_is_out_of_order(self):
        command = [PROGRAM, "update", "follow", self.hub.url, "--probation", "0"]
        with subprocess.Popen(command, env=self.env, cwd=self.path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as device:
            for _ in range(1500):
                if self.hub.requests:
                    break
                time.sleep(0.02)
            self.deploy()
            for _ in range(1500):
                if self.hub.said() == "success":
                    break
                time.sleep(0.02)
            self.assertEqual(self.hub.said(), "success")
            self.hub.refusals["/pi"] = 1
            for _ in range(500):
                if not self.hub.refusals["/pi"]:
                    break
                time.sleep(0.02)
            device.send_signal(signal.SIGTERM)
            _, errors = device.communicate(timeout=20)
        self.assertEqual(device.returncode, 130, errors)
        self.assertIn("out of order", errors)


if __name__ == "__main__":
    unittest.main()
