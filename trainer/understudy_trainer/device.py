"""Where the arithmetic happens and in which precision."""

from dataclasses import dataclass

import psutil
import torch

from .errors import TrainerError, out_of_memory


@dataclass(frozen=True)
class Device:
    torch: torch.device
    precision: torch.dtype  # of the frozen weights and of the arithmetic; what is trained stays float32

    @property
    def name(self) -> str:
        return torch.cuda.get_device_name(self.torch) if self.torch.type == "cuda" else self.torch.type

    @property
    def autocast(self):
        return torch.autocast(self.torch.type, dtype=self.precision, enabled=self.precision != torch.float32)

    @property
    def free_bytes(self) -> int:
        return torch.cuda.mem_get_info(self.torch)[0] if self.torch.type == "cuda" else psutil.virtual_memory().available


def choose_device(name: str, precision: str) -> Device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    if (name == "cuda" and not torch.cuda.is_available()) or (name == "mps" and not torch.backends.mps.is_available()):
        raise TrainerError("DEVICE_UNAVAILABLE", f"There is no {name} device that torch {torch.__version__} can use here. Take --device auto, or mend the driver.")
    if precision == "auto":
        precision = "bfloat16" if name == "cuda" and torch.cuda.is_bf16_supported() else "float32"
    return Device(torch.device(name), getattr(torch, precision))


def check_quantized_is_possible(device: Device) -> None:
    if device.torch.type != "cuda":
        raise TrainerError("QUANTIZED_UNAVAILABLE", "Quantised training (QLoRA) needs a CUDA GPU, and there is none. Train without it, or on a machine that has one.")
    try:
        import bitsandbytes  # noqa: F401
    except ImportError:
        raise TrainerError("QUANTIZED_UNAVAILABLE", "Quantised training (QLoRA) needs bitsandbytes: pip install './trainer[quantized]'.") from None


def check_memory(device: Device, weights: int, bytes_per_weight: float) -> None:
    """The system ends a process that takes too much without a word, so what certainly cannot fit is refused beforehand."""
    needed, free = weights * bytes_per_weight, device.free_bytes
    if needed > free:
        raise out_of_memory(
            f"The weights alone need {needed / 2**30:.1f} GiB and {free / 2**30:.1f} GiB are free. Take a smaller base, --quantized or --precision bfloat16, or a larger machine."
        )
