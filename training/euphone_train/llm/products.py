"""What comes out: files for runtimes, and figures."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

from euphone_train.curves.record import read as read_curve
from euphone_train.llm import picture
from euphone_train.llm.measure import known_questions, loss_on, loss_on_answers, share_chosen
from euphone_train.llm.run import checkpoints
from euphone_train.llm.stages import Stages
from euphone_train.llm.tokens import END, talk

RESULTS = Path(__file__).resolve().parents[2] / "results"
PICTURE = RESULTS.parents[1] / "docs/models/tutor-lm"
NAME = "euphone-tutor-tiny"
KINDS = ("f32", "q8_0", "q4_0")
_RUNS = ("teacher", "student", "student-alone", "tutor")


def file_of(stages: Stages, kind: str) -> Path:
    return stages.work / "export" / f"{NAME}-{kind}.gguf"


def quantise(stages: Stages) -> None:
    from euphone_train.llm import gguf_file

    model = stages.model("tutor")
    (stages.work / "export").mkdir(exist_ok=True)
    for kind in KINDS:
        gguf_file.write(file_of(stages, kind), model, stages.tokenizer, NAME, kind)
        stages.progress(f"{file_of(stages, kind)}: {file_of(stages, kind).stat().st_size} bytes")


def steps(stages: Stages) -> None:
    """A file of every checkpoint of the fine-tuning, for `euphone llm eval`: a curve over training."""
    from euphone_train.llm import gguf_file

    (stages.work / "export").mkdir(exist_ok=True)
    for step, _ in checkpoints(stages.work / "tutor"):
        file = stages.work / "export" / f"{NAME}-step-{step}.gguf"
        gguf_file.write(file, stages.model("tutor", step), stages.tokenizer, NAME, "q8_0")
        stages.progress(f"{file}: {file.stat().st_size} bytes")


def export(stages: Stages) -> None:
    from euphone_train.llm import hf_folder

    hf_folder.write(stages.work / "export" / NAME, stages.model("tutor"), stages.tokenizer)


def answer(stages: Stages, question: str) -> str:
    tokenizer = stages.tokenizer
    said = stages.model("tutor").most_likely(tokenizer.encode(talk(question)).ids, 160, tokenizer.token_to_id(END))
    return tokenizer.decode(said)


def evaluate(stages: Stages) -> None:
    """Every checkpoint of every run that is there; the choice of answers only around fine-tuning. The runs' own curves come along."""
    texts, window, longest = stages.texts, stages.plan.window, stages.plan.lora["longest"]
    answers = {pair.passage: pair.answer for pair in texts.pairs}
    questions = known_questions(stages.root / "docs/eval/questions.jsonl", "test", answers)
    rows = []
    for name in [name for name in _RUNS if (stages.work / name).is_dir()]:
        kept = checkpoints(stages.work / name)
        for step, _ in kept:
            model = stages.model(name, step)
            row = {"run": name, "step": step, "held-out text perplexity": math.exp(loss_on(model, stages.held_out, window))}
            row["held-out answer perplexity"] = math.exp(loss_on_answers(model, texts.held_out_pairs, stages.tokenizer, longest, 200))
            row["right answer of 20, %"] = None
            if name == "tutor" or (name == "student" and step == kept[-1][0]):  # Half a minute each.
                row["right answer of 20, %"] = 100 * share_chosen(model, questions, answers, stages.tokenizer, longest)
            rows.append({key: round(value, 2) if isinstance(value, float) else value for key, value in row.items()})
            stages.progress(json.dumps(rows[-1]))
    _table(RESULTS / "llm_checkpoints.csv", rows)
    steps = [{"run": row_name} | row for row_name in {r["run"]: 0 for r in rows} for row in _thinned(stages.work / row_name / "curve.csv")]
    _table(RESULTS / "llm_curve.csv", steps)
    for file in picture.draw(steps, PICTURE):
        stages.progress(f"{file} drawn")
    told = json.loads((stages.work / "texts.json").read_text(encoding="utf-8"))
    _record("text", told | {"questions of docs/eval": len(questions), "parameters": _sizes(stages)})


