"""The tutor's language model: training that can be stopped, LoRA, files for other runtimes. A very small one, for a few steps."""

from __future__ import annotations

import contextlib
import copy
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed; training/README.md says how")
import torch
from tokenizers import Tokenizer

from euphone_train.curves.record import read as read_curve
from euphone_train.llm import lora
from euphone_train.llm.goals import Answers, Distilled, NextToken, padded
from euphone_train.llm.measure import loss_on, loss_on_answers
from euphone_train.llm.model import Llama, ModelSpec
from euphone_train.llm.run import RunSpec, checkpoints, put, run
from euphone_train.llm.text import Pair
from euphone_train.llm.tokens import END, learn_tokenizer, stream_of, talk, talk_ids

TEXTS = ("Put your tongue between your teeth and let the air out. " * 20, "Round your lips; θ is no “s”. " * 20)
PAIRS = tuple(Pair(question=f"How do I say {word}?", answer=f"Say {word} slowly.", passage=word) for word in ("think", "ship", "full"))
SPEC = ModelSpec(vocabulary=320, width=32, layers=2, heads=2, feed_forward=64, context=64)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return learn_tokenizer(TEXTS, SPEC.vocabulary)


@pytest.fixture
def ids(tokenizer: Tokenizer) -> np.ndarray:
    return stream_of(tokenizer, TEXTS)


def model(seed: int = 1, dropout: float = 0.1) -> Llama:
    torch.manual_seed(seed)
    return Llama(SPEC, dropout)


def grown(seed: int = 1) -> Llama:
    """One whose weights are as large as those of a trained one, so that differences show."""
    made = model(seed, 0.0).eval()
    with torch.no_grad():
        for weight in made.parameters():
            if weight.ndim == 2:
                weight.mul_(8)
    return made


def train(folder: Path, ids: np.ndarray, steps: int, to: int | None = None) -> Llama:
    """`steps` of a run that is `to` long."""
    trained = model()
    goal = NextToken(ids, 2, 16, 7)
    spec = RunSpec(steps=to or steps, rate=1e-2, warmup=2, judged=10, saved=10, kept=10)

    def progress(line: str) -> None:
        if to and f"step {steps} " in line:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        run(folder, spec, trained, goal, lambda m: loss_on(m, ids, 16), progress)
    return trained


# --- training ---


def test_a_model_learns_and_tells_how(tmp_path: Path, ids: np.ndarray):
    trained = train(tmp_path, ids, 60)
    rows = read_curve(tmp_path / "curve.csv")
    assert rows[-1]["held-out loss"] < 0.6 * rows[0]["held-out loss"]
    assert rows[-1]["held-out perplexity"] == pytest.approx(np.exp(rows[-1]["held-out loss"]), rel=1e-3)
    assert rows[-1]["tokens"] == 60 * 2 * 16 and all(row["tokens per second"] > 0 for row in rows[1:])
    assert [step for step, _ in checkpoints(tmp_path)] == [10, 20, 30, 40, 50, 60]
    assert list(tmp_path.glob("events.out.tfevents.*"))
    again = put(model(2), checkpoints(tmp_path)[-1][1])
    assert torch.equal(again(torch.tensor([[5, 6]])), trained.eval()(torch.tensor([[5, 6]])))


def test_a_run_that_was_stopped_comes_to_the_same_weights(tmp_path: Path, ids: np.ndarray):
    whole = train(tmp_path / "whole", ids, 30)
    train(tmp_path / "parts", ids, 20, to=30)
    parts = train(tmp_path / "parts", ids, 30)
    for name, weight in whole.state_dict().items():
        assert torch.equal(weight, parts.state_dict()[name]), name
    losses = [[row["train loss"] for row in read_curve(tmp_path / part / "curve.csv")] for part in ("whole", "parts")]
    assert losses[0] == losses[1]


def test_a_finished_run_is_only_loaded(tmp_path: Path, ids: np.ndarray):
    trained = train(tmp_path, ids, 10)
    before = (tmp_path / "curve.csv").read_bytes()
    again = train(tmp_path, ids, 10)
    assert (tmp_path / "curve.csv").read_bytes() == before
    assert all(torch.equal(weight, again.state_dict()[name]) for name, weight in trained.state_dict().items())


def test_a_run_of_another_model_is_not_taken_up(tmp_path: Path, ids: np.ndarray):
    train(tmp_path, ids, 10)
    other = Llama(ModelSpec(vocabulary=320, width=64, layers=2, heads=2, feed_forward=64))
    with pytest.raises(ValueError, match="another model"):
        run(tmp_path, RunSpec(steps=20, rate=1e-3), other, NextToken(ids, 2, 16, 7), lambda m: 0.0, print)


def test_a_student_comes_closer_to_its_teacher(ids: np.ndarray):
    teacher, student = grown(3), model(4, 0.0)
    goal = Distilled(ids, 4, 16, 1, teacher=teacher, share=1.0)
    optimiser = torch.optim.AdamW(student.parameters(), 1e-2)
    losses = []
    for step in range(30):
        loss, _ = goal.loss(student, step)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.8 * losses[0]
    assert goal.loss(teacher, 0)[0].item() == pytest.approx(0.0, abs=1e-5)


