"""The life cycle of one component as Greengrass's Nucleus runs it, as far as a recipe shows: install, run, recover after an error (up to
three times), shutdown. AWS describes it in its "component recipe reference"; nothing of AWS's own code is here."""

import hashlib
import json
import re
import subprocess
import time
import zipfile
from pathlib import Path

STEPS = {"Setenv", "Bootstrap", "Install", "Startup", "Run", "Shutdown", "Recover"}
TOP = {
    *("RecipeFormatVersion", "ComponentName", "ComponentVersion", "ComponentType", "ComponentDescription", "ComponentPublisher"),
    *("ComponentConfiguration", "ComponentDependencies", "Manifests", "Lifecycle"),
}
OPERATIONS = {
    "aws.greengrass.ipc.pubsub": {"aws.greengrass#PublishToTopic", "aws.greengrass#SubscribeToTopic"},
    "aws.greengrass.ipc.mqttproxy": {"aws.greengrass#PublishToIoTCore", "aws.greengrass#SubscribeToIoTCore"},
}


def complaints(recipe: dict) -> list[str]:
    """What the documented format of recipes (2020-01-25) does not allow."""
    found = [f"unknown: {name}" for name in recipe.keys() - TOP]
    found += [
        f"missing: {name}" for name in ("RecipeFormatVersion", "ComponentName", "ComponentVersion", "Manifests") if name not in recipe
    ]
    if recipe.get("RecipeFormatVersion") != "2020-01-25":
        found.append("another RecipeFormatVersion")
    if not re.fullmatch(r"[a-zA-Z0-9\-_.]{1,128}", recipe.get("ComponentName", "")):
        found.append("ComponentName")
    if not re.fullmatch(r"\d+\.\d+\.\d+([-+][\w.+-]+)?", recipe.get("ComponentVersion", "")) or len(recipe["ComponentVersion"]) > 64:
        found.append("ComponentVersion")
    if recipe.get("ComponentType") not in (None, "aws.greengrass.generic"):
        found.append("ComponentType")
    settings = recipe.get("ComponentConfiguration", {}).get("DefaultConfiguration", {})
    for service, policies in settings.get("accessControl", {}).items():
        for name, policy in policies.items():
            known = {"operations", "resources"} <= policy.keys() and set(policy["operations"]) <= OPERATIONS.get(service, set())
            if not known or ":" not in name:
                found.append(f"accessControl of {service}")
    for manifest in recipe.get("Manifests", []):
        found += [f"unknown: {name}" for name in manifest.keys() - {"Name", "Platform", "Lifecycle", "Selections", "Artifacts"}]
        for step, what in manifest.get("Lifecycle", {}).items():
            if step not in STEPS:
                found.append(f"unknown step: {step}")
            if (
                step != "Setenv"
                and not isinstance(what, str)
                and not (what.keys() <= {"Script", "RequiresPrivilege", "Skipif", "Setenv", "Timeout"} and "Script" in what)
            ):
                found.append(f"step: {step}")
            for variable in re.findall(r"\{[\w:/.]+\}", json.dumps(what)):
                known = re.fullmatch(r"\{(artifacts:(path|decompressedPath)|work:path|kernel:rootPath|iot:thingName)\}", variable)
                setting = re.fullmatch(r"\{configuration:/(\w+)\}", variable)
                if not known and not (setting and setting[1] in settings):
                    found.append(f"unknown variable: {variable}")
        for artifact in manifest.get("Artifacts", []):
            if artifact.get("Unarchive") not in (None, "NONE", "ZIP") or not re.match(r"(s3|greengrass|docker):", artifact.get("URI", "")):
                found.append(f"artifact: {artifact}")
            if not set(artifact.get("Permission", {}).values()) <= {"NONE", "OWNER", "ALL"}:
                found.append("permission")
    return found


class Nucleus:
    """Deploys a component from a folder with recipe.json and its zip; `settings` as a deployment merges them."""

    def __init__(self, root: Path, component: Path, env: dict, **settings):
        self.recipe = json.loads((component / "recipe.json").read_text())
        assert not complaints(self.recipe), complaints(self.recipe)
        self.root, self.env = root, env
        self.settings = self.recipe["ComponentConfiguration"]["DefaultConfiguration"] | settings
        label = Path(self.recipe["ComponentName"]) / self.recipe["ComponentVersion"]
        self.unpacked = root / "packages/artifacts-unarchived" / label
        self.work = root / "work" / self.recipe["ComponentName"]
        self.work.mkdir(parents=True, exist_ok=True)
        self.manifest = self.recipe["Manifests"][0]
        for artifact in self.manifest["Artifacts"]:
            file = component / artifact["URI"].rsplit("/", 1)[1]
            # The cloud writes the digest into the recipe when the component is made.
            artifact["Digest"] = hashlib.sha256(file.read_bytes()).hexdigest()
            with zipfile.ZipFile(file) as archive:
                archive.extractall(self.unpacked / file.stem)
        self.state, self.errors, self.process = "NEW", 0, None
        self.log = (root / "log").open("a+")

    def fill_in(self, text: str) -> str:
        text = text.replace("{artifacts:decompressedPath}", str(self.unpacked)).replace("{work:path}", str(self.work))
        return re.sub(r"\{configuration:/(\w+)\}", lambda found: self.settings[found[1]], text)

    def start(self, step: str) -> subprocess.Popen:
        env = self.env | {name: self.fill_in(value) for name, value in self.manifest["Lifecycle"]["Setenv"].items()}
        script = self.fill_in(self.manifest["Lifecycle"][step]["Script"])
        return subprocess.Popen(["sh", "-c", script], env=env, cwd=self.work, stdout=self.log, stderr=self.log)

    def do(self, step: str) -> bool:
        with self.start(step) as process:
            try:
                return process.wait(self.manifest["Lifecycle"][step].get("Timeout", 120)) == 0
            except subprocess.TimeoutExpired:
                process.kill()
                return False

    def deploy(self) -> None:
        for _ in range(3):
            if self.do("Install"):
                self.process = self.start("Run")
                self.state = "RUNNING"
                return
        self.state = "BROKEN"

    def look(self) -> str:
        """Where it is now; an error is recovered from, and the fourth is the last."""
        if self.state != "RUNNING" or self.process.poll() is None:
            return self.state
        if self.process.returncode == 0:
            self.state = "FINISHED"
        else:
            self.errors += 1
            if self.errors > 3:
                self.state = "BROKEN"
            else:
                self.do("Recover")
                self.process = self.start("Run")
        return self.state

    def wait_for(self, state: str, seconds=60) -> None:
        deadline = time.monotonic() + seconds
        while self.look() != state:
            assert time.monotonic() < deadline, f"{self.state}: {self.said()}"
            time.sleep(0.05)

    def stop(self) -> bool:
        """Whether it ended by itself after its shutdown."""
        self.do("Shutdown")
        try:
            self.process.wait(10)
            return True
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False

    def said(self) -> str:
        self.log.flush()
        return (self.root / "log").read_text()
