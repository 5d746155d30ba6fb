"""A server that speaks hawkBit's Direct Device Integration API to one device (docs/formats/ddi.md), and fails when it is told to."""

import hashlib
import http.server
import json
import re
import threading
from pathlib import Path

BASE = "/default/controller/v1/pi"
EXECUTIONS = {"closed", "proceeding", "canceled", "scheduled", "rejected", "resumed", "downloaded", "download"}
TOKEN = "9Kb3-token"


class HawkBit:
    """`action` is what the device is to do; what it says of it is in `told`, and what no hawkBit would take in `complaints`."""

    def __init__(self):
        self.action = None  # {"id", "download", "update", "modules": [{"name", "version", "files": {name: bytes}}]}
        self.cancelling = False
        self.sleep = "00:00:01"
        self.wants_attributes = False
        self.attributes = {}
        self.authorization = f"TargetToken {TOKEN}"
        self.told, self.cancel_told, self.complaints, self.requests = [], [], [], []
        self.refusals = {}  # What of a path is answered 503 how many times.
        self.cuts = {}  # Names of artifacts whose next answer ends after so many bytes.
        self.spoilt = set()  # Names of artifacts that arrive with another byte.
        self.cancel_at = {}  # Names of artifacts whose download the server cancels after so many bytes.
        self.elsewhere = None  # Where links point to instead of here.
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                stand_in.answer(self, "GET")

            def do_PUT(self):
                stand_in.answer(self, "PUT")

            def do_POST(self):
                stand_in.answer(self, "POST")

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # A device that leaves.
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.url = self.origin + BASE

    def deploy(self, number, folder: Path, name, version, download="forced", update="forced"):
        files = {file.name: file.read_bytes() for file in folder.iterdir()}
        self.action = {
            "id": str(number),
            "download": download,
            "update": update,
            "modules": [{"name": name, "version": version, "files": files}],
        }
        self.cancelling = False

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def said(self):
        """How the last action ended, if it did: success, failure."""
        return self.told[-1]["status"]["result"]["finished"] if self.told else None

    def answer(self, request, method):
        path = request.path.split("?")[0]
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.requests.append((method, path, request.headers.get("Range")))
        for part, left in self.refusals.items():
            if part in path and left > 0:
                self.refusals[part] = left - 1
                return self.send(request, 503, {"message": "out of order"})
        if request.headers.get("Authorization") != self.authorization:
            return self.send(request, 401, {"message": "who is that?"})
        if not path.startswith(BASE):
            return self.send(request, 404, {})
        rest = path[len(BASE) :]
        if method == "GET" and not rest:
            return self.send(request, 200, self.poll())
        if method == "PUT" and rest == "/configData":
            document = json.loads(body)
            self.complain(set(document) <= {"mode", "data"} and all(isinstance(v, str) for v in document["data"].values()), body)
            self.attributes = document["data"]
            self.wants_attributes = False
            return self.send(request, 200, None)
        action = self.action
        if action is None:
            return self.send(request, 410 if rest.endswith("/feedback") else 404, {})
        if method == "GET" and rest == f"/deploymentBase/{action['id']}":
            return self.send(request, 200, self.deployment()) if not self.cancelling else self.send(request, 404, {})
        if method == "GET" and rest == f"/cancelAction/{action['id']}" and self.cancelling:
            return self.send(request, 200, {"id": action["id"], "cancelAction": {"stopId": action["id"]}})
        if method == "POST" and rest == f"/deploymentBase/{action['id']}/feedback":
            return self.feedback(request, json.loads(body), self.told)
        if method == "POST" and rest == f"/cancelAction/{action['id']}/feedback":
            return self.feedback(request, json.loads(body), self.cancel_told)
        found = re.fullmatch(r"/softwaremodules/(\d+)/artifacts/([\w.-]+)", rest)
        if method == "GET" and found and found[2] in (files := action["modules"][int(found[1])]["files"]):
            return self.artifact(request, found[2], files[found[2]])
        return self.send(request, 404, {})

    def complain(self, good, body):
        if not good:
            self.complaints.append(body)

    def poll(self):
        links = {}
        if self.wants_attributes:
            links["configData"] = {"href": self.url + "/configData"}
        if self.action and self.cancelling:
            links["cancelAction"] = {"href": f"{self.url}/cancelAction/{self.action['id']}"}
        elif self.action:
            links["deploymentBase"] = {"href": f"{self.elsewhere or self.url}/deploymentBase/{self.action['id']}?c=-2122565939"}
        return {"config": {"polling": {"sleep": self.sleep}}, "_links": links}

    def deployment(self):
        chunks = []
        for number, module in enumerate(self.action["modules"]):
            artifacts = [
                {
                    "filename": name,
                    "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                    "size": len(content),
                    "_links": {"download-http": {"href": f"{self.url}/softwaremodules/{number}/artifacts/{name}"}},
                }
                for name, content in module["files"].items()
            ]
            chunks.append({"part": "bApp", "version": module["version"], "name": module["name"], "artifacts": artifacts})
        how = {"download": self.action["download"], "update": self.action["update"], "chunks": chunks}
        return {"id": self.action["id"], "deployment": how}

    def feedback(self, request, document, told):
        status = document.get("status", {})
        result = status.get("result", {})
        details = status.get("details", [])
        self.complain(
            document.get("id") == self.action["id"]
            and re.fullmatch(r"\d{8}T\d{6}", document.get("time", ""))
            and status.get("execution") in EXECUTIONS
            and result.get("finished") in {"success", "failure", "none"}
            and all(isinstance(detail, str) and len(detail) <= 512 for detail in details),
            document,
        )
        told.append(document)
        if status["execution"] == "closed":
            self.action, self.cancelling, self.wants_attributes = None, False, True
        elif status["execution"] == "rejected" and told is self.cancel_told:
            self.cancelling = False
        self.send(request, 200, None)

    def artifact(self, request, name, content):
        if name in self.spoilt:
            content = bytes([content[0] ^ 1]) + content[1:]
        found = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range") or "")
        first = int(found[1]) if found else 0
        if first and first >= len(content):
            return self.send(request, 416, {})
        part = content[first:]
        request.send_response(206 if found else 200)
        request.send_header("Content-Length", str(len(part)))
        request.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
        if found:
            request.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        request.end_headers()
        cut = self.cuts.pop(name, None)
        try:
            if cut is not None:
                request.wfile.write(part[:cut])
                request.close_connection = True
                return None
            stop = self.cancel_at.get(name, len(part))
            request.wfile.write(part[:stop])
            if stop < len(part):
                self.cancelling = True
                for at in range(stop, len(part), 1 << 16):
                    request.wfile.write(part[at : at + (1 << 16)])
        except OSError:  # The device has heard enough.
            request.close_connection = True
        return None

    def send(self, request, status, document):
        body = b"" if document is None else json.dumps(document).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/hal+json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
