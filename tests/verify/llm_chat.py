#!/usr/bin/env python3
"""Whether `euphone chat` talks with real servers, as `./dev verify llm` asks it: FastChat's three programs and llama.cpp's.

Arguments: the program, the folder of build/deps/llm with the model and both environments, the page to write.
"""

import argparse
import datetime
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from llm_servers import NAME, FastChat, LlamaCpp, Server

OF_TIP = "How do I make the th sound?"
FOLLOWING = ("And what do I do with my lips?", "Give me words to practise with.")
PACKAGES = {
    "fastchat": ("fschat", "pydantic", "fastapi", "transformers", "torch"),
    "llama": ("llama_cpp_python", "pydantic", "fastapi"),
}


class Chat:
    """`euphone chat` against one server, in a home of its own."""

    def __init__(self, program: Path, server: Server, home: Path):
        self.server = server
        self.command = [str(program), "chat", "--llm", server.url, "--llm-model", NAME]
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("EUPHONE_")}
        self.environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        self.home = home

    def begin(self, *options: str) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([*self.command, *options], env=self.environment, cwd=self.home, **pipes)

    def run(self, text: str, *options: str, code: int = 0) -> tuple[str, str]:
        """What it writes and what it complains of. Raises AssertionError where it ends otherwise."""
        process = self.begin(*options)
        out, err = (data.decode() for data in process.communicate(text.encode(), timeout=120))
        assert process.returncode == code, f"it ended with {process.returncode}, not {code}: {out[-300:]} {err}"
        return out, err

    def replies(self, text: str, *options: str) -> list[dict]:
        return [json.loads(line) for line in self.run(text, "--json", *options)[0].splitlines()]

    def complaint(self, text: str, *options: str) -> str:
        err = self.run(text, *options, code=1)[1].strip()
        assert err.startswith("euphone: ") and "\n" not in err, f"no single line of the program: {err}"
        return f"“{err.removeprefix('euphone: ').replace(self.server.url, 'URL')}”, status 1"

    def long_reply(self, *options: str) -> tuple[subprocess.Popen, bytes]:
        """One that goes on as long as the model can write, and its beginning: so hot, it hardly finds the end."""
        process = self.begin("--temperature", "2", "--no-tools", *options)
        process.stdin.write(f"{OF_TIP}\n".encode())
        process.stdin.close()
        process.stdin = None
        return process, os.read(process.stdout.fileno(), 4096)


# What is tried. Each says what came out, or raises AssertionError.


def it_lists_its_model(chat: Chat) -> str:
    assert NAME in chat.server.models()
    return ", ".join(chat.server.models())


def text_comes_as_it_is_written(chat: Chat) -> str:
    process = chat.begin("--temperature", "0")
    began = time.monotonic()
    process.stdin.write(f"{OF_TIP}\n".encode())
    process.stdin.close()
    pieces, first = [], 0.0
    while piece := os.read(process.stdout.fileno(), 4096):
        first = first or time.monotonic() - began
        pieces.append(piece)
    assert process.wait(60) == 0, process.stderr.read().decode()
    assert len(pieces) > 2, f"it came in {len(pieces)} pieces"
    total = time.monotonic() - began
    return f"{len(b''.join(pieces).decode().split())} words in {len(pieces)} pieces, first after {first:.2f} s, last after {total:.2f} s"


def a_talk_has_several_turns(chat: Chat) -> str:
    replies = chat.replies("\n".join([OF_TIP, *FOLLOWING, ""]), "--temperature", "0", "--max-tokens", "40")
    assert len(replies) == 3 and all(reply["reply"] and not reply["cut"] for reply in replies), replies
    return f"{len(replies)} replies: " + ", ".join(reply["finish_reason"] for reply in replies)


def what_it_used_is_told(chat: Chat) -> str:
    (reply,) = chat.replies(f"{OF_TIP}\n", "--temperature", "0", "--max-tokens", "12", "--no-tools")
    assert reply["first_token_ms"] > 0 and reply["total_ms"] >= reply["first_token_ms"], reply
    usage = reply["usage"]
    if usage is None:
        return "the server tells no tokens while it streams: `usage` is null, times are ours"
    assert usage["prompt_tokens"] > 100 and 0 < usage["completion_tokens"] <= 13, usage
    return f"{usage['prompt_tokens']} tokens read, {usage['completion_tokens']} written"


def the_longest_reply_is_kept_to(chat: Chat) -> str:
    (reply,) = chat.replies(f"{OF_TIP}\n", "--temperature", "0", "--max-tokens", "12", "--no-tools")
    assert reply["finish_reason"] == "length" and len(reply["reply"].split()) <= 12, reply
    return f"`--max-tokens 12`: {len(reply['reply'].split())} words, `length`"


