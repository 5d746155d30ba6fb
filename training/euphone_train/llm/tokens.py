"""Text to tokens: byte-level pairs learned from the project's text, and the form of a talk.

A talk is written as ChatML, which FastChat, Hugging Face and llama.cpp all know.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

END_OF_TEXT, BEGIN, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def learn_tokenizer(texts: tuple[str, ...], vocabulary: int) -> Tokenizer:
    """Cuts as GPT-2 does, which is the only such rule that every runtime has built in."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END_OF_TEXT, BEGIN, END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    tokenizer.save(str(part))
    os.replace(part, file)


def load_tokenizer(file: Path) -> Tokenizer:
    """Raises ValueError where there is none."""
    if not file.is_file():
        raise ValueError(f"{file} is missing; run `tokens` first")
    return Tokenizer.from_file(str(file))


def stream_of(tokenizer: Tokenizer, texts: tuple[str, ...]) -> np.ndarray:
    """All of them one after the other, each with an end."""
    end = tokenizer.token_to_id(END_OF_TEXT)
    encoded = tokenizer.encode_batch(list(texts))
    return np.concatenate([np.array([*text.ids, end], dtype=np.int64) for text in encoded])


def talk(question: str, system: str = "") -> str:
    """Up to where the answer begins."""
    told = f"{BEGIN}system\n{system}{END}\n" if system else ""
    return f"{told}{BEGIN}user\n{question}{END}\n{BEGIN}assistant\n"


def talk_ids(tokenizer: Tokenizer, question: str, answer: str, system: str = "") -> tuple[list[int], int]:
    """A talk with its answer and the answer's end; where the answer begins."""
    before = tokenizer.encode(talk(question, system)).ids
    return [*before, *tokenizer.encode(answer).ids, tokenizer.token_to_id(END)], len(before)
