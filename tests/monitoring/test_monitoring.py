"""Alert rules and dashboards are about what Euphone really tells: each metric that they name exists, each expression runs on a
Prometheus that has read real texts, and each alert is raised and quiet where it should be.

EUPHONE_PROGRAM and EUPHONE_FLEET_TEST name built programs; prometheus and promtool are Debian's."""

import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "packaging/monitoring"
DASHBOARDS = sorted((MONITORING / "grafana").glob("*.json"))
SUFFIXES = ("_bucket", "_sum", "_count")


def run(*command, **more) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def families(text: str) -> set[str]:
    return set(re.findall(r"^# TYPE (\S+) ", text, re.M))


def names(text: str) -> set[str]:
    found = re.findall(r"\beuphone_[a-z_]+\b", text)
    return {next((name.removesuffix(end) for end in SUFFIXES if name.endswith(end)), name) for name in found}


def expressions() -> list[tuple[str, str]]:
    """All that dashboards ask, with a choice for each of their variables."""
    found = []
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            for target in panel["targets"]:
                asked = target["expr"].replace("$__rate_interval", "1m").replace("$device", ".*").replace("$rollout", ".*")
                found.append((f"{path.name}: {panel['title']}", asked))
    return found


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Texts(http.server.ThreadingHTTPServer):
    """Serves a text as /metrics."""

    def __init__(self, text: str):
        super().__init__(("127.0.0.1", 0), Handler)
        self.text = text
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.server.text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Prometheus:
    """The real one, on a folder of its own."""

    def __init__(self, folder: Path, targets: dict[str, str], every: str = "1s"):
        self.port = free_port()
        shutil.copy(MONITORING / "alerts.yml", folder)
        jobs = [{"job_name": job, "static_configs": [{"targets": [target]}]} for job, target in targets.items()]
        settings = {
            "global": {"scrape_interval": every, "evaluation_interval": every},
            "rule_files": ["alerts.yml"],
            "scrape_configs": jobs,
        }
        (folder / "prometheus.yml").write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML.
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
             f"--web.listen-address=127.0.0.1:{self.port}"],
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    def ask(self, path: str, **query) -> dict:
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    def wait_for(self, query: str, seconds: float = 60.0) -> list:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if result := self.ask("query", query=query)["result"]:
                    return result
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"{query}: nothing after {seconds} s")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()