def at_temperature_0_it_repeats_itself(chat: Chat) -> str:
    said = {chat.replies(f"{OF_TIP}\n", "--temperature", "0")[0]["reply"] for _ in range(3)}
    assert len(said) == 1, said
    return f"3 times: “{said.pop()[:60]}…”"


def the_system_message_reaches_it(chat: Chat) -> str:
    tokens = []
    for system in ("/system Be brief.\n", "/system " + "Be brief. " * 60 + "\n"):
        (reply,) = chat.replies(f"{system}{OF_TIP}\n", "--temperature", "0", "--max-tokens", "12", "--no-tools")
        tokens.append((reply["usage"] or {}).get("prompt_tokens"))
    if None in tokens:
        return "taken; whether it was read cannot be seen without a count of tokens"
    assert tokens[1] > tokens[0] + 60, tokens
    return f"`/system`: {tokens[0]} tokens read with a short one, {tokens[1]} with a long one"


def commands_do_what_they_say(chat: Chat) -> str:
    file = chat.home / "talk.json"
    text = f"/temperature 0\n{OF_TIP}\n/regen\n{FOLLOWING[0]}\n/remove\n/history\n/save {file}\n/reset\n/history\n/exit\nnever sent\n"
    out, _ = chat.run(text, "--max-tokens", "20", "--no-tools")
    first, again = out.splitlines()[0], out.splitlines()[1]
    assert first == again, "/regen at temperature 0 says something else"
    assert out.count(f"You: {OF_TIP}") == 1 and f"You: {FOLLOWING[0]}" not in out and "nothing was said yet" in out, out
    loaded, _ = chat.run(f"/load {file}\n/history\n")
    assert f"You: {OF_TIP}\nTutor: {first}" in loaded, loaded
    return "`/temperature` `/regen` `/remove` `/history` `/save` `/reset` `/exit`, then `/load` in another talk"


def fastchats_own_talk_is_read(chat: Chat) -> str:
    if not isinstance(chat.server, FastChat):
        return "–"
    file = chat.home / "fastchat.json"
    chat.server.saved_talk(OF_TIP, file)
    out, _ = chat.run(f"!!load {file}\n/history\n{FOLLOWING[0]}\n!!exit\n", "--temperature", "0", "--max-tokens", "20")
    assert f"You: {OF_TIP}\nTutor: " in out, out
    return "saved by `fastchat.serve.cli` (`!!save`), loaded here (`!!load`), and talked on"


def tools_are_offered(chat: Chat) -> str:
    (reply,) = chat.replies(f"{OF_TIP}\n", "--temperature", "0", "--max-tokens", "20")
    return f"taken, and the reply comes; the model called {', '.join(reply['tools']) or 'none (it knows of none)'}"


