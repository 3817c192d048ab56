"""
Recognises a base by its normalisation weights. No LoRA of ours changes them and no quantisation touches them, so the folder and every
GGUF of one model agree on them, and two models of the same shape do not.
"""

import re

import numpy as np

NORM = re.compile(r"(^|\.)(input_layernorm|post_attention_layernorm|norm)\.weight$")


def identity_of_model(model) -> list[float]:
    named = sorted((name, weight) for name, weight in model.named_parameters() if NORM.search(name))
    return _summary(weight.detach().float().cpu().numpy() for _, weight in named)


def identity_of_gguf(gguf) -> list[float]:
    """In the order that transformers' names have when sorted."""
    layers = sorted({name.split(".")[1] for name in gguf.tensors if name.startswith("blk.")})
    names = [f"blk.{layer}.{norm}.weight" for layer in layers for norm in ("attn_norm", "ffn_norm")]
    return _summary(gguf.values(name) for name in [*names, "output_norm.weight"] if name in gguf.tensors)


def _summary(weights) -> list[float]:
    return [round(float(part), 6) for weight in weights for part in (np.mean(weight), np.std(weight), weight.reshape(-1)[0])]


def is_same_base(one: list[float], other: list[float]) -> bool:
    # The tolerance is bfloat16's: one of the two may have been loaded in it.
    return len(one) == len(other) and bool(np.allclose(one, other, rtol=8e-3, atol=1e-4))
