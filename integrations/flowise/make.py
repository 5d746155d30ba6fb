#!/usr/bin/env python3
"""Makes what Flowise imports out of source/ and chatflow.json: a file in tools/ for its Tools page each, and all.json for Settings, Import.

With --check: whether the files are what would be made.
"""

import json
import sys
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUESTION = ("question", "The question, in English and whole: 'why do I say sink for think?'", True)
SOUND = ("sound", "In ARPAbet, such as TH, instead of the sound that is due", False)
TOOLS = {
    "ask_tutor": (
        "Asks the pronunciation tutor how an English sound is made, why sounds are mixed up, about stress and rhythm, and what the "
        "learner's own readings say of that. It quotes its articles; answer out of nothing else.",
        [QUESTION],
    ),
    "look_up_word": ("How English words are said, in IPA and ARPAbet.", [("word", "A word, or a few", True)]),
    "progress": ("How much the learner has read, and which sounds and words go worst.", []),
    "drills": (
        "What the learner should practise now: words, pairs of words and sentences to read aloud.",
        [SOUND, ("against", "With sound: the one that it is mixed up with, in ARPAbet", False)],
    ),
}
# What the tools read: their names in Flowise's page Variables.
VARIABLES = {"EUPHONE_URL": "http://127.0.0.1:8765", "EUPHONE_LEARNER": ""}


def identity(kind: str, name: str) -> str:
    """The same whenever it is made, so that a chatflow can name a tool."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:euphone:flowise:{kind}:{name}"))


def tool(name: str) -> dict:
    description, properties = TOOLS[name]
    keys = ("property", "description", "required")
    schema = [{"id": number, **dict(zip(keys, one, strict=True)), "type": "string"} for number, one in enumerate(properties, 1)]
    func = "".join((HERE / "source" / f"{part}.js").read_text() for part in ("call", name))
    look = {"color": "linear-gradient(rgb(31,111,139), rgb(20,60,90))", "iconSrc": ""}
    return {"name": f"euphone_{name}", "description": description, **look, "schema": json.dumps(schema), "func": func}


def everything() -> dict:
    flow = (HERE / "chatflow.json").read_text()
    chatflow = {
        "id": identity("chatflow", "tutor"),
        "name": "Euphone's tutor",
        "flowData": json.dumps(json.loads(flow)),
        "type": "CHATFLOW",
    }
    variables = [{"id": identity("variable", name), "name": name, "value": value, "type": "static"} for name, value in VARIABLES.items()]
    return {"ChatFlow": [chatflow], "Tool": [{"id": identity("tool", name)} | tool(name) for name in TOOLS], "Variable": variables}


def files() -> dict[Path, str]:
    made = {HERE / "tools" / f"euphone_{name}.json": tool(name) for name in TOOLS} | {HERE / "all.json": everything()}
    return {path: json.dumps(document, indent=2, ensure_ascii=False) + "\n" for path, document in made.items()}


def main() -> int:
    if sys.argv[1:] != ["--check"]:
        for path, text in files().items():
            path.write_text(text)
        return 0
    old = [path.name for path, text in files().items() if not path.is_file() or path.read_text() != text]
    if old:
        print("not what make.py makes; run it:", *old)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
