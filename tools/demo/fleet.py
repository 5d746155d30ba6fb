"""A fleet on one machine, in two minutes: a hub, devices that are real agent processes, a good model and a bad one.

Run: ./dev demo fleet, or python3 tools/demo/fleet.py PROGRAM SAMPLES [--devices N] [--once]
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BUNDLE = "en-us-tiny"
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
PATIENCE = 100  # Seconds for one rollout.
SIGNS = {"succeeded": "#", "shadowing": "+", "pending": ".", "skipped": "-", "failed": "x", "rolled_back": "x", "lost": "?"}


class Fleet:
    def __init__(self, program, samples, devices):
        self.program, self.clip = Path(program).resolve(), Path(samples).resolve() / CLIP
        self.names = [f"desk-{number:02}" for number in range(1, devices + 1)]
        self.path = Path(tempfile.mkdtemp(prefix="euphone-fleet-"))
        self.env = os.environ | {"HOME": str(self.path), "XDG_DATA_HOME": str(self.path / "data")}
        self.processes = []
        self.stop = threading.Event()
        self.trying = []

    def close(self):
        self.stop.set()
        for process in reversed(self.processes):
            process.send_signal(signal.SIGINT)
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.path, ignore_errors=True)

    def run(self, *arguments, env=None, check=True):
        command = [self.program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=env or self.env, cwd=self.path)
        if check and done.returncode:
            sys.exit(f"euphone {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
        return done.stdout

    def start(self, log, *arguments, env=None):
        with open(self.path / log, "wb") as out:
            command = [self.program, *map(str, arguments)]
            self.processes.append(subprocess.Popen(command, stdout=out, stderr=out, env=env or self.env, cwd=self.path))
        return self.processes[-1]

    def fleet(self, *arguments):
        return json.loads(self.run("fleet", *arguments, "--hub", self.path / "hub", "--json"))

    def device(self, name):
        return self.env | {"EUPHONE_AGENT": str(self.path / name / "agent"), "EUPHONE_UPDATES": str(self.path / name / "updates")}

    # --- The owner of the models, who signs them ---------------------------------------------------

    def make_owner(self):
        for key in ("root", "releases", "announcer"):
            self.run("bundle", "keygen", key, "--no-passphrase")
        self.run(*"bundle init repo --root root.pub --release releases.pub --hub announcer.pub".split())
        self.run(*"bundle sign repo --key root".split())

    def release(self, version, spoilt=False):
        """The tiny model under a new version. Spoilt, its scorer answers on a scale of 10 as if it were one of 6."""
        folder = self.path / f"{BUNDLE}-{version}"
        shutil.copytree(self.program.parent / "share/euphone/models" / BUNDLE, folder)
        if spoilt:
            scorer = (folder / "scorer.onnx").read_bytes()
            (folder / "scorer.onnx").write_bytes(scorer.replace(struct.pack("<f", 10.0), struct.pack("<f", 6.0)))
        manifest = json.loads((folder / "manifest.json").read_text()) | {"version": version}
        for file in manifest["files"]:
            content = (folder / file["path"]).read_bytes()
            file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        self.run("bundle", "add", "repo", folder)
        self.run("bundle", "sign", "repo", "--key", "releases")
        self.run("bundle", "announce", "repo", "--key", "announcer")
        self.run("fleet", "publish", "repo", "--hub", self.path / "hub")

    # --- Devices, and those who read to them ---------------------------------------------------------

    def join(self, name):
        invite = self.fleet("invite", name)
        env = self.device(name)
        self.run("agent", "join", invite["url"], "--root", "repo/metadata/1.root.json", "--site", "school-7", env=env)
        self.start(f"{name}.log", "agent", "run", "--heartbeat", 5, "--utterances", 2, "--probation", 1, env=env)

    def read_aloud(self):
        """Somebody reads a sentence to each device that tries a new model; that is what it is tried on."""

        def read(name):
            if not self.stop.is_set():
                self.run("--model", BUNDLE, "analyze", self.clip, "--text", TEXT, "--format", "json", env=self.device(name), check=False)

        with ThreadPoolExecutor(2) as readers:
            while not self.stop.is_set():
                list(readers.map(read, self.trying))
                time.sleep(1.5)  # Nothing changes on a device while somebody reads to it.

    def roll_out(self, version):
        plan = {
            "schema": "euphone.rollout/1",
            "id": f"tiny-{version}",
            "bundle": BUNDLE,
            "version": version,
            "filter": 'site = "school-7"',
            "waves": [{"count": 2}, {"count": 6}, {"rest": True}],
            "errors": {"at_most": 0},
        }
        file = self.path / f"rollout-{version}.json"
        file.write_text(json.dumps(plan))
        self.fleet("rollout", "submit", file)
        shown, end = "", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            rollout = self.fleet("rollout", "show", plan["id"], "--devices")
            self.trying = [one["device"] for one in rollout["of_devices"] if one["stage"] == "shadowing"]
            line = "   ".join(self.wave(number, wave) for number, wave in enumerate(rollout["in_waves"], 1))
            if line != shown:
                print(f"    {line}", flush=True)
                shown = line
            if rollout["settled"]:
                return rollout
            time.sleep(0.5)
        sys.exit(f"the rollout of {version} did not come to an end in {PATIENCE} s")

    @staticmethod
    def wave(number, wave):
        blocks = "".join(SIGNS.get(stage, "~") * count for stage, count in wave["stages"].items())
        return f"wave {number} " + "".join(sorted(blocks, key="#x+~?-.".index))

    @staticmethod
    def reasons(rollout):
        return [f"{one['device']}: {one['reason']}" for one in rollout["of_devices"] if one["stage"] in ("failed", "rolled_back")]

    def versions(self):
        found = {}
        for device in self.fleet("devices")["devices"]:
            for one in device["bundles"]:
                if one["bundle"] == BUNDLE:
                    found[one["version"]] = found.get(one["version"], 0) + 1
        return found

    def tell_versions(self):
        print(f"    {BUNDLE}: " + ", ".join(f"{version} on {count}" for version, count in sorted(self.versions().items())))


def say(text):
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def play(fleet, once):
    began = time.monotonic()
    say("A hub: a NATS server and a database of its own, on this machine alone")
    fleet.start("hub.log", "fleet", "up", "--dev", "--dir", fleet.path / "hub")
    while not (fleet.path / "hub/hub.json").exists() or fleet.processes[0].poll() is not None:
        if fleet.processes[0].poll() is not None:
            sys.exit((fleet.path / "hub.log").read_text())
        time.sleep(0.1)
    fleet.make_owner()
    print("    " + (fleet.path / "hub.log").read_text().strip().replace("\n", "\n    "))

    say(f"{len(fleet.names)} devices join, each a process of its own with a secret of its own")
    with ThreadPoolExecutor(2) as joining:
        list(joining.map(fleet.join, fleet.names))
    while sum(fleet.versions().values()) < len(fleet.names):
        time.sleep(0.2)
    fleet.tell_versions()
    reading = threading.Thread(target=fleet.read_aloud)
    reading.start()

    say("A good model, 9.0.0: # in use, + tried beside the old one, ~ on its way, . waits")
    fleet.release("9.0.0")
    good = fleet.roll_out("9.0.0")
    print(f"    {good['state']}: {good['succeeded']} of {good['devices']} devices use it")

    say("A bad one, 9.1.0, signed like the other: it marks everybody lower (x: refused by the device itself)")
    fleet.release("9.1.0", spoilt=True)
    bad = fleet.roll_out("9.1.0")
    print(f"    {bad['state']}: {bad['reason']}")
    for reason in fleet.reasons(bad):
        print(f"    {reason}")
    time.sleep(6)  # The next heartbeat says what each device uses now.
    fleet.tell_versions()
    say(f"That took {time.monotonic() - began:.0f} s.")
    if good["state"] != "completed" or bad["state"] != "halted":
        sys.exit("it did not go as it should have")
    if not once and sys.stdin.isatty():
        input("The hub runs on, with its page; Enter ends it all. ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("samples")
    parser.add_argument("--devices", type=int, default=20)
    parser.add_argument("--once", action="store_true", help="end when it is told, ask nothing")
    options = parser.parse_args()
    if options.devices < 9:
        parser.error("--devices: three waves need at least 9")
    fleet = Fleet(options.program, options.samples, options.devices)
    try:
        play(fleet, options.once)
    except KeyboardInterrupt:
        print()
    finally:
        fleet.close()


if __name__ == "__main__":
    main()
