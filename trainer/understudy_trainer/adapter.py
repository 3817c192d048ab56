"""Reads a LoRA adapter as what it adds to each layer's weights."""

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.torch import load_file as load_torch_file

from .base_identity import is_same_base
from .errors import TrainerError
from .protocol import log
from .save_trained import read_origin

KEY = re.compile(r"^base_model\.model\.(?P<layer>.+)\.lora_(?P<side>[AB])(\.default)?\.weight$")
# Adapters started by these were trained against a changed base, so adding them to the real one is wrong.
CHANGED_STARTS = ("pissa", "olora", "corda", "loftq", "eva")


@dataclass(frozen=True)
class Adapter:
    layers: dict[str, tuple[np.ndarray, np.ndarray, float]]  # layer → A, B and the scale, in transformers' names and order of rows
    origin: dict | None

    def delta(self, layer: str) -> np.ndarray:
        a, b, scale = self.layers[layer]
        return scale * (b @ a)


def read_adapter(folder: Path) -> Adapter:
    settings_file, weights_file = folder / "adapter_config.json", folder / "adapter_model.safetensors"
    for file in (settings_file, weights_file):
        if not file.is_file():
            raise TrainerError("ADAPTER_NOT_FOUND", f"There is no {file.name} in {folder}. Give the folder that train wrote as its output.")
    try:
        settings = json.loads(settings_file.read_text())
        weights = {name: tensor.float().numpy() for name, tensor in load_torch_file(weights_file).items()}
    except (SafetensorError, ValueError) as error:
        raise TrainerError("ADAPTER_INVALID", f"The adapter in {folder} is damaged ({error}). Copy it again, or train it again.") from None
    _check_kind(settings)
    pairs: dict[str, dict[str, np.ndarray]] = {}
    for name, weight in weights.items():
        match = KEY.match(name)
        if not match:
            raise TrainerError("ADAPTER_UNSUPPORTED", f"The adapter holds {name}, which is no plain LoRA weight. Train it without modules_to_save, DoRA or biases.")
        if not np.isfinite(weight).all():
            raise TrainerError("ADAPTER_INVALID", f"{name} of the adapter holds values that are no numbers. Train again with a lower learning rate.")
        pairs.setdefault(match["layer"], {})[match["side"]] = weight
    broken = [layer for layer, pair in pairs.items() if set(pair) != {"A", "B"} or pair["A"].shape[0] != pair["B"].shape[1]]
    if broken or not pairs:
        raise TrainerError("ADAPTER_INVALID", f"The adapter's halves do not fit together ({', '.join(broken[:3]) or 'there are none'}). Train it again.")
    if not any(pair["B"].any() and pair["A"].any() for pair in pairs.values()):
        raise TrainerError("ADAPTER_WITHOUT_EFFECT", "The adapter changes nothing: its weights are zero. Train it for at least one step.")
    return Adapter({layer: (pair["A"], pair["B"], _scale(settings, layer, pair["A"].shape[0])) for layer, pair in pairs.items()}, read_origin(folder))


def _check_kind(settings: dict) -> None:
    unsupported = {
        "peft_type": settings.get("peft_type") != "LORA",
        "use_dora": bool(settings.get("use_dora")),
        "bias": settings.get("bias", "none") != "none",
        "lora_bias": bool(settings.get("lora_bias")),
        "fan_in_fan_out": bool(settings.get("fan_in_fan_out")),
        "modules_to_save": bool(settings.get("modules_to_save")),
        "layer_replication": bool(settings.get("layer_replication")),
        "init_lora_weights": str(settings.get("init_lora_weights", "true")).lower().startswith(CHANGED_STARTS),
    }
    found = [f"{name} = {settings.get(name)}" for name, is_found in unsupported.items() if is_found]
    if found:
        raise TrainerError("ADAPTER_UNSUPPORTED", f"The adapter is no plain LoRA ({', '.join(found)}), so it cannot be merged here.")


def _scale(settings: dict, layer: str, rank: int) -> float:
    alpha = settings["lora_alpha"]
    for pattern, value in (settings.get("alpha_pattern") or {}).items():
        if re.match(rf"(.*\.)?({pattern})$", layer):
            alpha = value
            break
    return alpha / (math.sqrt(rank) if settings.get("use_rslora") else rank)


def check_is_of(adapter: Adapter, base_name: str, base_identity: list[float]) -> None:
    if not adapter.origin:
        log("The adapter does not say what it was trained on, so only its shapes are compared with the base.")
    elif not is_same_base(adapter.origin["base_identity"], base_identity):
        raise another_base(adapter, base_name, "their normalisation weights differ")


def another_base(adapter: Adapter, base_name: str, why: str) -> TrainerError:
    trained_on = f"was trained on {adapter.origin['base']}" if adapter.origin else "was trained on another base"
    return TrainerError("ADAPTER_OF_ANOTHER_BASE", f"The adapter {trained_on}, which is not {base_name}: {why}. Merge it into the base that it was trained on.")
