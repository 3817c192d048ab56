"""Merges an adapter by peft into a folder as transformers saves it, and reads the folder back."""

import os
import shutil
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file

from .adapter import Adapter, another_base, check_is_of
from .base_identity import identity_of_model
from .base_model import Base
from .device import Device
from .errors import FAILED, TrainerError
from .load_model import load_model, load_tokenizer


def merge_safetensors(base: Base, adapter: Adapter, adapter_path: Path, output: Path) -> dict:
    # float32 while adding; saved in the base's own precision, or bfloat16 for a GGUF, which has many.
    model = load_model(base, Device(torch.device("cpu"), torch.float32))
    check_is_of(adapter, base.name, identity_of_model(model))
    before = {layer: _weight(model, adapter, layer, base.name).detach().clone() for layer in adapter.layers}
    precision = torch.bfloat16 if base.gguf else _precision_of(base.path)
    model = PeftModel.from_pretrained(model, str(adapter_path)).merge_and_unload(safe_merge=True)
    part = output.with_name(f"{output.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        model.to(precision).save_pretrained(part)
        load_tokenizer(base).save_pretrained(part)
        largest = _verify(part, before, adapter, precision)
        os.replace(part, output)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return {"format": "safetensors", "changed_tensors": len(before), "types": [str(precision).removeprefix("torch.")], "largest_error": largest}


def _weight(model, adapter: Adapter, layer: str, base_name: str) -> torch.Tensor:
    try:
        weight = model.get_submodule(layer).weight
    except AttributeError:
        raise another_base(adapter, base_name, f"it has no layer {layer}") from None
    a, b, _ = adapter.layers[layer]
    if tuple(weight.shape) != (b.shape[0], a.shape[1]):
        raise another_base(adapter, base_name, f"{layer} has another shape")
    return weight


def _verify(folder: Path, before: dict[str, torch.Tensor], adapter: Adapter, precision: torch.dtype) -> float:
    saved = {name: tensor for file in folder.glob("*.safetensors") for name, tensor in load_file(file).items()}
    largest = 0.0
    for layer, weight in before.items():
        wanted = weight + torch.from_numpy(adapter.delta(layer))
        errors = (saved[f"{layer}.weight"].float() - wanted).abs()
        allowed = wanted.abs() * torch.finfo(precision).eps + 1e-6
        if not bool((errors <= allowed).all()):
            raise TrainerError("WEIGHTS_DO_NOT_ADD_UP", f"{layer} is off by {errors.max().item():.3g} in what was written. It was removed; run the merge again.", FAILED)
        largest = max(largest, errors.max().item())
    return largest


def _precision_of(folder: Path) -> torch.dtype:
    from transformers import AutoConfig

    return AutoConfig.from_pretrained(str(folder)).dtype or torch.float32
