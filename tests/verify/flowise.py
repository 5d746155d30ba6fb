#!/usr/bin/env python3
"""Euphone and a real Flowise, both ways, as `./dev verify flowise` asks it.

Flowise imports integrations/flowise, and its agent, led by a scripted language model, calls the tools: what `euphone serve` says must come
back. What the tutor of `euphone serve` streams is compared with what Flowise streams; and Flowise's chat window asks it, in Chromium.
Arguments: the program, Flowise's Node.js, the folder of node_modules that has flowise and flowise-embed.
"""

import http.cookiejar
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "integration"))
FILES = ROOT / "integrations" / "flowise"
QUESTION = "Why do I say 'sink' for 'think'?"
PATIENCE = 300  # Until Flowise has started: it loads some hundred nodes.


class Flowise:
    """A real one on a free port of this device, with a home of its own that goes with it."""

    def __init__(self, node: Path, modules: Path):
        self.folder = tempfile.TemporaryDirectory(prefix="euphone-flowise-")
        home = Path(self.folder.name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        places = dict.fromkeys(("HOME", "DATABASE_PATH", "SECRETKEY_PATH", "BLOB_STORAGE_PATH", "LOG_PATH"), str(home))
        # Its tools may not call this device otherwise.
        settings = {"DISABLE_FLOWISE_TELEMETRY": "true", "HTTP_SECURITY_CHECK": "false", "HOST": "127.0.0.1", "PORT": str(port)}
        path = f"{node.parent}:{os.environ['PATH']}"
        self.log = home / "said"
        with self.log.open("w") as sink:
            command = [node, modules / "flowise" / "bin" / "run", "start"]
            environment = os.environ | places | settings | {"PATH": path}
            self.process = subprocess.Popen(command, stdout=sink, stderr=sink, env=environment, start_new_session=True)
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.began = time.monotonic()

    def await_start(self) -> float:
        while time.monotonic() < self.began + PATIENCE:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                if self.ask("GET", "/ping", raw=True) == b"pong":
                    return time.monotonic() - self.began
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.5)
        raise AssertionError(f"it did not start in {PATIENCE} s: {self.log.read_text()[-3000:]}")

    def ask(self, method: str, path: str, body=None, raw=False):
        data = None if body is None else json.dumps(body).encode()
        # As its own page asks.
        headers = {"Content-Type": "application/json", "x-request-from": "internal"}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers, method=method)
        try:
            with self.browser.open(request, timeout=120) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            if raw:
                raise
            raise AssertionError(f"{method} {path}: {error.code} {error.read()[:2000]!r}") from error
        return content if raw else json.loads(content)

    def sign_in(self) -> None:
        """The first account owns it."""
        email, password = "somebody@example.com", f"Aa1!{os.urandom(12).hex()}"
        self.ask("POST", "/account/register", {"user": {"name": "Somebody", "email": email, "credential": password}})
        self.ask("POST", "/auth/login", {"email": email, "password": password})

    def predict(self, chatflow: str, **more) -> dict:
        return self.ask("POST", f"/prediction/{chatflow}", {"question": QUESTION, **more})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Also where somebody presses Ctrl-C: it is a session of its own, so that nothing of it stays."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, how)
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                break
        self.process.wait()
        self.folder.cleanup()


def bring_in(flowise: Flowise, llm_url: str, server_url: str, learner: str) -> str:
    """What a user does once, by the API that the page uses; gives the chatflow's id."""
    for file in sorted((FILES / "tools").glob("*.json")):  # Tools, Load.
        tool = json.loads(file.read_text())
        flowise.ask("DELETE", f"/tools/{flowise.ask('POST', '/tools', tool)['id']}", raw=True)
    flowise.ask("POST", "/export-import/import", json.loads((FILES / "all.json").read_text()))  # Settings, Import.
    tools = flowise.ask("GET", "/tools")
    tools = tools["data"] if isinstance(tools, dict) else tools
    assert {tool["name"] for tool in tools} == {file.stem for file in (FILES / "tools").glob("*.json")}, tools
    values = {"EUPHONE_URL": server_url, "EUPHONE_LEARNER": learner}
    variables = flowise.ask("GET", "/variables")
    for variable in variables["data"] if isinstance(variables, dict) else variables:
        flowise.ask("PUT", f"/variables/{variable['id']}", {"name": variable["name"], "type": "static", "value": values[variable["name"]]})
    [chatflow] = flowise.ask("GET", "/chatflows?type=CHATFLOW")
    flow = json.loads(chatflow["flowData"])
    [model] = [node for node in flow["nodes"] if node["data"]["name"] == "chatLocalAI"]
    model["data"]["inputs"] |= {"basePath": llm_url, "modelName": "tool"}
    flowise.ask("PUT", f"/chatflows/{chatflow['id']}", {"flowData": json.dumps(flow)})
    return chatflow["id"]


