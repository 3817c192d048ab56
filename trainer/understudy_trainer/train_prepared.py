"""Training, once the request is known to be sound."""

import time
from dataclasses import asdict
from datetime import date

import torch

from .base_identity import identity_of_model
from .base_model import Base
from .conversations import Dataset
from .device import check_quantized_is_possible, choose_device
from .examples import prepare_examples
from .load_model import load_model, load_tokenizer
from .passes import keeps_packed_apart
from .prepare_model import prepare_model
from .protocol import log
from .render_conversation import ChatTemplate
from .run_folder import RunFolder
from .save_trained import save_trained
from .train import TrainRequest
from .training_run import TrainingRun


def train_prepared(request: TrainRequest, folder: RunFolder, base: Base, dataset: Dataset, held_out: Dataset | None, begun: dict) -> dict:
    started = time.monotonic()
    settings = request.settings
    device = choose_device(request.device, request.precision)
    if settings.quantized:
        check_quantized_is_possible(device)
    tokenizer = load_tokenizer(base)
    template = ChatTemplate(tokenizer, date.fromisoformat(begun["date"]))
    examples = prepare_examples(tokenizer, template, dataset, held_out, settings)
    model = load_model(base, device, torch.float32 if settings.method == "full" else None, settings.quantized)
    identity = identity_of_model(model)
    is_packed = settings.packing and keeps_packed_apart(model, device)
    if settings.packing and not is_packed:
        log("This model does not keep packed conversations apart, so they are padded instead.")
    model = prepare_model(model, base, settings, device)
    pad_token = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id or 0
    figures = TrainingRun(model, device, settings, examples.trained, examples.held_out, folder, is_packed, pad_token, request.progress_seconds).until_done()
    origin = {"base": base.name, "base_sha256": begun["base_sha256"], "dataset_sha256": dataset.sha256}
    trained_at = save_trained(model, tokenizer, folder.path, settings.method, {**origin, "base_identity": identity})
    return {
        "output": str(trained_at),
        "method": settings.method,
        **origin,
        **figures,
        "trained_conversations": examples.trained_conversations,
        "held_out_conversations": examples.held_out_conversations,
        "too_long_conversations": examples.too_long,
        "packed": is_packed,
        "device": device.name,
        "seconds": round(time.monotonic() - started, 1),
        "settings": {**asdict(settings), "target_modules": list(settings.target_modules)},
    }