def ask_answers_whatever_it_writes(chat: Chat) -> str:
    """`euphone ask`, which shows nothing of a model that its rules object to."""
    command = [chat.command[0], "ask", OF_TIP, *chat.command[2:], "--json"]
    done = subprocess.run(command, env=chat.environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert reply["answer"], done.stdout[:300]
    if "composed" in reply:
        return f"`euphone ask`: “{reply['composed']['text'][:200]}”"
    assert "the server" not in reply["rejected"], reply["rejected"]
    return f"`euphone ask` has it write, finds that {reply['rejected'].replace(chat.server.url, 'URL')}, and quotes instead"


def another_model_is_refused(chat: Chat) -> str:
    if isinstance(chat.server, LlamaCpp):
        (reply,) = chat.replies(f"/model nobody\n{OF_TIP}\n", "--temperature", "0", "--max-tokens", "12")
        return f"not by this server, which has one model and answers by it, whatever the name: {len(reply['reply'].split())} words"
    return chat.complaint(f"/model nobody\n{OF_TIP}\n")


def a_text_that_is_too_long_is_refused(chat: Chat) -> str:
    return chat.complaint("tongue " * 3000 + "\n", "--no-tools")


def ctrl_c_stops_a_reply(chat: Chat) -> str:
    process, begun = chat.long_reply()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and begun, f"{process.returncode}: {err.decode()}"
    (after,) = chat.replies(f"{OF_TIP}\n", "--temperature", "0", "--max-tokens", "12")
    assert after["reply"]
    words = len((begun + out).decode().split())
    return f"after {words} of its words; status 130; the next talk is answered in {after['total_ms'] / 1000:.1f} s"


def a_server_that_dies_is_told_of(chat: Chat) -> str:
    """The last that is tried: the program that computes is killed while it writes."""
    process, begun = chat.long_reply()
    chat.server.kill(1 if isinstance(chat.server, FastChat) else -1)
    out, err = process.communicate(timeout=120)
    line = err.decode().strip()
    assert process.returncode == 1 and begun and line.startswith("euphone: ") and "\n" not in line, f"{process.returncode}: {line}"
    words = len((begun + out).decode().split())
    return f"what came is shown ({words} of its words), then “{line.removeprefix('euphone: ').replace(chat.server.url, 'URL')}”, status 1"


def a_server_that_is_gone_is_told_of(chat: Chat) -> str:
    return chat.complaint(f"{OF_TIP}\n")


TRIED = (
    it_lists_its_model,
    text_comes_as_it_is_written,
    a_talk_has_several_turns,
    what_it_used_is_told,
    the_longest_reply_is_kept_to,
    at_temperature_0_it_repeats_itself,
    the_system_message_reaches_it,
    commands_do_what_they_say,
    fastchats_own_talk_is_read,
    tools_are_offered,
    ask_answers_whatever_it_writes,
    another_model_is_refused,
    a_text_that_is_too_long_is_refused,
    ctrl_c_stops_a_reply,
    a_server_that_dies_is_told_of,
    a_server_that_is_gone_is_told_of,
)


def try_all(program: Path, server: Server, home: Path) -> dict[str, tuple[bool, str]]:
    """By name: whether it went well, and what came out."""
    found = {}
    chat = Chat(program, server, home)
    try:
        server.start()
        for trial in TRIED:
            began = time.monotonic()
            try:
                found[trial.__name__] = (True, trial(chat))
            except (AssertionError, subprocess.TimeoutExpired, ValueError) as error:
                found[trial.__name__] = (False, " ".join(str(error).split()) or "failed")
            well, said = found[trial.__name__]
            print(f"{server.title}: {'ok' if well else 'FAILED'} {trial.__name__} ({time.monotonic() - began:.1f} s): {said}", flush=True)
    finally:
        server.stop()
    return found


def versions(folder: Path, side: str) -> dict[str, str]:
    names = list(PACKAGES[side])
    code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {names}}}))"
    return json.loads(subprocess.run([folder / side / "bin/python", "-c", code], capture_output=True, text=True, check=True).stdout)


def page(results: dict[str, dict], told: dict[str, dict[str, str]], model: dict) -> str:
    """The committed record of the last run."""
    titles = list(results)
    lines = ["# What real servers made of `euphone chat`", "", "Written by `./dev verify llm`, which tries all of this anew.", ""]
    lines += ["| | |", "| --- | --- |", f"| run | {datetime.date.today().isoformat()}, {platform.system()} {platform.machine()} |"]
    lines += [f"| {title} | {', '.join(f'{name} {version}' for name, version in told[title].items())} |" for title in titles]
    lines += [f"| model | {NAME}: {model['parameters']} parameters, {model['text']} ([what it is](../models/tutor-lm.md)) |", ""]
    tried = [well for found in results.values() for well, said in found.values() if said != "–"]
    went, of = sum(tried), len(tried)
    lines += [f"{went} of {of} went well. What the model says is of no use; that it comes, in order and whole, is what is tried.", ""]
    lines += [f"| tried | {' | '.join(titles)} |", "| --- |" + " --- |" * len(titles)]
    for trial in TRIED:
        cells = []
        for title in titles:
            well, said = results[title].get(trial.__name__, (False, "not tried"))
            cells.append(("" if well else "**failed**: ") + said.replace("|", "\\|"))
        lines.append(f"| {trial.__name__.replace('_', ' ')} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("page", type=Path)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))  # As Ctrl-C: what was started is ended.
    folder, export = args.folder.resolve(), args.folder.resolve() / "model/export"
    results, told = {}, {}
    for side, kind, model in (("fastchat", FastChat, export / NAME), ("llama", LlamaCpp, export / f"{NAME}-q8_0.gguf")):
        with tempfile.TemporaryDirectory(prefix="euphone-llm-") as home:
            server = kind(folder / side / "bin/python", model, Path(home))
            results[server.title] = try_all(args.program.resolve(), server, Path(home))
            told[server.title] = versions(folder, side)
    text = json.loads((folder / "model/texts.json").read_text())
    size = (export / f"{NAME}-f32.gguf").stat().st_size
    about = {"parameters": f"{size / 4e6:.1f} million", "text": f"trained on {text['train tokens']:,} tokens of this project's text"}
    args.page.write_text(page(results, told, about), encoding="utf-8")
    failed = [name for found in results.values() for name, (well, _) in found.items() if not well]
    print(f"wrote {args.page}; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as error:
        sys.exit(f"error: {error}")
