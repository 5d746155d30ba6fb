#!/usr/bin/env python3
"""Whether Anki itself takes in a deck that Euphone made of the sample recordings, as `./dev verify anki` asks it: needs the package anki.
Argument: the program."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.buildinfo import version
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def make_deck(program: str, home: Path) -> Path:
    environment = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}

    def run(*arguments):
        subprocess.run([program, *map(str, arguments)], env=environment, check=True, capture_output=True)

    for line in (SAMPLES / "demo.tsv").read_text().splitlines():
        if not line.startswith("#"):
            audio, text = line.split("\t")
            run("analyze", SAMPLES / audio, "--text", text, "--learner", "Ana", "--format", "json")
    deck = home / "words.apkg"
    run("store", "export", "--learner", "Ana", "--anki", deck)
    return deck


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        deck = make_deck(sys.argv[1], home)
        collection = Collection(str(home / "collection.anki2"))
        request = ImportAnkiPackageRequest(package_path=str(deck), options=ImportAnkiPackageOptions())
        notes = [collection.get_note(note.id.nid) for note in collection.import_anki_package(request).log.new]
        sounds = set(os.listdir(collection.media.dir()))
        assert notes, "nothing was taken in"
        for note in notes:
            card = note.cards()[0]
            assert note["Word"] in card.question() and note["Sentence"] in card.question(), card.question()
            assert len(card.answer_av_tags()) == 1 and card.answer_av_tags()[0].filename in sounds, note["Sound"]
        again = collection.import_anki_package(request).log
        assert not again.new and len(again.duplicate) + len(again.updated) == len(notes), "a second time nothing is new"
        _, sound = collection.fix_integrity()
        missing = list(collection.media.check().missing)
        assert sound and not missing, missing
        print(json.dumps({"anki": version, "notes": len(notes), "sounds": len(sounds)}))
        collection.close()


if __name__ == "__main__":
    main()
