"""Puts onto a base what is going to be trained."""

import torch
from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training

from .base_model import Base
from .device import Device, check_memory
from .errors import TrainerError
from .settings import TrainSettings


def prepare_model(model, base: Base, settings: TrainSettings, device: Device):
    model.config.use_cache = False
    if settings.method == "full":
        # Weights, gradients and two moments, in float32.
        check_memory(device, 3 * sum(weight.numel() for weight in model.parameters()), 4)
        model.requires_grad_(True)
    else:
        if settings.quantized:
            model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
        torch.manual_seed(settings.seed)
        try:
            model = get_peft_model(model, _lora(base, settings))
        except ValueError as error:
            raise TrainerError("INVALID_SETTING", f"No LoRA can be put onto {base.name} with these target modules: {error}") from None
    if settings.gradient_checkpointing:
        model.enable_input_require_grads()
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    return model.train()


def _lora(base: Base, settings: TrainSettings) -> LoraConfig:
    everything = settings.target_modules == ["all-linear"]
    return LoraConfig(
        base_model_name_or_path=base.name,
        task_type="CAUSAL_LM",
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules="all-linear" if everything else list(settings.target_modules),
    )
