"""Compares a merged GGUF with what it should be."""

import numpy as np
from gguf import GGMLQuantizationType

from .errors import FAILED, TrainerError
from .gguf_file import GgufFile, NewTensor


def verify_merged(base: GgufFile, merged: GgufFile, changes: dict[str, NewTensor]) -> float:
    """The largest difference between a weight and base + (alpha/rank)·B·A, none of which may be more than its type's rounding."""
    if not np.array_equal(base.metadata_bytes, merged.metadata_bytes):
        raise _wrong("its metadata differ from the base's")
    if list(merged.tensors) != [*base.tensors, *(name for name in changes if name not in base.tensors)]:
        raise _wrong("its list of tensors differs from the base's")
    largest = 0.0
    for name in merged.tensors:
        if name not in changes:
            if merged.tensors[name].tensor_type != base.tensors[name].tensor_type or not np.array_equal(base.raw(name), merged.raw(name)):
                raise _wrong(f"{name}, which the adapter does not touch, has changed")
            continue
        wanted = changes[name].make()
        errors = np.abs(merged.values(name) - wanted)
        if not (errors <= allowed_error(wanted, changes[name].type)).all():
            raise _wrong(f"{name} is off by {errors.max():.3g}")
        largest = max(largest, float(errors.max()))
    return largest


def allowed_error(values: np.ndarray, kind: GGMLQuantizationType) -> np.ndarray:
    if kind == GGMLQuantizationType.F32:
        return np.zeros_like(values)
    if kind == GGMLQuantizationType.F16:
        return np.abs(values) * 2.0**-11 + 2.0**-24
    # Q8_0: a block of 32 shares the scale largest/127, itself rounded to F16; a weight is rounded to the nearest multiple of it.
    largest = np.abs(values.reshape(-1, 32)).max(axis=1, keepdims=True)
    return np.broadcast_to(largest / 127 * 0.51 + largest * 2.0**-11 + 2.0**-17, (largest.shape[0], 32)).reshape(values.shape)


def _wrong(what: str) -> TrainerError:
    return TrainerError("WEIGHTS_DO_NOT_ADD_UP", f"The merged file is wrong: {what}. It was removed; run the merge again, and report it if it fails again.", FAILED)
