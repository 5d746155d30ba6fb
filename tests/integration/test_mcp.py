"""The Model Context Protocol as the program speaks it: EUPHONE_PROGRAM, EUPHONE_SAMPLES, EUPHONE_CONTRACT."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

import jsonschema

PROGRAM = os.environ["EUPHONE_PROGRAM"]
SAMPLES = Path(os.environ["EUPHONE_SAMPLES"])
CONTRACT = Path(os.environ["EUPHONE_CONTRACT"])
CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
PATIENCE = 240
NEWEST = "2025-06-18"
ALWAYS = ["analyze_recording", "explain", "plan_practice", "look_up_word"]


def schema(name):
    return jsonschema.Draft202012Validator(json.loads((CONTRACT / f"{name}.schema.json").read_text()))


class McpTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory())).resolve()
        self.folder = self.home / "recordings"
        self.folder.mkdir()
        shutil.copy(SAMPLES / CLIP, self.folder)
        shutil.copy(SAMPLES / CLIP, self.home / "outside.opus")
        self.environment = os.environ | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self.last = 0

    def start(self, *options):
        self.errors = self.enterContext(tempfile.TemporaryFile())
        self.program = self.enterContext(
            subprocess.Popen(
                [PROGRAM, "mcp", *map(str, options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                env=self.environment,
                cwd=self.folder,
            )
        )
        self.addCleanup(self.program.kill)

    def end(self):
        """After the end of its input the program ends by itself, and says no more."""
        self.program.stdin.close()
        self.assertEqual(self.program.stdout.read(), b"")
        self.assertEqual(self.program.wait(PATIENCE), 0)
        self.errors.seek(0)
        return self.errors.read().decode()

    def send(self, line: bytes):
        self.program.stdin.write(line + b"\n")
        self.program.stdin.flush()

    def receive(self):
        line = self.program.stdout.readline()
        self.assertTrue(line.endswith(b"\n"), line)
        return json.loads(line)

    def ask(self, method, **params):
        self.last += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}).encode())
        reply = self.receive()
        self.assertEqual((reply["jsonrpc"], reply["id"]), ("2.0", self.last))
        return reply

    def initialize(self, version=NEWEST, *options):
        self.start(*options)
        client = {"name": "test", "version": "1"}
        result = self.ask("initialize", protocolVersion=version, capabilities={}, clientInfo=client)["result"]
        self.send(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')
        return result

    def tools(self):
        return {tool["name"]: tool for tool in self.ask("tools/list")["result"]["tools"]}

    def call(self, tool, **arguments):
        """What a tool says, and its document, which is as it was described."""
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        self.assertNotIn("isError", result)
        (content,) = result["content"]
        self.assertEqual(content["type"], "text")
        document = result["structuredContent"]
        jsonschema.Draft202012Validator(self.tools()[tool]["outputSchema"]).validate(document)
        return content["text"], document

    def refused(self, tool, **arguments):
        """The one line of a call that fails."""
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        self.assertIs(result["isError"], True)
        (content,) = result["content"]
        self.assertNotIn("\n", content["text"])
        return content["text"]

    def test_client_and_server_agree_on_a_version_and_on_tools(self):
        result = self.initialize()
        self.assertEqual(result["protocolVersion"], NEWEST)
        self.assertEqual(result["serverInfo"]["name"], "euphone")
        self.assertIn("tools", result["capabilities"])
        tools = self.tools()
        self.assertEqual(list(tools), ALWAYS, "there is no store, so nobody can be listed")
        for tool in tools.values():
            for key in ("inputSchema", "outputSchema"):
                jsonschema.Draft202012Validator.check_schema(tool[key])
                self.assertEqual(tool[key]["type"], "object")
            self.assertTrue(tool["description"])
        self.assertEqual([t for t, tool in tools.items() if not tool["annotations"]["readOnlyHint"]], ["analyze_recording"])
        self.assertEqual(self.ask("ping")["result"], {})
        self.assertEqual(self.end(), "")

    def test_older_versions_get_text_alone(self):
        for version, answered in (("2025-03-26", "2025-03-26"), ("2024-11-05", "2024-11-05"), ("2031-01-01", NEWEST)):
            with self.subTest(version):
                self.assertEqual(self.initialize(version)["protocolVersion"], answered)
                if answered != NEWEST:
                    result = self.ask("tools/call", name="look_up_word", arguments={"word": "sheep"})["result"]
                    self.assertEqual(list(result), ["content"])
                    self.assertNotIn("outputSchema", self.tools()["explain"])
                self.end()

    def test_a_recording_is_scored_in_few_words_and_as_the_whole_document(self):
        self.initialize()
        for path in (CLIP, self.folder / CLIP, f"../recordings/{CLIP}"):
            text, document = self.call("analyze_recording", path=str(path), text=TEXT)
            schema("analysis").validate(document)
            self.assertEqual((document["verdict"], document["id"]), ("scored", Path(CLIP).stem))
            self.assertIn(f"total {document['scores']['total']:.0f}", text)
            wrong = [word for word in document["words"] if word["band"] in ("hard_to_understand", "not_as_written")]
            self.assertTrue(wrong)
            for word in wrong:
                self.assertIn(word["text"], text.lower())
            for advice in document["feedback"]["advice"]:
                self.assertIn(advice["text"], text)
            self.assertLess(len(text), 2000)
        text, document = self.call("analyze_recording", path=CLIP, text="The quick brown fox jumps over the lazy dog.")
        self.assertEqual(document["verdict"], "wrong_text")
        self.assertIn("not scored", text)
        self.assertFalse((self.home / "data").exists(), "nobody was named, so nothing is kept")
        self.end()

    def test_what_a_learner_reads_is_kept_and_used(self):
        self.initialize()
        self.assertEqual(list(self.tools()), ALWAYS)
        self.last += 1
        call = {"name": "analyze_recording", "arguments": {"path": CLIP, "text": TEXT, "learner": "Ana"}}
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": "tools/call", "params": call}).encode())
        self.assertEqual(self.receive()["result"]["structuredContent"]["verdict"], "scored")
        self.assertEqual(self.receive(), {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})
        self.assertEqual(list(self.tools()), [*ALWAYS, "list_learners"])
        text, document = self.call("list_learners")
        self.assertEqual(document["learners"], [{"name": "Ana", "first_language": "", "recordings": 1}])
        self.assertEqual(text, "Ana: 1 recording\n")
        _, document = self.call("plan_practice", learner="Ana")
        schema("practice").validate(document)
        self.assertEqual(document["learner"], "Ana")
        text, document = self.call("explain", question="How do I make the th sound?", learner="Ana")
        self.assertTrue(document["record"][0].startswith("TH: said "), document["record"])
        self.assertIn(document["record"][0], text)
        self.assertIn("Zoë", self.refused("explain", question="th?", learner="Zoë"))
        self.assertIn("made a store", self.end())

    def test_an_answer_names_its_sources(self):
        self.initialize()
        text, document = self.call("explain", question="Why do I say 'sink' for 'think'?")
        self.assertTrue(document["answered"])
        for part in document["answer"]:
            self.assertIn(f"[{part['passage']}]", text)
            for line in part["lines"]:
                self.assertIn(line, text)
        asked = subprocess.run(
            [PROGRAM, "ask", "--json", "Why do I say 'sink' for 'think'?"], capture_output=True, check=True, env=self.environment
        )
        self.assertEqual(document, json.loads(asked.stdout))
        text, document = self.call("explain", question="How long do I boil an egg?")
        self.assertEqual((document["answered"], document["answer"]), (False, []))
        self.assertIn("Nothing", text)
        self.end()

    def test_a_drill_is_planned_as_the_program_plans_it(self):
        self.initialize()
        text, document = self.call("plan_practice", sound="TH", against="S", count=6)
        schema("practice").validate(document)
        command = [PROGRAM, "practice", "--json", "--sound", "TH", "--against", "S", "--count", "6"]
        self.assertEqual(document, json.loads(subprocess.run(command, capture_output=True, check=True, env=self.environment).stdout))
        for item in document["drill"]["items"]:
            self.assertIn(item["words"][0]["text"] if item["words"] else item["text"], text)
        self.assertIn("'XX'", self.refused("plan_practice", sound="XX"))
        self.assertIn("against needs sound", self.refused("plan_practice", against="S"))
        self.assertIn("store", self.refused("plan_practice", learner="Ana"))
        self.end()

    def test_words_are_looked_up(self):
        self.initialize()
        text, document = self.call("look_up_word", word="photograph zorblaxing")
        words = {word["word"]: word["pronunciations"] for word in document["words"]}
        self.assertEqual(words["photograph"][0]["origin"], "dictionary")
        self.assertEqual(words["zorblaxing"][0]["origin"], "guessed")
        self.assertIn(words["photograph"][0]["ipa"], text)
        self.assertIn("word", self.refused("look_up_word", word="…"))
        self.end()

    def test_only_files_in_the_folder_are_read(self):
        (self.folder / "link.opus").symlink_to(self.home / "outside.opus")
        (self.folder / "notes.txt").write_text("not a recording")
        for options, working in (((), True), (("--root", self.home), False)):
            self.initialize(NEWEST, *options)
            for path in (self.home / "outside.opus", "../outside.opus", "link.opus", "/etc/passwd", "/etc/none"):
                within = not working and "etc" not in str(path)
                if within:
                    self.call("analyze_recording", path=str(path), text=TEXT)
                else:
                    self.assertIn("outside of", self.refused("analyze_recording", path=str(path), text=TEXT))
            self.assertIn("no such file", self.refused("analyze_recording", path="none.wav", text=TEXT))
            self.assertIn("notes.txt", self.refused("analyze_recording", path="notes.txt", text=TEXT))
            self.assertTrue(self.refused("analyze_recording", path=".", text=TEXT))
            self.assertTrue(self.refused("analyze_recording", path="x\0y", text=TEXT))
            self.assertTrue(self.refused("analyze_recording", path=CLIP, text=" "))
            self.assertTrue(self.refused("analyze_recording", path=CLIP, text="{open|"))
            self.end()

    def test_calls_that_make_no_sense_name_the_argument(self):
        self.initialize()
        for tool, arguments, named in (
            ("analyze_recording", {"path": CLIP}, "text"),
            ("analyze_recording", {"path": 3, "text": TEXT}, "path"),
            ("analyze_recording", {"path": CLIP, "text": TEXT, "format": "csv"}, "format"),
            ("explain", {}, "question"),
            ("plan_practice", {"count": 0}, "count"),
            ("plan_practice", {"count": "6"}, "count"),
            ("look_up_word", {"word": "a" * 201}, "word"),
            ("list_learners", {}, "name"),
            ("no_such_tool", {}, "name"),
        ):
            error = self.ask("tools/call", name=tool, arguments=arguments)["error"]
            self.assertEqual(error["code"], -32602)
            self.assertIn(f"'{named}'", error["message"])
        self.assertEqual(self.ask("resources/list")["error"]["code"], -32601)
        self.end()

    def test_garbage_is_answered_and_the_stream_goes_on(self):
        self.initialize()
        for line, code in (
            (b"hello", -32700),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "ping"', -32700),
            (b"\xff\xfe\x00", -32700),
            (b"[" * 100_000, -32700),
            (b"[]", -32600),
            (b"7", -32600),
            (b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]', -32600),
            (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600),
            (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": "' + b"x" * (9 << 20) + b'"}', -32600),
        ):
            self.send(line)
            reply = self.receive()
            self.assertEqual((reply["id"], reply["error"]["code"]), (None, code), line[:40])
            self.assertEqual(self.ask("ping")["result"], {})
        for silent in (
            b"",
            b"   ",
            b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}',
            b'{"jsonrpc": "2.0", "id": 9, "result": {}}',
        ):
            self.send(silent)
        self.assertEqual(self.ask("ping")["result"], {})
        self.assertEqual(self.end(), "")

    def test_the_last_line_needs_no_end_and_several_may_come_at_once(self):
        self.start()
        ping = b'{"jsonrpc": "2.0", "id": %d, "method": "ping"}'
        output, _ = self.program.communicate(ping % 1 + b"\r\n" + ping % 2 + b"\n" + ping % 3, timeout=PATIENCE)
        self.assertEqual([json.loads(line)["id"] for line in output.splitlines()], [1, 2, 3])
        self.assertEqual(self.program.returncode, 0)

    def test_an_interrupt_ends_it_like_the_end_of_its_input(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            self.initialize()
            self.program.send_signal(how)
            self.assertEqual(self.program.wait(PATIENCE), 0)
            self.assertEqual(self.program.stdout.read(), b"")

    def test_mistakes_on_the_command_line_are_told_on_standard_error(self):
        for arguments, status in ((("--root", self.home / "none"), 2), (("--model", "none"), 2)):
            done = subprocess.run([PROGRAM, "mcp", *map(str, arguments)], input=b"", capture_output=True, check=False, env=self.environment)
            self.assertEqual((done.returncode, done.stdout, done.stderr.count(b"\n")), (status, b"", 1), done.stderr)


if __name__ == "__main__":
    unittest.main()
