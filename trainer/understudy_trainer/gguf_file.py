"""Reads GGUF files and writes changed copies of them in which everything else stays as it was, byte for byte."""

import os
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFEndian, GGUFReader, ReaderTensor, dequantize

from .errors import TrainerError, disk_full

HEADER_BYTES = 24  # magic, version, number of tensors, number of metadata entries


@dataclass(frozen=True)
class NewTensor:
    """What a tensor becomes. The values are made when they are written, so that only one tensor is in memory at a time."""

    shape: tuple[int, ...]  # as numpy has it: rows first
    type: GGMLQuantizationType
    make: Callable[[], np.ndarray]  # float32

    @property
    def byte_count(self) -> int:
        block, size = GGML_QUANT_SIZES[self.type]
        return int(np.prod(self.shape)) // block * size


class GgufFile:
    def __init__(self, path: Path):
        self.path = path
        try:
            self._reader = GGUFReader(path)
        except FileNotFoundError:
            raise TrainerError("BASE_NOT_FOUND", f"There is no file at {path}.") from None
        except (ValueError, IndexError, KeyError, OverflowError, TypeError) as error:
            if "magic" in str(error) or path.stat().st_size < HEADER_BYTES:
                raise TrainerError("GGUF_INVALID", f"{path.name} is no GGUF file.") from None
            raise TrainerError("GGUF_INVALID", f"{path.name} is truncated or damaged ({error}). Download or copy it again.") from None
        if self._reader.endianess != GGUFEndian.LITTLE:
            raise TrainerError("GGUF_INVALID", f"{path.name} is big-endian; only little-endian files are supported.")
        self.tensors: dict[str, ReaderTensor] = {tensor.name: tensor for tensor in self._reader.tensors}
        if not self.tensors:
            raise TrainerError("GGUF_INVALID", f"{path.name} holds no tensors.")
        if int(self.value("split.count", 1)) > 1:
            raise TrainerError("GGUF_INVALID", f"{path.name} is one part of several. Join them first with llama.cpp's llama-gguf-split --merge.")

    def value(self, key: str, default=None):
        field = self._reader.get_field(key)
        return default if field is None else field.contents()

    @property
    def architecture(self) -> str:
        return str(self.value("general.architecture", ""))

    @property
    def alignment(self) -> int:
        return int(self._reader.alignment)

    def model_value(self, key: str, default=None):
        return self.value(f"{self.architecture}.{key}", default)

    @property
    def metadata_bytes(self) -> np.ndarray:
        return self._reader.data[HEADER_BYTES : self._reader.tensors[0].field.offset]

    def raw(self, name: str) -> np.ndarray:
        tensor = self.tensors[name]
        return self._reader.data[tensor.data_offset : tensor.data_offset + tensor.n_bytes]

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(int(size) for size in reversed(self.tensors[name].shape))

    def values(self, name: str) -> np.ndarray:
        tensor = self.tensors[name]
        try:
            return dequantize(tensor.data, tensor.tensor_type).astype(np.float32).reshape(self.shape(name))
        except NotImplementedError:
            kind = tensor.tensor_type.name
            raise TrainerError("BASE_UNSUPPORTED", f"{self.path.name} stores {name} as {kind}, which cannot be read back. Take another quantisation of it.") from None


def write_changed(base: GgufFile, changes: dict[str, NewTensor], path: Path, quantize: Callable[[np.ndarray, NewTensor], np.ndarray]) -> None:
    """A copy of `base` in which the tensors of `changes` are replaced, or added at the end."""
    names = [*base.tensors, *(name for name in changes if name not in base.tensors)]
    sizes = [changes[name].byte_count if name in changes else int(base.tensors[name].n_bytes) for name in names]
    aligned = [_round_up(size, base.alignment) for size in sizes]
    if shutil.disk_usage(path.parent).free < sum(aligned) + len(base.metadata_bytes):
        raise disk_full(path)
    with path.open("wb") as file:
        magic_and_version = bytes(base._reader.data[:8])
        file.write(magic_and_version + struct.pack("<QQ", len(names), int(base.value("GGUF.kv_count"))))
        file.write(base.metadata_bytes)
        offset = 0
        for name, size in zip(names, aligned):
            shape = changes[name].shape if name in changes else base.shape(name)
            kind = changes[name].type if name in changes else base.tensors[name].tensor_type
            encoded = name.encode()
            file.write(struct.pack("<Q", len(encoded)) + encoded + struct.pack("<I", len(shape)))
            file.write(struct.pack(f"<{len(shape)}Q", *reversed(shape)) + struct.pack("<IQ", int(kind), offset))
            offset += size
        file.write(b"\0" * (_round_up(file.tell(), base.alignment) - file.tell()))
        for name, size, padded in zip(names, sizes, aligned):
            data = quantize(changes[name].make(), changes[name]) if name in changes else base.raw(name)
            written = file.write(np.ascontiguousarray(data).view(np.uint8).reshape(-1))
            assert written == size, f"{name}: {written} bytes written, {size} planned"
            file.write(b"\0" * (padded - size))
        file.flush()
        os.fsync(file.fileno())


def _round_up(size: int, alignment: int) -> int:
    return (size + alignment - 1) // alignment * alignment
