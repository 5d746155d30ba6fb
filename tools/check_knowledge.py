#!/usr/bin/env python3
"""Fails on what docs/formats/knowledge.md does not allow in data/knowledge.

Arguments: the root; cmudict.dict, without which no word is looked up. Also imported for `read`, which a topic is read with.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

FOLDERS = {"sounds": "sound", "contrasts": "contrast", "languages": "language", "prosody": "prosody"}
LEAST = {"sound": 39, "contrast": 60, "language": 10, "prosody": 10}
KEYS = {  # kind: (needed, allowed too)
    "sound": ({"id", "title", "phones", "words", "sources"}, {"languages"}),
    "contrast": ({"id", "title", "phones", "load", "pairs", "sources"}, {"languages"}),
    "language": ({"id", "title", "names", "languages", "sources"}, set()),
    "prosody": ({"id", "title", "sources"}, {"languages", "phones", "words"}),
}
SECTIONS = {  # kind: {section: least number of items}; those of a contrast follow from its phones
    "sound": {"How it is made": 3, "When it is left out": 2, "Spelling": 1},
    "language": {"Sounds": 3, "Syllables": 2, "Rhythm and tone": 2},
    "prosody": {"Tips": 3},
}
ADDED = "When something is added after it"  # a sound may have it too
FACTS = {"Spelling", *SECTIONS["language"]}  # sections whose items are no tips
TIP_CHARACTERS, WORDS, PAIRS, SOUND_WORDS = 140, (60, 140), (3, 6), (6, 12)

VOICE = re.compile(r"\bvoice|\bbuzz|\bhum(s|ming)?\b|\btrembl|\bvibrat", re.I)
NO_VOICE = re.compile(
    r"\b(without|no|off|stop|lose) (your |the |any )*(voice|buzz)|voice (off|stop)|whisper|only (air|breath)|air only", re.I
)
NEGATED = re.compile(r"\b(no|not|never|without|nothing|stops?|off|less|before)\b|n't\b", re.I)


@dataclass
class Topic:
    keys: dict[str, str] = field(default_factory=dict)
    text: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def list(self, key: str) -> list[str]:
        return [item for item in self.keys.get(key, "").split(", ") if item]


def read(path: Path) -> Topic:
    """A ValueError tells what is wrong with the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[:1] != ["---"] or "---" not in lines[1:]:
        raise ValueError("does not begin with front matter between two lines ---")
    end, topic, section = lines.index("---", 1), Topic(), None
    for line in lines[1:end]:
        key, colon, value = line.partition(": ")
        if not colon or not key.isidentifier() or not value.strip() or key in topic.keys:
            raise ValueError(f"`{line}` is no `key: value`, or its key is there twice")
        topic.keys[key] = value.strip()
    for line in lines[end + 1 :]:
        if line.startswith("## "):
            if line[3:] in topic.sections:
                raise ValueError(f"section `{line[3:]}` is there twice")
            section = topic.sections.setdefault(line[3:], [])
        elif line.startswith("? "):
            topic.asked.append(line[2:])
        elif section is None:
            topic.text += line + "\n"
        elif line.startswith("- "):
            section.append(line[2:])
        elif line:
            raise ValueError(f"`{line}` stands in a section and is no item `- …` and no question `? …`")
    return topic


def pronunciations(dictionary: Path) -> dict[str, list[list[str]]]:
    """All of each word, without stress digits."""
    words: dict[str, list[list[str]]] = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, *phones = line.split("#")[0].split()
        words.setdefault(re.sub(r"\(\d+\)$", "", word), []).append([phone.rstrip("012") for phone in phones])
    return words


def voice_fault(tip: str, voiced: bool) -> str:
    """What a tip for a sound with or without voice says against the table of phones."""
    parts = re.split(r"[.;:,]| and ", tip)
    if voiced:
        return "takes the voice from a voiced sound" if any(map(NO_VOICE.search, parts)) else ""
    wrong = any(VOICE.search(part) for part in parts if not NEGATED.search(part))
    return "adds voice to a voiceless sound" if wrong else ""


