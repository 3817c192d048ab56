"""Writes what was trained: an adapter as peft and vLLM read it, or a whole model."""

import json
import os
import shutil
from pathlib import Path

import torch

from . import __version__

ORIGIN_FILE = "understudy.json"


def save_trained(model, tokenizer, folder: Path, method: str, origin: dict) -> Path:
    place = folder / ("adapter" if method == "lora" else "model")
    part = folder / "trained.part"
    shutil.rmtree(part, ignore_errors=True)
    if method == "lora":
        # peft would write the path of this machine.
        model.peft_config["default"].base_model_name_or_path = origin["base"]
        model.save_pretrained(part, save_embedding_layers=False)
    else:
        model.to(torch.bfloat16).save_pretrained(part)
        tokenizer.save_pretrained(part)
    (part / ORIGIN_FILE).write_text(json.dumps({"trainer": __version__, "method": method, **origin}, indent=2))
    shutil.rmtree(place, ignore_errors=True)
    os.replace(part, place)
    return place


def read_origin(folder: Path) -> dict | None:
    file = folder / ORIGIN_FILE
    return json.loads(file.read_text()) if file.is_file() else None
