"""Llama 3's scaled rotary frequencies, which a GGUF keeps as a tensor and transformers does not read from it."""

import math

import numpy as np

from .gguf_file import GgufFile
from .protocol import log

LOW, HIGH, ORIGINAL_CONTEXT = 1.0, 4.0, 8192


def restore_rope_scaling(config, gguf: GgufFile) -> None:
    if "rope_freqs.weight" in gguf.tensors:
        factors = gguf.values("rope_freqs.weight").reshape(-1)
        theta = float(gguf.model_value("rope.freq_base", 10000.0))
        factor = float(round(float(factors.max())))
        if np.allclose(factors, llama3_factors(theta, 2 * len(factors), factor), rtol=1e-3):
            config.rope_parameters = {
                "rope_type": "llama3",
                "rope_theta": theta,
                "factor": factor,
                "low_freq_factor": LOW,
                "high_freq_factor": HIGH,
                "original_max_position_embeddings": ORIGINAL_CONTEXT,
            }
            return
        log("The base scales its rotary frequencies in a way that is not Llama 3's; the training runs without that scaling.")
    elif gguf.model_value("rope.scaling.type", "none") != "none":
        log("The base stretches its context (rope.scaling); the training runs without it, which matters only to conversations near its full length.")


def llama3_factors(theta: float, head_size: int, factor: float) -> np.ndarray:
    """By how much each frequency is divided: not at all when fast, by `factor` when slow, smoothly in between."""
    result = []
    for index in range(0, head_size, 2):
        wave_length = 2 * math.pi * theta ** (index / head_size)
        if wave_length < ORIGINAL_CONTEXT / HIGH:
            result.append(1.0)
        elif wave_length > ORIGINAL_CONTEXT / LOW:
            result.append(factor)
        else:
            smooth = (ORIGINAL_CONTEXT / wave_length - LOW) / (HIGH - LOW)
            result.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(result)
