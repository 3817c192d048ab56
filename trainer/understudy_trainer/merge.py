"""Adds an adapter to its base for good, or puts fully trained weights in the place of the base's."""

import time
from pathlib import Path

from .adapter import read_adapter
from .base_model import Base, open_base, sha256_of_base
from .errors import TrainerError
from .protocol import log
from .save_trained import read_origin


def merge(base_path: Path, adapter_path: Path, output: Path, kind: str) -> dict:
    started = time.monotonic()
    base = open_base(base_path)
    adapter = read_adapter(adapter_path)
    _check_output(base, output)
    is_same_file = _is_same_file(base, adapter_path)
    if is_same_file is False:
        log("The adapter was trained on another file of this base. Another quantisation is fine; one that the adapter was merged into already would get it twice.")
    if output.suffix == ".gguf":
        from .merge_gguf import merge_gguf

        told = merge_gguf(base, adapter, output, kind)
    else:
        from .merge_safetensors import merge_safetensors

        told = merge_safetensors(base, adapter, adapter_path, output)
    return {"output": str(output), "base": base.name, "trained_on_this_file": is_same_file, **told, "seconds": round(time.monotonic() - started, 1)}


def merge_model(base_path: Path, model_path: Path, output: Path, kind: str) -> dict:
    started = time.monotonic()
    base = open_base(base_path)
    if not any(model_path.glob("*.safetensors")):
        raise TrainerError("MODEL_INVALID", f"There are no *.safetensors in {model_path}. Give the folder that train --method full wrote as its output.")
    if output.suffix != ".gguf":
        raise TrainerError("OUTPUT_UNUSABLE", f"{model_path} is safetensors already; give a .gguf file as --output.")
    _check_output(base, output)
    from .replace_in_gguf import replace_in_gguf

    told = replace_in_gguf(base, model_path, output, kind)
    return {"output": str(output), "base": base.name, "trained_on_this_file": _is_same_file(base, model_path), **told, "seconds": round(time.monotonic() - started, 1)}


def _check_output(base: Base, output: Path) -> None:
    if output.exists():
        raise TrainerError("OUTPUT_IN_USE", f"{output} is there already. Remove it, or take another --output.")
    if not output.parent.is_dir():
        raise TrainerError("OUTPUT_UNUSABLE", f"There is no folder {output.parent}. Make it first.")
    if output.suffix == ".gguf" and not base.gguf:
        raise TrainerError("BASE_UNSUPPORTED", f"{base.name} is a folder, and a GGUF is made from a GGUF. Give the one of the same model as --base, or a folder as --output.")


def _is_same_file(base: Base, trained: Path) -> bool | None:
    """None where what was trained does not say."""
    trained_on = (read_origin(trained) or {}).get("base_sha256")
    return trained_on == sha256_of_base(base) if trained_on else None
