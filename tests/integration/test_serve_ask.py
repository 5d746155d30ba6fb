"""`POST /api/v1/ask` and its shape for Flowise: with and without a language model, which may misbehave. EUPHONE_PROGRAM."""

import json
import threading
import time
import unittest

from fake_llm import FakeLlm
from serving import Server

SINK = "why do I say 'sink' for 'think'?"
FAIR = "Let the tip of the tongue come out between the teeth, and let the air flow softly."


class AskTest(unittest.TestCase):
    def serve(self, model: str, *options: str) -> Server:
        self.llm = self.enterContext(FakeLlm())
        self.llm.text = [json.dumps({"answer": FAIR, "passages": ["P1"]})]
        return self.enterContext(Server("--embedder", "none", "--llm", self.llm.url, "--llm-model", model, *options))

    def test_a_model_composes_and_what_is_quoted_stands_beside_it(self):
        server = self.serve("fixed")
        told = server.json("POST", "/api/v1/ask", {"question": SINK})
        self.assertEqual(told["composed"]["text"], FAIR)
        self.assertEqual(told["composed"]["passages"], ["contrast/s-th#when-th-is-said-as-s"])
        self.assertEqual(told["answer"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")
        self.assertNotIn("composed", server.json("POST", "/api/v1/ask", {"question": SINK, "compose": False}))
        self.assertEqual(len(self.llm.requests), 1)

    def test_flowise_gets_what_was_composed_and_its_source(self):
        told = self.serve("fixed").json("POST", "/api/v1/prediction/tutor", {"question": SINK})
        self.assertEqual(told["text"], FAIR)
        self.assertEqual([one["metadata"]["source"] for one in told["sourceDocuments"]], ["contrast/s-th#when-th-is-said-as-s"])

    def test_a_learners_record_is_told_and_her_name_stays_here(self):
        server = self.serve("fixed")
        ana = server.json("POST", "/api/v1/learners", {"name": "Ana"}, 201)["id"]
        told = server.json("POST", "/api/v1/ask", {"question": "Ana asks how to make the n sound", "learner": ana})
        self.assertEqual(told["record"], [])
        self.assertNotIn("Ana", json.dumps(self.llm.last))
        self.llm.text = [json.dumps({"answer": "Ana, you always say M.", "passages": ["P1"]})]
        self.assertIn("is not shown", server.json("POST", "/api/v1/ask", {"question": SINK, "learner": ana})["rejected"])

    def test_one_is_composed_at_a_time_and_others_are_quoted_meanwhile(self):
        server = self.serve("slow:0.2")
        first = threading.Thread(target=lambda: server.json("POST", "/api/v1/ask", {"question": SINK}))
        first.start()
        until = time.monotonic() + 60
        while not self.llm.requests and time.monotonic() < until:
            time.sleep(0.05)
        told = server.json("POST", "/api/v1/ask", {"question": SINK})
        self.assertIn("somebody else", told["rejected"])
        self.assertTrue(told["answered"])
        server.stop()
        first.join(timeout=60)
        self.assertFalse(first.is_alive(), "an end does not wait for a model")

    def test_a_model_that_fails_spoils_nothing(self):
        for model in ("cut", "garbage", "status:400"):
            told = self.serve(model).json("POST", "/api/v1/ask", {"question": SINK})
            self.assertTrue(told["rejected"], model)
            self.assertEqual(told["answer"][0]["passage"], "contrast/s-th#when-th-is-said-as-s")

    def test_with_no_llm_none_is_asked(self):
        self.assertNotIn("composed", self.serve("fixed", "--no-llm").json("POST", "/api/v1/ask", {"question": SINK}))
        self.assertEqual(self.llm.requests, [])


if __name__ == "__main__":
    unittest.main()
