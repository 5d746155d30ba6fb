"""Learners who practised for weeks: an export with takes on chosen days, made out of one real judgement, for `euphone store import`."""

import copy
import json
import subprocess
import uuid
from pathlib import Path

CLIP, TEXT = "so762-014070336.opus", "Next year will be different, she thought."
DAY_MS = 24 * 3600 * 1000


def judgement(program: str, samples: Path) -> dict:
    command = [program, "analyze", samples / CLIP, "--text", TEXT, "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def scored(document: dict, total: float, sounds: dict[str, float]) -> dict:
    """The same reading with another total, and other scores of some sounds (ARPAbet)."""
    changed = copy.deepcopy(document)
    changed["scores"]["total"] = round(total, 2)
    for word in changed["words"]:
        for phone in word["phones"]:
            score = sounds.get(phone["arpabet"].rstrip("012"))
            if score is not None:
                phone["score"] = round(score, 2)
    return changed


def write_export(folder: Path, document: dict, learners: dict[str, list[tuple[int, float, dict[str, float]]]]) -> Path:
    """`learners`: of each name the takes as (day since 1970, total, scores of sounds)."""
    (folder / "takes").mkdir(parents=True)
    people, takes = [], []
    for name, told in learners.items():
        who = str(uuid.uuid5(uuid.NAMESPACE_DNS, name))
        people.append({"schema": "euphone.learner/1", "uuid": who, "name": name, "first_language": "", "made_ms": 0})
        for number, (day, total, sounds) in enumerate(told):
            take = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name} {number}"))
            said = day * DAY_MS + 8 * 3600 * 1000 + number * 1000
            file = f"takes/{take}.json"
            (folder / file).write_text(json.dumps(scored(document, total, sounds)))
            takes.append(
                {"schema": "euphone.take/1", "uuid": take, "learner": who, "said_ms": said, "day": day, "text": TEXT, "lesson": "",
                 "item": "", "duration_ms": 4200, "starred": False, "note": "", "recording": None,
                 "judgements": [{"file": file, "made_ms": said}]}
            )  # fmt: skip
    (folder / "learners.jsonl").write_text("".join(json.dumps(person) + "\n" for person in people))
    (folder / "takes.jsonl").write_text("".join(json.dumps(take) + "\n" for take in takes))
    return folder
