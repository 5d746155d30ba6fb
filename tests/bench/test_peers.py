"""What bench/peers makes of a run: tables, agreement, the page that is renewed. The programs themselves: `./dev bench peers`."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "peers"))
sys.dont_write_bytecode = True
import run  # noqa: E402
import table  # noqa: E402
from agreement import pitch_agreement  # noqa: E402
from peer import OUTPUTS  # noqa: E402

KEPT = json.loads((ROOT / "docs/benchmarks/peers.json").read_text(encoding="utf-8"))


class PeersTest(unittest.TestCase):
    def test_the_page_holds_what_the_numbers_beside_it_say(self):
        page = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
        self.assertIn(table.markdown(KEPT), page)

    def test_renewing_a_page_leaves_the_rest_of_it(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.md"
            page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
            table.renew(page, "new")
            self.assertEqual(page.read_text(), f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n")

    def test_every_program_gives_what_the_table_knows(self):
        for peer in KEPT["peers"] + KEPT["without_weights"]:
            self.assertTrue(set(peer["gives"]) <= set(OUTPUTS), peer["name"])

    def test_what_was_not_measured_has_a_reason(self):
        for peer in KEPT["without_weights"]:
            self.assertIn("needs a download of", peer["needs"])
            self.assertEqual(peer["trouble"], "")

    def test_turns_let_everybody_follow_everybody(self):
        with tempfile.TemporaryDirectory() as folder:
            one = run.Run(Path(folder))
        orders = [one.turns(number) for number in range(2 * len(one.names))]
        for order in orders:
            self.assertEqual(sorted(order), sorted(one.names))
        self.assertEqual({order[0] for order in orders}, set(one.names))

    def test_a_median_lies_in_its_interval(self):
        spread = run.spread([3.0, 1.0, 2.0, 5.0, 4.0])
        self.assertEqual(spread["median"], 3.0)
        self.assertLessEqual(spread["low"], 3.0)
        self.assertGreaterEqual(spread["high"], 3.0)

    def test_pitch_that_is_the_same_agrees_and_an_octave_is_twelve_semitones(self):
        ours = [{"prosody": {"curve": {"step_s": 0.01, "pitch_hz": [None, 100.0, 200.0, 110.0]}}}]
        praat = [{"first_s": 0.005, "step_s": 0.01, "pitch_hz": [0.0, 100.0, 100.0, 0.0]}]
        found = pitch_agreement(ours, praat)
        self.assertEqual(found["frames"], 4)
        self.assertEqual(found["both_voiced"], 2)
        self.assertEqual(found["same_voicing_percent"], 75)
        self.assertAlmostEqual(found["median_semitones"], 6.0)


if __name__ == "__main__":
    unittest.main()
