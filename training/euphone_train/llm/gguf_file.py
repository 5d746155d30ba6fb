"""A model as a GGUF file, which llama.cpp reads, and such a file's weights back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Kind
from tokenizers import Tokenizer

from euphone_train.llm.model import Llama, ModelSpec
from euphone_train.llm.tokens import BEGIN, CHAT_TEMPLATE, END, END_OF_TEXT

KINDS = {"f32": Kind.F32, "q8_0": Kind.Q8_0, "q4_0": Kind.Q4_0}
_FILE_TYPES = {
    "f32": gguf.LlamaFileType.ALL_F32,
    "q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
}
_LAYER = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
_TOP = {"model.embed_tokens": "token_embd", "model.norm": "output_norm"}


def name_in_gguf(name: str) -> str:
    """Of a parameter. Raises KeyError on one that no Llama has."""
    stem = name.removesuffix(".weight")
    if stem in _TOP:
        return f"{_TOP[stem]}.weight"
    _, _, number, rest = stem.split(".", 3)
    return f"blk.{number}.{_LAYER[rest]}.weight"


def paired(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows of q and k as llama.cpp wants them: it turns numbers 2i and 2i + 1 of a head together, and not i and i + half of them."""
    return weight.reshape(heads, 2, -1, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


def unpaired(weight: np.ndarray, heads: int) -> np.ndarray:
    return weight.reshape(heads, -1, 2, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


def kind_of(name: str, kind: str) -> Kind:
    """Norms stay as they are. The embeddings, which are the output too, are never cut to 4 bits, nor does llama.cpp do so."""
    if name.endswith("norm.weight"):
        return Kind.F32
    return KINDS["q8_0"] if name == "model.embed_tokens.weight" and kind == "q4_0" else KINDS[kind]


def write(file: Path, model: Llama, tokenizer: Tokenizer, name: str, kind: str) -> None:
    """`kind`: of KINDS. The quantising is the package gguf's, which rounds as llama.cpp's own program does."""
    part = file.with_suffix(".part")
    writer = gguf.GGUFWriter(str(part), "llama")
    _tell(writer, model.spec, name, kind)
    _tell_tokens(writer, tokenizer, model.spec.vocabulary)
    for own, weight in model.state_dict().items():
        values = weight.detach().to(torch.float32).numpy()
        if own.endswith(("q_proj.weight", "k_proj.weight")):
            values = paired(values, model.spec.heads)
        as_kind = kind_of(own, kind)
        packed = values if as_kind == Kind.F32 else gguf.quants.quantize(values, as_kind)
        writer.add_tensor(name_in_gguf(own), np.ascontiguousarray(packed), raw_dtype=as_kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(part, file)


def read(file: Path, spec: ModelSpec) -> Llama:
    """The model that such a file holds, its weights as they come out of their few bits."""
    found = {tensor.name: tensor for tensor in gguf.GGUFReader(str(file)).tensors}
    model = Llama(spec)
    state = {}
    for own, weight in model.state_dict().items():
        tensor = found[name_in_gguf(own)]
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).reshape(weight.shape)
        if own.endswith(("q_proj.weight", "k_proj.weight")):
            values = unpaired(values, spec.heads)
        state[own] = torch.from_numpy(np.array(values, dtype=np.float32))
    model.load_state_dict(state)
    return model.eval()


def _tell(writer: gguf.GGUFWriter, spec: ModelSpec, name: str, kind: str) -> None:
    writer.add_name(name)
    writer.add_context_length(spec.context)
    writer.add_embedding_length(spec.width)
    writer.add_block_count(spec.layers)
    writer.add_feed_forward_length(spec.feed_forward)
    writer.add_head_count(spec.heads)
    writer.add_head_count_kv(spec.heads)
    writer.add_layer_norm_rms_eps(spec.epsilon)
    writer.add_rope_freq_base(spec.theta)
    writer.add_rope_dimension_count(spec.width // spec.heads)
    writer.add_vocab_size(spec.vocabulary)
    writer.add_file_type(_FILE_TYPES[kind])
    if kind != "f32":
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def _tell_tokens(writer: gguf.GGUFWriter, tokenizer: Tokenizer, size: int) -> None:
    vocabulary = [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])]
    special = {END_OF_TEXT, BEGIN, END}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    kinds = [gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in vocabulary]
    unused = size - len(vocabulary)  # A short text has fewer pairs to learn than there is room for.
    writer.add_token_list([*vocabulary, *(f"[unused {number}]" for number in range(unused))])
    writer.add_token_types([*kinds, *[gguf.TokenType.UNUSED] * unused])
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_eos_token_id(tokenizer.token_to_id(END))
    writer.add_pad_token_id(tokenizer.token_to_id(END_OF_TEXT))
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)
