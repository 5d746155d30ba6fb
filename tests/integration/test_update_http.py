"""`euphone update install --from https://…`: a repository that a web server has, on good days and bad. EUPHONE_PROGRAM."""

import functools
import http.server
import os
import signal
import ssl
import subprocess
import threading
import time
import unittest

from releasing import PROGRAM, DeviceTest


class Web(http.server.ThreadingHTTPServer):
    """A folder, and what goes wrong with it: by the beginnings of paths, what becomes of the next so many answers."""

    daemon_threads = True

    def __init__(self, folder, certificate=None):
        self.busy, self.cut, self.moved, self.requests = {}, {}, False, []
        web = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def due(self, faults):
                for part in faults:
                    if part in self.path and faults[part] > 0:
                        faults[part] -= 1
                        return True
                return False

            def do_GET(self):
                web.requests.append(self.path)
                if web.moved or self.due(web.busy):
                    self.send_response(302 if web.moved else 503)
                    self.send_header("Location", "http://127.0.0.1:1/")
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                if self.due(web.cut):
                    self.send_response(200)
                    self.send_header("Content-Length", "100")
                    self.end_headers()
                    self.wfile.write(b"half")
                    self.close_connection = True
                    return None
                return super().do_GET()

        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http{'s' if certificate else ''}://localhost:{self.server_port}/repo/"

    def handle_error(self, *_):  # A device that leaves.
        pass


class HttpTest(DeviceTest):
    def setUp(self):
        super().setUp()
        self.release(self.tiny("9.0.0"))
        self.trust()

    def serve(self, **options):
        web = Web(self.path, **options)
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        return web

    def install(self, web, *options, code=0):
        return self.run_it("update", "install", "--from", web.url, "--utterances", 0, *options, code=code)

    def test_what_is_new_comes_over_http_and_only_what_has_changed(self):
        web = self.serve()
        self.assertIn("in use, on probation", self.install(web).stdout)
        self.assertEqual(self.bundle()["in_use"], "9.0.0")
        self.assertLess(sum("/chunks/" in path for path in web.requests), 4)

    def test_a_server_that_is_busy_or_breaks_off_is_asked_again(self):
        web = self.serve()
        web.busy["timestamp"] = 2
        web.cut["targets.json"] = web.cut[".index"] = 1
        self.assertIn("in use, on probation", self.install(web).stdout)

    def test_one_line_says_what_is_wrong_with_a_server(self):
        web = self.serve()
        web.busy["timestamp"] = 4  # As often as it is asked.
        self.assertIn("timestamp.json: the server says 503", self.install(web, code=1).stderr)
        web.moved = True
        self.assertIn("it is elsewhere", self.install(web, code=1).stderr)
        web.moved, web.url = False, web.url.replace("/repo/", "/none/")
        self.assertIn("the server has no such file (404)", self.install(web, code=1).stderr)
        web.shutdown()
        web.server_close()
        self.assertIn("nobody listens there", self.install(web, code=1).stderr)
        web.url = "ftp://localhost/repo"
        self.assertIn("there is no repository", self.install(web, code=1).stderr)

    def test_a_repository_behind_tls_is_read_where_its_certificate_is_trusted(self):
        certificate = self.path / "server.pem"
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost".split()
        names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", certificate, "-out", self.path / "only.pem"]
        subprocess.run([*command, *names], check=True, capture_output=True)
        with certificate.open("a") as both:
            both.write((self.path / "only.pem").read_text())
        web = self.serve(certificate=certificate)
        self.assertIn("does not trust its certificate", self.install(web, code=1).stderr)
        self.env["SSL_CERT_FILE"] = str(self.path / "only.pem")
        self.assertIn("in use, on probation", self.install(web).stdout)

    def test_a_download_goes_on_after_ctrl_c(self):
        web = self.serve()
        command = [PROGRAM, "update", "install", "--from", web.url, "--limit-rate", "1"]
        with subprocess.Popen(command, env=self.env, cwd=self.path, stderr=subprocess.DEVNULL) as device:
            for _ in range(1500):
                if any(".index" in path for path in web.requests) or device.poll() is not None:
                    break
                time.sleep(0.02)
            device.send_signal(signal.SIGINT)
            self.assertEqual(device.wait(20), 130)
        self.assertIn("in use, on probation", self.install(web).stdout)


if __name__ == "__main__":
    os.environ.pop("SSL_CERT_FILE", None)
    unittest.main()