def check_tools(flowise: Flowise, llm, chatflow: str) -> list[str]:
    """Each tool is called by Flowise's agent, and what Euphone says of it is what the model is told."""
    wanted = {
        ("euphone_ask_tutor", json.dumps({"question": QUESTION})): "[contrast/s-th",
        ("euphone_look_up_word", '{"word": "photograph"}'): "ARPAbet F OW1 T AH0 G R AE2 F",
        ("euphone_progress", "{}"): "1 readings on 1 days.",
        ("euphone_drills", "{}"): "Practise TH /θ/",
        ("euphone_drills", '{"sound": "R", "against": "L"}'): "Practise R /ɹ/, which is mixed up with /l/.",
    }
    for (name, arguments), part in wanted.items():
        llm.calls = [[(name, arguments)]]
        told = flowise.predict(chatflow)
        assert told["text"].startswith("Found: ") and part in told["text"], (name, told)
        assert [one["tool"] for one in told["usedTools"]] == [name], told
    offered = {one["function"]["name"] for one in llm.last["tools"]}
    assert offered == {name for name, _ in wanted}, offered
    return sorted(offered)


def request_of(url: str, path: str, body=None):
    data = None if body is None else json.dumps(body).encode()
    return urllib.request.urlopen(urllib.request.Request(f"{url}/api/v1/{path}", data, {"Content-Type": "application/json"}), timeout=120)


def document_of(url: str, path: str, body=None) -> dict:
    with request_of(url, path, body) as answer:
        return json.load(answer)


def events_of(url: str, path: str, body: dict) -> dict[str, list]:
    """What each event of a streamed prediction says, by its name."""
    with request_of(url, path, body | {"streaming": True}) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream"), answer.headers
        blocks = answer.read().decode().removesuffix("\n\n").split("\n\n")
    events = {}
    for block in blocks:
        if block == ":heartbeat":
            continue
        first, second = block.split("\n")
        assert first == "message:" and second.startswith("data:{"), block
        event = json.loads(second.removeprefix("data:"))
        events.setdefault(event["event"], []).append(event["data"])
    return events


def check_shape(flowise_url: str, chatflow: str, server_url: str) -> list[str]:
    """What this server says is of the shape that Flowise's has, as far as it goes. Sources are left out: this chatflow has none."""
    body = {"question": QUESTION, "overrideConfig": {"sessionId": "monday"}}
    theirs, ours = (events_of(url, f"prediction/{one}", body) for url, one in ((flowise_url, chatflow), (server_url, "tutor")))
    assert set(ours) - {"sourceDocuments"} <= set(theirs), (list(ours), list(theirs))
    for name in ("start", "token", "end"):
        assert {type(data) for data in ours[name]} == {type(data) for data in theirs[name]} == {str}, name
    assert theirs["end"] == ours["end"] == ["[DONE]"]
    assert set(ours["metadata"][0]) <= set(theirs["metadata"][0]), (ours["metadata"], theirs["metadata"])
    assert theirs["metadata"][0]["sessionId"] == ours["metadata"][0]["sessionId"] == "monday"
    for path, asked in (("prediction", body), ("chatflows-streaming", None), ("public-chatbotConfig", None)):
        their, our = document_of(flowise_url, f"{path}/{chatflow}", asked), document_of(server_url, f"{path}/tutor", asked)
        assert set(our) - {"sourceDocuments"} <= set(their), (path, list(our), list(their))
    return sorted(ours)


def check_window(server_url: str, node: Path, modules: Path) -> dict:
    script = ROOT / "tests" / "verify" / "flowise_window.mjs"
    done = subprocess.run([node, script, server_url, modules / "flowise-embed", QUESTION], capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def main() -> None:
    program, node, modules = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()
    os.environ |= {"EUPHONE_PROGRAM": str(Path(program).resolve()), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    from fake_llm import FakeLlm
    from serving import Server

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    version = json.loads((modules / "flowise" / "package.json").read_text())["version"]
    with FakeLlm() as llm, Server() as server, Flowise(node, modules) as flowise:
        learner = server.json("POST", "/api/v1/learners", {"name": "Ana"}, 201)["id"]
        recording = (ROOT / "samples" / "so762-014070336.opus").read_bytes()
        text = "Next+year+will+be+different,+she+thought."
        assert server.ask(f"/api/v1/analyses?text={text}&learner={learner}", recording)[0] == 200
        said = {"flowise": version, "started_s": round(flowise.await_start(), 1)}
        flowise.sign_in()
        chatflow = bring_in(flowise, llm.url, server.url, learner)
        said["tools"] = check_tools(flowise, llm, chatflow)
        llm.calls = []
        said["events"] = check_shape(flowise.url, chatflow, server.url)
        said["window"] = check_window(server.url, node, modules)
        print(json.dumps(said))


if __name__ == "__main__":
    main()
