"""What training has to work with on this machine."""

import platform
from importlib.metadata import PackageNotFoundError, version

from .device import choose_device

PACKAGES = ("understudy-trainer", "torch", "transformers", "peft", "safetensors", "gguf", "numpy", "bitsandbytes")


def environment(device_name: str, precision: str) -> dict:
    device = choose_device(device_name, precision)
    versions = {name: _version(name) for name in PACKAGES}
    return {
        "python": platform.python_version(),
        "versions": versions,
        "device": device.name,
        "precision": str(device.precision).removeprefix("torch."),
        "free_bytes": device.free_bytes,
        "quantized_possible": device.torch.type == "cuda" and versions["bitsandbytes"] is not None,
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