def hub_text() -> str:
    """What a hub tells of a fleet of 20 with a bundle that scores otherwise, and of a rollout."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "text"
        env = {**os.environ, "EUPHONE_METRICS_OUT": str(out)}
        run(os.environ["EUPHONE_FLEET_TEST"], "--gtest_filter=*WritesEachFamilyOnceAndTogether", env=env)
        return out.read_text(encoding="utf-8")


class FilesTest(unittest.TestCase):
    def test_rules_and_settings_are_sound_and_do_what_they_should(self):
        run("promtool", "check", "config", MONITORING / "prometheus.yml")
        run("promtool", "test", "rules", "alerts_test.yml", cwd=MONITORING)

    def test_dashboards_are_as_their_source_has_them(self):
        run(sys.executable, MONITORING / "grafana/make.py", "--check")
        self.assertEqual([path.stem for path in DASHBOARDS], ["device", "fleet", "rollout"])


class RealTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.hub = Texts(hub_text())
        cls.prometheus = Prometheus(Path(cls.folder.name), {"euphone-hub": f"127.0.0.1:{cls.hub.server_address[1]}"})
        cls.prometheus.wait_for("count_over_time(euphone_fleet_devices[1m]) > 3")

    @classmethod
    def tearDownClass(cls):
        cls.prometheus.stop()
        cls.hub.shutdown()
        cls.hub.server_close()
        cls.folder.cleanup()

    def test_the_text_is_as_promtool_wants_it(self):
        checked = subprocess.run(["promtool", "check", "metrics"], input=self.hub.text, capture_output=True, text=True)
        self.assertEqual(checked.stdout + checked.stderr, "")

    def test_every_metric_that_is_asked_for_exists(self):
        told = families(self.hub.text)
        self.assertGreater(len(told), 30)
        asked = names("\n".join(expr for _, expr in expressions())) | names((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
        self.assertEqual(sorted(asked - told), [])
        page = names((ROOT / "docs/formats/metrics.md").read_text(encoding="utf-8"))
        self.assertEqual(sorted(told - page), [], "docs/formats/metrics.md does not list these")

    def test_every_expression_of_a_dashboard_runs_and_gives_something(self):
        self.assertGreater(len(expressions()), 40)
        for where, expr in expressions():
            with self.subTest(where):
                self.assertTrue(self.prometheus.ask("query", query=expr)["result"], expr)

    def test_the_drift_of_the_fleet_is_told(self):
        alerts = self.prometheus.wait_for('ALERTS{alertname="EuphoneScoreDrift", alertstate="firing"}')
        self.assertIn("1.1.0", {alert["metric"]["version"] for alert in alerts})
        self.assertFalse(self.prometheus.ask("query", query='ALERTS{alertname="EuphoneHubDown"}')["result"])


class DeviceTest(unittest.TestCase):
    def test_a_device_tells_of_itself_in_the_same_words(self):
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "EUPHONE_TELEMETRY": f"{folder}/telemetry"}
            program = os.environ["EUPHONE_PROGRAM"]
            refused = subprocess.run([program, "telemetry", "show"], env=env, capture_output=True, text=True)
            self.assertEqual((refused.returncode, refused.stderr.count("\n")), (1, 1), refused.stderr)
            run(program, "telemetry", "begin", env=env)
            samples = ROOT / "samples"
            line = next(line for line in (samples / "samples.tsv").read_text().splitlines() if not line.startswith("#"))
            audio, text = line.split("\t")[:2]
            run(program, "live", "--text", text, "--from", samples / audio, "--speed", "0", env=env)
            told = json.loads(run(program, "telemetry", "show", "--format", "json", env=env))
            self.assertEqual((told["schema"], told["total"]["takes"], told["total"]["starts"]), ("euphone.telemetry/1", 1, 1))
            self.assertEqual(told["scores"], [], "one take must not be told")
            jsonschema.validate(told, json.loads((ROOT / "contract/telemetry.schema.json").read_text(encoding="utf-8")))
            run(program, "telemetry", "show", "--format", "prometheus", "--out", f"{folder}/euphone.prom", env=env)
            text = Path(folder, "euphone.prom").read_text()
            self.assertIn("\neuphone_device_takes_total 1\n", text)
            checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
            self.assertEqual(checked.stdout + checked.stderr, "")
            run(program, "telemetry", "end", env=env)
            self.assertFalse(Path(folder, "telemetry").exists())


class ReferenceTest(unittest.TestCase):
    def test_a_bundle_gets_its_reference_and_stays_sound(self):
        program = os.environ["EUPHONE_PROGRAM"]
        with tempfile.TemporaryDirectory() as folder:
            bundle, lines, speakers = Path(folder, "en-us-tiny"), Path(folder, "lines"), Path(folder, "speakers.tsv")
            shutil.copytree(ROOT / "models/en-us-tiny", bundle)
            judged = run(program, "--model", bundle, "analyze", "--manifest", ROOT / "samples/samples.tsv", "--format", "json")
            lines.write_text(judged, encoding="utf-8")
            ids = [json.loads(line)["id"] for line in judged.splitlines()]
            speakers.write_text("".join(f"{one}\t{one[:11]}\n" for one in ids), encoding="utf-8")

            def refer(version: str) -> subprocess.CompletedProcess:
                command = [program, "bundle", "reference", bundle, "--from", lines, "--speakers", speakers, "--about", "samples"]
                return subprocess.run([*command, "--version", version], capture_output=True, text=True)

            before = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))["version"]
            self.assertIn("must be one above", refer(before).stderr)
            made = refer("9.0.0")
            self.assertEqual(made.returncode, 0, made.stderr)
            run(program, "bundle", "verify", bundle)
            reference = json.loads((bundle / "reference.json").read_text(encoding="utf-8"))
            self.assertEqual(reference["speakers"], len({one[:11] for one in ids}))
            scored = sum(json.loads(line)["verdict"] == "scored" for line in judged.splitlines())
            self.assertEqual(sum(reference["sentence"]["counts"]), scored)
            self.assertIn("by another model", refer("9.0.1").stderr)


if __name__ == "__main__":
    unittest.main()
