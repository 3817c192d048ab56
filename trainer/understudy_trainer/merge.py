"""Adds an adapter to its base for good."""

import time
from pathlib import Path

from .adapter import Adapter, read_adapter
from .base_model import Base, open_base, sha256_of_base
from .errors import TrainerError
from .protocol import log


def merge(base_path: Path, adapter_path: Path, output: Path, kind: str) -> dict:
    started = time.monotonic()
    base = open_base(base_path)
    adapter = read_adapter(adapter_path)
    if output.exists():
        raise TrainerError("OUTPUT_IN_USE", f"{output} is there already. Remove it, or take another --output.")
    if not output.parent.is_dir():
        raise TrainerError("OUTPUT_UNUSABLE", f"There is no folder {output.parent}. Make it first.")
    is_same_file = _is_same_file(base, adapter)
    if is_same_file is False:
        log("The adapter was trained on another file of this base. Another quantisation is fine; one that the adapter was merged into already would get it twice.")
    if output.suffix == ".gguf":
        if not base.gguf:
            raise TrainerError("BASE_UNSUPPORTED", f"{base.name} is a folder and an adapter is merged into a GGUF. Give the GGUF of the same model as --base, or a folder as --output.")
        from .merge_gguf import merge_gguf

        told = merge_gguf(base, adapter, output, kind)
    else:
        from .merge_safetensors import merge_safetensors

        told = merge_safetensors(base, adapter, adapter_path, output)
    return {"output": str(output), "base": base.name, "trained_on_this_file": is_same_file, **told, "seconds": round(time.monotonic() - started, 1)}


def _is_same_file(base: Base, adapter: Adapter) -> bool | None:
    """None where the adapter does not say."""
    trained_on = adapter.origin and adapter.origin.get("base_sha256")
    return trained_on == sha256_of_base(base) if trained_on else None
