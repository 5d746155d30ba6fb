"""A model as a folder that Hugging Face's transformers read, and so FastChat and vLLM."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from euphone_train.llm.model import Llama
from euphone_train.llm.tokens import CHAT_TEMPLATE, END, END_OF_TEXT


def write(folder: Path, model: Llama, tokenizer: Tokenizer) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    spec, end = model.spec, tokenizer.token_to_id(END)
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": spec.vocabulary,
        "hidden_size": spec.width,
        "intermediate_size": spec.feed_forward,
        "num_hidden_layers": spec.layers,
        "num_attention_heads": spec.heads,
        "num_key_value_heads": spec.heads,
        "max_position_embeddings": spec.context,
        "rope_theta": spec.theta,
        "rms_norm_eps": spec.epsilon,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "bos_token_id": None,
        "eos_token_id": end,
        "pad_token_id": tokenizer.token_to_id(END_OF_TEXT),
        "torch_dtype": "float32",
    }
    words = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": END,
        "pad_token": END_OF_TEXT,
        "model_max_length": spec.context,
        "clean_up_tokenization_spaces": False,
        "chat_template": CHAT_TEMPLATE,
    }
    for name, values in (("config", config), ("tokenizer_config", words), ("generation_config", {"eos_token_id": end})):
        (folder / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))
    weights = {name: weight.detach().to(torch.float32).contiguous() for name, weight in model.state_dict().items()}
    save_file(weights, str(folder / "model.safetensors"), metadata={"format": "pt"})
