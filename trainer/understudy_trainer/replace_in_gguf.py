"""Writes a model whose weights were all trained into a copy of its base's GGUF, so that Ollama takes it with the base's tokenizer and template."""

from functools import partial
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from .base_model import Base
from .errors import TrainerError
from .gguf_file import GgufFile, NewTensor
from .merge_gguf import in_order_of_rows, names_of_tensors, type_of, write_verified


def replace_in_gguf(base: Base, model: Path, output: Path, kind: str) -> dict:
    gguf, names = base.gguf, names_of_tensors(base.gguf)
    changes: dict[str, NewTensor] = {}
    for file in sorted(model.glob("*.safetensors")):
        for weight, shape in _shapes(file).items():
            tensor = names.get_name(weight, try_suffixes=(".weight", ".bias"))
            if tensor is None or tensor not in gguf.tensors or gguf.shape(tensor) != shape:
                raise _another_base(model, base, f"it has no {weight} of {'×'.join(map(str, shape))}")
            changes[tensor] = NewTensor(shape, type_of(gguf, tensor, shape, kind), partial(_read, gguf, file, weight, tensor))
    missing = [tensor for tensor in gguf.tensors if tensor.startswith("blk.") and tensor not in changes]
    if missing:
        raise _another_base(model, base, f"the model has no {missing[0]}")
    return write_verified(gguf, changes, output)


def _shapes(file: Path) -> dict[str, tuple[int, ...]]:
    try:
        with safe_open(file, "pt") as weights:
            return {name: tuple(weights.get_slice(name).get_shape()) for name in weights.keys()}
    except SafetensorError as error:
        raise TrainerError("MODEL_INVALID", f"{file.name} is damaged ({error}). Copy it again, or train it again.") from None


def _read(gguf: GgufFile, file: Path, weight: str, tensor: str) -> np.ndarray:
    with safe_open(file, "pt") as weights:
        return in_order_of_rows(gguf, tensor, weights.get_tensor(weight).float().numpy())


def _another_base(model: Path, base: Base, why: str) -> TrainerError:
    return TrainerError("MODEL_OF_ANOTHER_BASE", f"The model in {model} was not made from {base.name}: {why}. Give the GGUF that it was trained from.")