def measure(stages: Stages) -> None:
    """What fewer bits cost, in PyTorch with the weights that come out of the file, and in llama.cpp, which also computes with 8 bits."""
    from euphone_train.llm import gguf_file
    from euphone_train.llm.llama_cpp_side import InLlamaCpp

    window, longest, spec = stages.plan.window, stages.plan.lora["longest"], stages.model("tutor").spec
    prompt = stages.tokenizer.encode(talk("How do I make the th sound?")).ids
    rows = []
    for kind in KINDS:
        file = file_of(stages, kind)
        there = InLlamaCpp(file, window)
        model = gguf_file.read(file, spec)
        row = {"kind": kind, "bytes": file.stat().st_size, "perplexity": math.exp(loss_on(model, stages.held_out, window))}
        row["perplexity of answers"] = math.exp(loss_on_answers(model, stages.texts.held_out_pairs, stages.tokenizer, longest, 200))
        row |= {"perplexity in llama.cpp": math.exp(there.loss_on(stages.held_out, window)), "tokens per second": there.speed(prompt)}
        rows.append({key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()})
        stages.progress(json.dumps(rows[-1]))
    _table(RESULTS / "llm_quantised.csv", rows)


def check(stages: Stages) -> None:
    """Raises ValueError where tokens differ, or logits by more than rounding does."""
    import torch

    from euphone_train.llm.llama_cpp_side import InLlamaCpp

    texts = [*stages.texts.held_out[:4], talk("Wie klingt θ? “ok” 42×"), talk("How do I say it?", "Be brief.")]
    there = InLlamaCpp(file_of(stages, "f32"), stages.plan.window)
    model = stages.model("tutor")
    others = _in_transformers(stages)
    worst = {"llama.cpp": 0.0, "transformers": 0.0}
    for text in texts:
        ids = stages.tokenizer.encode(text).ids[: stages.plan.window]
        if there.tokens(text)[: len(ids)] != ids or others[0](text)[: len(ids)] != ids:
            raise ValueError(f"{text[:40]!r} is cut into other tokens")
        with torch.no_grad():
            own = model(torch.tensor([ids]))[0].numpy()
        worst["llama.cpp"] = max(worst["llama.cpp"], float(abs(there.logits(ids) - own).max()))
        worst["transformers"] = max(worst["transformers"], float(abs(others[1](ids) - own).max()))
    spread = float(own.std())
    if max(worst.values()) > 0.02 * spread:
        raise ValueError(f"logits differ: {worst}, where they spread by {spread:.2f}")
    _record("greatest difference of a logit", {name: float(f"{value:.2g}") for name, value in worst.items()} | {"spread": round(spread, 2)})
    stages.progress(json.dumps(worst))


def _in_transformers(stages: Stages):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = stages.work / "export" / NAME
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModelForCausalLM.from_pretrained(folder).eval()

    @torch.no_grad()
    def logits(ids: list[int]):
        return model(torch.tensor([ids])).logits[0].numpy()

    return lambda text: tokenizer(text, add_special_tokens=False)["input_ids"], logits


def _sizes(stages: Stages) -> dict[str, int]:
    return {which: sum(p.numel() for p in stages.plan.model(which).parameters()) for which in ("teacher", "student")}


def _thinned(file: Path) -> list[dict]:
    """The rows at which held-out text was read."""
    return [row for row in read_curve(file) if row["held-out loss"] is not None]


def _table(file: Path, rows: list[dict]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _record(key: str, value: dict) -> None:
    file = RESULTS / "llm.json"
    told = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"made_by": "python -m euphone_train.llm"}
    file.write_text(json.dumps(told | {key: value}, indent=1) + "\n", encoding="utf-8")
