"""What devices and their hub say to each other is as contract/ says: the messages that C++ reads and writes again."""

import copy
import json
import unittest
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "apps/fleet/testdata").glob("*.json")}


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / "contract" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


SCHEMAS = {name: validator(name) for name in ("up", "orders", "cursors", "sync")}


class FleetTest(unittest.TestCase):
    def refused(self, why: str, message: str, change):
        document = copy.deepcopy(MESSAGES[message])
        change(document)
        self.assertFalse(SCHEMAS[message.split("_")[0]].is_valid(document), f"{message}: {why}")

    def test_every_message_is_valid_by_its_own_schema_alone(self):
        self.assertEqual(len(MESSAGES), 9)
        for name, message in MESSAGES.items():
            for schema, check in SCHEMAS.items():
                with self.subTest(name, schema=schema):
                    self.assertEqual(check.is_valid(message), schema == name.split("_")[0])
            self.refused("a field too many", name, lambda m: m.update(colour="red"))
            self.refused("another schema", name, lambda m: m.update(schema="euphone.other/1"))

    def test_what_devices_say_is_about_one_thing(self):
        self.refused("nothing", "up_report", lambda m: m.pop("report"))
        self.refused("two things", "up_report", lambda m: m.update(event=MESSAGES["up_event"]["event"]))
        self.refused("a device that is no part of a subject", "up_report", lambda m: m.update(device="pi.7"))
        self.refused("a stage that only a hub sets", "up_report", lambda m: m["report"].update(stage="lost"))
        self.refused("an unknown class", "up_uplink", lambda m: m["uplink"]["records"][1].update({"class": "faces"}))
        self.refused("a number below zero", "up_uplink", lambda m: m["uplink"]["records"][1].update(seq=-1))
        self.refused("a record without a device", "up_heartbeat", lambda m: m["heartbeat"]["record"].pop("id"))
        self.refused("a battery that is more than full", "up_heartbeat", lambda m: m["heartbeat"]["record"].update(battery=101))
        self.refused("no version", "orders", lambda m: m["offers"][0].pop("version"))
        self.refused("a class that there is not", "cursors", lambda m: m["upto"].update(faces=1))

    def test_what_a_class_says_is_whole(self):
        def operation(message):
            return message["pending"][0]

        self.refused("a stamp of three", "sync_device", lambda m: operation(m)["stamp"].pop())
        self.refused("a time after 9999", "sync_device", lambda m: operation(m)["stamp"].__setitem__(0, 253402300800000))
        self.refused("a deletion with fields", "sync_device", lambda m: operation(m).update(deletes=True))
        self.refused("a change without any", "sync_device", lambda m: operation(m).update(fields={}))
        self.refused("a list as a value", "sync_device", lambda m: operation(m)["fields"].update(text=[]))
        self.refused("no UUID", "sync_device", lambda m: operation(m).update(uuid="7"))
        self.refused("no vector", "sync_hub", lambda m: m.pop("vector"))
        self.refused("both verdicts", "sync_hub", lambda m: m["entries"][0].update(refused="not allowed"))
        self.refused("no verdict", "sync_hub", lambda m: m["entries"][0].pop("counts_as"))
        self.refused("a deleted object with fields", "sync_snapshot", lambda m: m["snapshot"]["state"]["objects"][1].update(deleted=True))
        self.refused(
            "a field without a stamp", "sync_snapshot", lambda m: m["snapshot"]["state"]["objects"][1].update(fields={"name": ["x"]})
        )
        self.refused("a state without its latest", "sync_snapshot", lambda m: m["snapshot"]["state"].pop("latest"))


if __name__ == "__main__":
    unittest.main()