def test_only_what_is_answered_counts(tokenizer: Tokenizer):
    whole, begin = talk_ids(tokenizer, "Why?", "So.")
    tokens, targets = padded([(whole, begin), (whole[: begin + 1], begin)], 64)
    assert targets[0][targets[0] >= 0].tolist() == whole[begin:]
    assert whole[-1] == tokenizer.token_to_id(END)
    assert (targets[1] >= 0).sum() == 1 and tokens.shape == (2, len(whole) - 1)
    loss, count = Answers(PAIRS, TEXTS, tokenizer, 3, 64, 1).loss(model(), 0)
    assert loss.item() > 0 and 0 < count <= 3 * 64


def test_what_comes_later_changes_nothing_before(ids: np.ndarray):
    made, other = grown(), ids[:12].copy()
    other[9:] = 7
    first, second = (made(torch.from_numpy(x)[None])[0] for x in (ids[:12], other))
    assert torch.allclose(first[:9], second[:9], atol=1e-5) and not torch.allclose(first[9:], second[9:], atol=1e-2)


# --- LoRA ---


def test_adapters_change_nothing_at_first_and_merged_they_say_the_same(tokenizer: Tokenizer, tmp_path: Path):
    plain = grown()
    adapted = copy.deepcopy(plain)
    lora.add(adapted, rank=4)
    tokens = torch.randint(0, 320, (2, 20))
    assert torch.equal(adapted(tokens), plain(tokens))
    goal = Answers(PAIRS, TEXTS, tokenizer, 3, 64, 1)
    spec = RunSpec(steps=20, rate=1e-2, warmup=2, judged=10, saved=10, kept=10)
    before = loss_on_answers(plain, PAIRS, tokenizer, 64, 3)
    run(tmp_path, spec, adapted, goal, lambda m: loss_on_answers(m, PAIRS, tokenizer, 64, 3), lambda _: None)
    said = adapted(tokens)
    assert not torch.allclose(said, plain(tokens), atol=1e-2)
    assert loss_on_answers(adapted, PAIRS, tokenizer, 64, 3) < before
    merged = copy.deepcopy(adapted)
    lora.merge(merged)
    assert merged.state_dict().keys() == plain.state_dict().keys()
    assert torch.allclose(merged(tokens), said, atol=1e-4)


def test_only_the_thin_matrices_learn():
    adapted = model()
    whole = sum(weight.numel() for weight in adapted.parameters())
    lora.add(adapted, rank=4)
    learned = [name for name, weight in adapted.named_parameters() if weight.requires_grad]
    assert learned and all(name.endswith((".down", ".up")) for name in learned)
    assert sum(w.numel() for w in adapted.parameters() if w.requires_grad) < 0.5 * whole


# --- files for other runtimes ---


@pytest.mark.parametrize(("kind", "difference"), [("f32", 0.0), ("q8_0", 0.02), ("q4_0", 0.2)])
def test_a_gguf_file_gives_the_model_back_as_far_as_its_bits_go(tmp_path: Path, tokenizer: Tokenizer, kind: str, difference: float):
    pytest.importorskip("gguf")
    from euphone_train.llm import gguf_file

    written = grown()
    gguf_file.write(tmp_path / "m.gguf", written, tokenizer, "m", kind)
    back = gguf_file.read(tmp_path / "m.gguf", SPEC)
    for name, weight in written.state_dict().items():
        apart = (back.state_dict()[name] - weight).norm() / weight.norm()
        assert apart <= difference, f"{name}: {apart}"


def test_the_pairing_of_rows_can_be_undone():
    gguf_file = pytest.importorskip("euphone_train.llm.gguf_file", exc_type=ImportError)
    weight = np.arange(32 * 3, dtype=np.float32).reshape(32, 3)
    turned = gguf_file.paired(weight, 2)
    assert (gguf_file.unpaired(turned, 2) == weight).all()
    assert turned[:4, 0].tolist() == [weight[0, 0], weight[8, 0], weight[1, 0], weight[9, 0]]


def test_llama_cpp_computes_the_same(tmp_path: Path, tokenizer: Tokenizer):
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    pytest.importorskip("gguf")
    from euphone_train.llm import gguf_file
    from euphone_train.llm.llama_cpp_side import InLlamaCpp

    made, text = grown(), talk("How do I say “θ”?")
    gguf_file.write(tmp_path / "m.gguf", made, tokenizer, "m", "f32")
    there = InLlamaCpp(tmp_path / "m.gguf", 64)
    ids = tokenizer.encode(text).ids
    assert there.tokens(text) == ids
    own = made(torch.tensor([ids]))[0].detach().numpy()
    assert np.abs(there.logits(ids) - own).max() < 0.01 * own.std()


def test_transformers_compute_the_same(tmp_path: Path, tokenizer: Tokenizer):
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    from euphone_train.llm import hf_folder

    made = grown()
    hf_folder.write(tmp_path / "m", made, tokenizer)
    there = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "m").eval()
    words = transformers.AutoTokenizer.from_pretrained(tmp_path / "m")
    told = [{"role": "user", "content": "How do I say it?"}]
    assert words.apply_chat_template(told, tokenize=False, add_generation_prompt=True) == talk("How do I say it?")
    ids = words(talk("How do I say it?"), add_special_tokens=False)["input_ids"]
    assert ids == tokenizer.encode(talk("How do I say it?")).ids
    with torch.no_grad():
        assert torch.allclose(there(torch.tensor([ids])).logits, made(torch.tensor([ids])), atol=1e-4)
