"""A language model's server for tests: it speaks OpenAI's chat completions over real sockets, and misbehaves as its model is called.

The model's name says what it does, MODE or MODE:ARGUMENT; `Handler.MODES` lists them. It keeps every request that it got. Also a program of
its own, to try things by hand: fake_llm.py PORT.
"""

import json
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

WORDS = "Put your tongue between your teeth and let the air out .".split()


def chunk(delta, finish=None):
    """As OpenAI, llama.cpp and vLLM send them."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def call_delta(index, name=None, arguments=None, identity=None):
    function = {key: value for key, value in (("name", name), ("arguments", arguments)) if value is not None}
    call = {"index": index, "function": function}
    return {"tool_calls": [call | ({"id": identity, "type": "function"} if identity else {})]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    # What a test has to see

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append({"path": self.path, "headers": dict(self.headers), "body": body, "at": time.monotonic()})
            count = sum(one["body"]["model"] == body["model"] for one in self.server.requests)
        self.close_connection = True
        if self.path != "/v1/chat/completions":
            return self.refuse(404, "Not Found")
        mode, _, argument = body["model"].partition(":")
        try:
            if mode not in self.MODES:
                return self.refuse(404, f"The model '{body['model']}' does not exist")
            self.MODES[mode](self, body, argument, count)
        except (BrokenPipeError, ConnectionResetError):
            self.server.gone.set()

    # How it is sent

    def head(self, status, kind, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header(*(("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def json(self, status, document, **headers):
        body = json.dumps(document).encode()
        self.head(status, "application/json", len(body), **headers)
        self.wfile.write(body)

    def refuse(self, status, message, **headers):
        self.json(status, {"error": {"message": message, "type": "error", "code": None}}, **headers)

    def raw(self, data):
        """One chunk of HTTP's chunked encoding."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def event(self, document):
        text = document if isinstance(document, str) else json.dumps(document)
        self.raw(f"data: {text}\n\n".encode())

    def stream(self, texts, pause=0.0, finish="stop"):
        self.head(200, "text/event-stream; charset=utf-8")
        self.event(chunk({"role": "assistant", "content": ""}))
        for text in texts:
            self.event(chunk({"content": text}))
            time.sleep(pause)
        self.event(chunk({}, finish))

    def end(self, body):
        if body.get("stream_options", {}).get("include_usage"):
            usage = {"prompt_tokens": 7, "completion_tokens": 12, "total_tokens": 19}
            self.event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [], "usage": usage})
        self.event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def say(self, body, texts, pause=0.0, finish="stop"):
        self.stream(texts, pause, finish)
        self.end(body)

    def abort(self):
        """The connection is reset: no end of TLS, of chunks or of TCP."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    # The modes

    def good(self, body, argument, count):
        self.say(body, [(" " if i else "") + word for i, word in enumerate(WORDS)])

    def echo(self, body, argument, count):
        """Repeats the last message, in pieces that split characters of nothing but themselves."""
        last = body["messages"][-1]["content"]
        self.say(body, [last[i : i + 3] for i in range(0, len(last), 3)])

    def fixed(self, body, argument, count):
        self.say(body, list(self.server.text))

    def whole(self, body, argument, count):
        message = {"role": "assistant", "content": " ".join(WORDS)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 7, "completion_tokens": 12}
        self.json(200, {"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice], "usage": usage})

    def until_closed(self, body, argument, count):
        """HTTP/1.0 without a length, and without [DONE]."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        for text in ("Hel", "lo"):
            self.wfile.write(f"data:{json.dumps(chunk({'content': text}))}\r\n\r\n".encode())
        self.wfile.write(f"data:{json.dumps(chunk({}, 'stop'))}\r\n\r\n".encode())

    def hang(self, body, argument, count):
        self.server.gone.wait(60)

    def hang_after_head(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.wait_for_end()

    def hang_in_text(self, body, argument, count):
        self.head(200, "text/event-stream")
        for word in ("Put", " your"):
            self.event(chunk({"content": word}))
        self.wait_for_end()

    def wait_for_end(self):
        """Until the client closes the connection."""
        self.connection.settimeout(60)
        if not self.connection.recv(1):
            self.server.gone.set()

    def cut(self, body, argument, count):
        self.head(200, "text/event-stream")
        for word in ("Put", " your", " tongue"):
            self.event(chunk({"content": word}))
        time.sleep(0.2)  # A reset overtakes what was sent.
        self.abort()

    def ends_early(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.event(chunk({"content": "Put your"}))
        self.wfile.write(b"0\r\n\r\n")

    def ends_unsaid(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.event(chunk({"role": "assistant"}))
        self.close_connection = True

    def cut_in_call(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.event(chunk({"content": "I look."}))
        self.event(chunk(call_delta(0, "look_up_word", '{"wo', "c1")))
        self.wfile.write(b"0\r\n\r\n")

    def garbage(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.event("\x1b[31m<html>what\x00")
        self.end(body)

    def garbage_json(self, body, argument, count):
        data = b"<!doctype html><title>Sign in</title>"
        self.head(200, "text/html", len(data))
        self.wfile.write(data)

    def no_http(self, body, argument, count):
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n")

    def error_in_stream(self, body, argument, count):
        self.head(200, "text/event-stream")
        self.event(chunk({"content": "Put"}))
        self.event({"text": "**NETWORK ERROR**", "error_code": 50004})
        self.end(body)

    def fails_then_good(self, body, argument, count):
        if count <= int(argument):
            return self.refuse(500, "out of memory")
        return self.good(body, argument, count)

    def busy_then_good(self, body, argument, count):
        if count == 1:
            return self.refuse(429, "Rate limit reached", Retry_After=argument)
        return self.good(body, argument, count)

    def status(self, body, argument, count):
        self.refuse(int(argument), f"says {self.headers.get('Authorization', 'nothing')}\n\x1b[2Jtwice")

    def moved(self, body, argument, count):
        self.json(307, {}, Location="http://127.0.0.1:1/v1")

    def needs_key(self, body, argument, count):
        if self.headers.get("Authorization") != f"Bearer {argument}":
            return self.refuse(401, "Incorrect API key provided")
        return self.good(body, argument, count)

    def no_usage(self, body, argument, count):
        if "stream_options" in body:
            return self.refuse(400, "Unrecognized request argument supplied: stream_options")
        return self.good(body, argument, count)

    def no_schema(self, body, argument, count):
        """Knows no `response_format`, and says so by a status; what else it says is as of the model `fixed`."""
        if "response_format" in body:
            return self.refuse(int(argument or 400), "Unrecognized request argument supplied: response_format")
        return self.fixed(body, argument, count)

    def big_whole(self, body, argument, count):
        message = {"role": "assistant", "content": "x" * 10_000_000}
        self.json(200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})

    def big_stream(self, body, argument, count):
        self.say(body, ["y" * 10_000] * 1000)

    def slow(self, body, argument, count):
        self.say(body, [word + " " for word in WORDS * 20], float(argument or 0.1))

    def tool(self, body, argument, count):
        """Asks for the tools of the server's list `calls`, a round for each item, then says what came back last."""
        rounds = [message for message in body["messages"] if message["role"] == "assistant" and "tool_calls" in message]
        if "tools" not in body or len(rounds) >= len(self.server.calls):
            last = body["messages"][-1]["content"]
            return self.say(body, ["Found: ", last])
        self.head(200, "text/event-stream")
        self.event(chunk({"role": "assistant", "content": None}))
        for index, (name, arguments) in enumerate(self.server.calls[len(rounds)]):
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            self.event(chunk(call_delta(index, name, "", f"call_{len(rounds)}_{index}")))
            for at in range(0, len(text), 5):
                self.event(chunk(call_delta(index, arguments=text[at : at + 5])))
        self.event(chunk({}, "tool_calls"))
        return self.end(body)

    MODES: ClassVar = {
        function.__name__.replace("_", "-"): function
        for function in (
            *(good, echo, fixed, whole, until_closed, hang, hang_after_head, hang_in_text, cut, ends_early, ends_unsaid, cut_in_call),
            *(garbage, garbage_json, no_http, error_in_stream, fails_then_good, busy_then_good, status, moved, needs_key, no_usage),
            *(no_schema, big_whole, big_stream, slow, tool),
        )
    }


class FakeLlm(ThreadingHTTPServer):
    """Listens on 127.0.0.1 while it is entered; with TLS where a folder for its certificate is given."""

    daemon_threads = True

    def __init__(self, port=0, certificate_folder: Path | None = None):
        super().__init__(("127.0.0.1", port), Handler)
        self.lock = threading.Lock()
        self.requests = []  # Path, headers, body and time of each.
        self.gone = threading.Event()  # A client went away before the end.
        self.text = ["Hello"]  # What the model `fixed` says, piece by piece.
        self.calls = []  # What the model `tool` asks for: rounds of (name, arguments).
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.certificate = None
        if certificate_folder:
            self.certificate = certificate_folder / "certificate.pem"
            key = certificate_folder / "key.pem"
            make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
            make += " -addext subjectAltName=DNS:localhost"
            subprocess.run([*make.split(), "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate, key)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.url = f"https://localhost:{self.server_address[1]}/v1"

    def handle_error(self, request, client_address):
        self.gone.set()  # Such as a client that does not trust the certificate.

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.gone.set()
        self.shutdown()
        self.server_close()

    @property
    def last(self) -> dict:
        return self.requests[-1]["body"]


if __name__ == "__main__":
    with FakeLlm(int(sys.argv[1])) as server:
        print(server.url, "\n".join(Handler.MODES), sep="\n", flush=True)
        threading.Event().wait()