class Base:
    def __init__(self, root: Path, dictionary: Path | None):
        self.root, self.folder = root, root / "data/knowledge"
        self.words = pronunciations(dictionary) if dictionary else None
        table = json.loads((root / "contract/phones.en-us.json").read_text(encoding="utf-8"))["phones"]
        self.voiced = {phone["arpabet"]: phone.get("voiced", True) for phone in table}
        listing = self.folder / "sources.md"
        listed = listing.read_text(encoding="utf-8") if listing.is_file() else ""
        self.sources = set(re.findall(r"^- `(\w+)`", listed, re.M))
        self.tips: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.asked: dict[str, str] = {}
        self.counts = dict.fromkeys(KEYS, 0)

    def problems(self):
        used: set[str] = set()
        for path in sorted(self.folder.rglob("*.md")):
            name = path.relative_to(self.root).as_posix()
            if path == self.folder / "sources.md":
                continue
            kind = FOLDERS.get(path.parent.name) if path.parent.parent == self.folder else None
            if not kind:
                yield f"{name}: is in none of the folders {', '.join(FOLDERS)}"
                continue
            self.counts[kind] += 1
            try:
                topic = read(path)
            except (ValueError, UnicodeDecodeError) as error:
                yield f"{name}: {error}"
                continue
            used.update(topic.list("sources"))
            yield from (f"{name}: {fault}" for fault in self.faults(kind, path.stem, topic, name))
        yield from (f"data/knowledge/sources.md: nobody cites {source}" for source in sorted(self.sources - used))
        for folder, kind in FOLDERS.items():
            if self.counts[kind] < LEAST[kind]:
                yield f"data/knowledge/{folder}: {self.counts[kind]} topics, at least {LEAST[kind]} are wanted"
        for phone in self.voiced:
            if not (self.folder / f"sounds/{phone.lower()}.md").is_file():
                yield f"data/knowledge/sounds/{phone.lower()}.md: is not there"

    def faults(self, kind: str, stem: str, topic: Topic, name: str):
        needed, more = KEYS[kind]
        yield from (f"has no `{key}`" for key in sorted(needed - topic.keys.keys()))
        yield from (f"`{key}` is no key of a {kind}" for key in sorted(topic.keys.keys() - needed - more))
        if topic.keys.get("id") != f"{kind}/{stem}":
            yield f"its id is {topic.keys.get('id')}, not {kind}/{stem}"
        yield from (f"sources.md does not list {source}" for source in topic.list("sources") if source not in self.sources)
        for language in topic.list("languages"):
            if not (self.folder / f"languages/{language}.md").is_file():
                yield f"there is no languages/{language}.md"
        phones = topic.list("phones")
        if sorted(phones) != phones or (kind in ("sound", "contrast") and "-".join(phones).lower() != stem):
            yield f"its phones are {', '.join(phones) or 'none'}, not those of its name in alphabetical order"
            return
        if unknown := [phone for phone in phones if phone not in self.voiced]:
            yield f"{', '.join(unknown)} is no phone"
            return
        if not WORDS[0] <= (length := len(topic.text.split())) <= WORDS[1]:
            yield f"explains in {length} words, not in {WORDS[0]} to {WORDS[1]}"
        yield from self.section_faults(kind, phones, topic, name)
        for question in topic.asked:
            if len(question) > TIP_CHARACTERS or question in self.asked:
                yield f"question `{question}` is too long, or in {self.asked.get(question, 'no other file')} too"
            self.asked[question] = name
        if kind == "contrast":
            yield from self.contrast_faults(phones, topic)
        if kind == "sound":
            yield from self.sound_faults(phones[0], topic)
        if kind == "language":
            yield from self.name_faults(topic, name)

    def section_faults(self, kind: str, phones: list[str], topic: Topic, name: str):
        wanted = SECTIONS.get(kind, {})
        if kind == "contrast":
            wanted = {f"When {a} is said as {b}": 3 for a, b in (phones, phones[::-1])}
        allowed = wanted.keys() | ({ADDED} if kind == "sound" else set())
        yield from (f"has no section `{section}`" for section in wanted if section not in topic.sections)
        for section, items in topic.sections.items():
            if section not in allowed:
                yield f"`{section}` is no section of a {kind}"
            elif len(items) < wanted.get(section, 1):
                yield f"section `{section}` has {len(items)} items, at least {wanted.get(section, 1)} are wanted"
            for tip in [] if section in FACTS else items:
                if len(tip) > TIP_CHARACTERS:
                    yield f"{len(tip)} characters are too many for a tip: {tip}"
                if first := self.tips.get(same := re.sub(r"\W+", " ", tip.lower()).strip()):
                    yield f"{first} gives this tip too: {tip}"
                self.tips.setdefault(same, name)
                if fault := self.voice(kind, section, phones, tip):
                    yield f"`{section}` {fault}: {tip}"

    def voice(self, kind: str, section: str, phones: list[str], tip: str) -> str:
        if said := re.fullmatch(r"When (\w+) is said as (\w+)", section):
            if set(said.groups()) == set(phones):
                return voice_fault(tip, self.voiced[said[1]])
        elif kind == "sound" and section != ADDED:
            return voice_fault(tip, self.voiced[phones[0]])
        return ""

    def contrast_faults(self, phones: list[str], topic: Topic):
        if topic.keys.get("load") not in ("low", "medium", "high"):
            yield f"load is {topic.keys.get('load')}, not low, medium or high"
        pairs = [pair.split("/") for pair in topic.list("pairs")]
        if not PAIRS[0] <= len(pairs) <= PAIRS[1]:
            yield f"{len(pairs)} pairs, not {PAIRS[0]} to {PAIRS[1]}"
        if len({frozenset(pair) for pair in pairs}) < len(pairs):
            yield "one of its pairs is there twice"
        for pair in pairs:
            if len(pair) != 2:
                yield f"{'/'.join(pair)} is no pair of words"
            elif self.words is not None:
                yield from self.unknown(pair)
                spoken = [(a, b) for a in self.words.get(pair[0], []) for b in self.words.get(pair[1], []) if len(a) == len(b)]
                differ = [[[x, y] for x, y in zip(a, b, strict=True) if x != y] for a, b in spoken]
                if all(word in self.words for word in pair) and [phones] not in differ:
                    fault = "has its words in the other order than" if [phones[::-1]] in differ else "is no minimal pair of"
                    yield f"{'/'.join(pair)} {fault} {' and '.join(phones)}"

    def sound_faults(self, phone: str, topic: Topic):
        words = topic.list("words")
        if not SOUND_WORDS[0] <= len(words) <= SOUND_WORDS[1]:
            yield f"{len(words)} words, not {SOUND_WORDS[0]} to {SOUND_WORDS[1]}"
        if self.words is not None:
            yield from self.unknown(words)
            spoken = ((word, self.words[word]) for word in words if word in self.words)
            yield from (f"{word} has no {phone}" for word, ways in spoken if not any(phone in way for way in ways))

    def name_faults(self, topic: Topic, name: str):
        for said in topic.list("names"):
            if not re.fullmatch(r"\w+([ '-]\w+)*", said):
                yield f"`{said}` is no name"
            if first := self.names.get(said.casefold()):
                yield f"{first} gives the name {said} already"
            self.names.setdefault(said.casefold(), name)

    def unknown(self, words: list[str]):
        return (f"the dictionary does not have {word}" for word in words if word not in self.words)


def main() -> int:
    root, *dictionary = map(Path, sys.argv[1:] or ["."])
    base = Base(root, dictionary[0] if dictionary else None)
    found = list(base.problems())
    if not dictionary:
        print("SKIPPED: no dictionary is given, so no word was looked up and no minimal pair compared")
    counts = ", ".join(f"{count} {folder}" for folder, count in zip(FOLDERS, base.counts.values(), strict=True))
    print("\n".join(found) or f"knowledge: {counts} and {len(base.tips)} tips are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
