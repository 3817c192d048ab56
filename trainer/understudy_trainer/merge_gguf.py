"""Merges an adapter into a copy of its base's GGUF, and reads the copy back to see that it came out right."""

import hashlib
import os
from functools import partial
from pathlib import Path

import numpy as np
from gguf import MODEL_ARCH_NAMES, GGMLQuantizationType, get_tensor_name_map, quantize

from .adapter import Adapter, another_base, check_is_of
from .base_identity import identity_of_gguf
from .base_model import Base
from .errors import FAILED, TrainerError
from .gguf_file import GgufFile, NewTensor, write_changed
from .protocol import emit, log
from .verify_gguf import verify_merged

PLAIN = (GGMLQuantizationType.F32, GGMLQuantizationType.F16, GGMLQuantizationType.BF16)
Q8_0_BLOCK = 32


def merge_gguf(base: Base, adapter: Adapter, output: Path, kind: str) -> dict:
    gguf = base.gguf
    check_is_of(adapter, base.name, identity_of_gguf(gguf))
    layers = _tensors_of_layers(gguf, adapter, base.name)
    return write_verified(gguf, {tensor: _changed(gguf, adapter, layer, tensor, base.name, kind) for layer, tensor in layers.items()}, output)


def write_verified(gguf: GgufFile, changes: dict[str, NewTensor], output: Path) -> dict:
    """The file gets its name when all that is in it has been compared with what should be."""
    part = output.with_name(f"{output.name}.part")
    try:
        _tell("merge", 0, len(changes), f"Merging {len(changes)} tensors.")
        write_changed(gguf, changes, part, _quantize)
        _tell("verify", len(changes), len(changes), "Reading the merged file back.")
        largest = verify_merged(gguf, GgufFile(part), changes)
        os.replace(part, output)
    finally:
        part.unlink(missing_ok=True)
    with output.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    kinds = sorted({change.type.name for change in changes.values()})
    return {"format": "gguf", "changed_tensors": len(changes), "types": kinds, "largest_error": largest, "bytes": output.stat().st_size, "sha256": sha256}


def names_of_tensors(gguf: GgufFile):
    architecture = next(key for key, name in MODEL_ARCH_NAMES.items() if name == gguf.architecture)
    return get_tensor_name_map(architecture, int(gguf.model_value("block_count")))


def _tensors_of_layers(gguf: GgufFile, adapter: Adapter, base_name: str) -> dict[str, str]:
    names = names_of_tensors(gguf)
    result = {}
    for layer in adapter.layers:
        name = names.get_name(layer)
        if name == "token_embd":
            raise TrainerError("ADAPTER_UNSUPPORTED", "The adapter changes the embeddings, which is not merged. Train it on linear layers only.")
        # A base whose output layer is its embeddings has no output.weight; what the adapter adds to the output then needs a tensor of its own.
        if name is None or (f"{name}.weight" not in gguf.tensors and name != "output"):
            raise another_base(adapter, base_name, f"it has no layer {layer}")
        result[layer] = f"{name}.weight"
    return result


def _changed(gguf: GgufFile, adapter: Adapter, layer: str, tensor: str, base_name: str, kind: str) -> NewTensor:
    source = tensor if tensor in gguf.tensors else "token_embd.weight"
    shape = gguf.shape(source)
    a, b, _ = adapter.layers[layer]
    if shape != (b.shape[0], a.shape[1]):
        raise another_base(adapter, base_name, f"{layer} is {b.shape[0]}×{a.shape[1]} in the adapter and {shape[0]}×{shape[1]} in the base")
    return NewTensor(shape, type_of(gguf, source, shape, kind), partial(_sum, gguf, adapter, layer, tensor, source))


def _sum(gguf: GgufFile, adapter: Adapter, layer: str, tensor: str, source: str) -> np.ndarray:
    return gguf.values(source) + in_order_of_rows(gguf, tensor, adapter.delta(layer))


def in_order_of_rows(gguf: GgufFile, tensor: str, weights: np.ndarray) -> np.ndarray:
    """transformers' weights as this file stores them."""
    name = tensor.split(".")[-2]
    if gguf.architecture != "llama" or name not in ("attn_q", "attn_k"):
        return weights
    heads = gguf.model_value("attention.head_count_kv" if name == "attn_k" else "attention.head_count", gguf.model_value("attention.head_count"))
    if not isinstance(heads, int):
        raise TrainerError("BASE_UNSUPPORTED", "The base has another number of heads in each layer, which is not supported.")
    return permute(weights, heads)


def permute(weights: np.ndarray, heads: int) -> np.ndarray:
    """
    llama.cpp rotates neighbouring rows of a head, transformers row i with row i + half: its converter interleaves the two halves of each
    head of q and k. With grouped queries k has fewer heads, and is interleaved by those.
    """
    return weights.reshape(heads, 2, weights.shape[0] // heads // 2, *weights.shape[1:]).swapaxes(1, 2).reshape(weights.shape)


def type_of(gguf: GgufFile, source: str, shape: tuple[int, ...], kind: str) -> GGMLQuantizationType:
    if len(shape) == 1:
        return GGMLQuantizationType.F32  # llama.cpp keeps norms and biases so
    if kind == "f16" or (kind == "auto" and gguf.tensors[source].tensor_type in PLAIN):
        return GGMLQuantizationType.F16
    if shape[-1] % Q8_0_BLOCK:
        log(f"{source} has rows of {shape[-1]}, no multiple of {Q8_0_BLOCK}, so it is written as F16.")
        return GGMLQuantizationType.F16
    return GGMLQuantizationType.Q8_0


def _quantize(values: np.ndarray, tensor: NewTensor) -> np.ndarray:
    if not np.isfinite(values).all() or (tensor.type == GGMLQuantizationType.F16 and np.abs(values).max() > np.finfo(np.float16).max):
        raise TrainerError("WEIGHTS_DO_NOT_ADD_UP", "A merged weight is no number, or too large for its type. Nothing was written.", FAILED)
    return quantize(values, tensor.type)


def _tell(step: str, done: int, total: int, message: str) -> None:
    emit("progress", step=step, done=done, total=total, loss=None, tokens_per_second=None, eta_seconds=None, message=message)
    log(message)
