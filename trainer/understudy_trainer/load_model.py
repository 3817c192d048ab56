"""Loads a base for training or for trying it out."""

import tempfile

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig, GgufConfig
from transformers.utils.logging import disable_progress_bar

from .base_model import Base, count_weights
from .device import Device, check_memory
from .errors import TrainerError, as_trainer_error
from .rope_scaling import restore_rope_scaling

disable_progress_bar()


def load_tokenizer(base: Base):
    try:
        return AutoTokenizer.from_pretrained(**base.arguments)
    except Exception as error:
        raise _unreadable(base, "tokenizer", error) from error


def load_model(base: Base, device: Device, precision: torch.dtype | None = None, quantized: bool = False):
    precision = precision or device.precision
    check_memory(device, count_weights(base), 0.6 if quantized else precision.itemsize)
    try:
        if quantized:
            return _load_quantized(base, device)
        config = AutoConfig.from_pretrained(**base.arguments)
        if base.gguf:
            restore_rope_scaling(config, base.gguf)
        unpacked = {"quantization_config": GgufConfig(dequantize=True)} if base.gguf else {}
        model = AutoModelForCausalLM.from_pretrained(**base.arguments, config=config, dtype=precision, **unpacked)
    except Exception as error:
        raise _unreadable(base, "weights", error) from error
    if getattr(model.config, "quantization_config", None) is not None and base.gguf:
        # They are plain weights now; peft would otherwise take them for blocks that it cannot train on.
        del model.config.quantization_config
    return model.to(device.torch)


def _load_quantized(base: Base, device: Device):
    settings = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=torch.bfloat16)
    place = {"": device.torch}
    if not base.gguf:
        return AutoModelForCausalLM.from_pretrained(**base.arguments, quantization_config=settings, dtype=torch.bfloat16, device_map=place)
    # transformers cannot read GGUF blocks and quantise in one go.
    with tempfile.TemporaryDirectory(prefix="understudy-trainer-") as folder:
        load_model(base, Device(torch.device("cpu"), torch.bfloat16)).save_pretrained(folder)
        return AutoModelForCausalLM.from_pretrained(folder, quantization_config=settings, dtype=torch.bfloat16, device_map=place)


def _unreadable(base: Base, what: str, error: Exception) -> TrainerError:
    known = as_trainer_error(error)
    return known or TrainerError("BASE_UNSUPPORTED", f"The {what} of {base.name} cannot be loaded: {str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__}")
