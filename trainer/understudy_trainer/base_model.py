"""Opens the model to start from: a folder as transformers saves it, or one GGUF file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from .errors import TrainerError
from .gguf_file import GgufFile

# Only GGUFs of these are merged into. `llama` includes Mistral, SmolLM and others that llama.cpp stores under that name.
ARCHITECTURES = ("llama", "qwen2", "qwen3")


@dataclass(frozen=True)
class Base:
    path: Path  # the folder, or the GGUF file
    gguf: GgufFile | None

    @property
    def name(self) -> str:
        return self.path.stem if self.gguf else self.path.name

    @property
    def arguments(self) -> dict[str, str]:
        """What transformers' from_pretrained is given."""
        if self.gguf:
            return {"pretrained_model_name_or_path": str(self.path.parent), "gguf_file": self.path.name}
        return {"pretrained_model_name_or_path": str(self.path)}


def open_base(path: Path) -> Base:
    path = path.expanduser().resolve()
    if not path.exists():
        raise TrainerError(
            "BASE_NOT_FOUND",
            f"There is no base at {path}. Give a .gguf file, or a folder with config.json, tokenizer and safetensors. Names of a model hub are not looked up: download it first.",
        )
    if path.is_file():
        return _open_gguf(path)
    if (path / "config.json").is_file():
        if not any(path.glob("*.safetensors")) and not any(path.glob("pytorch_model*.bin")):
            raise TrainerError("BASE_NOT_FOUND", f"{path} has a config.json but no weights (*.safetensors). Download the model again.")
        return Base(path, None)
    files = sorted(path.glob("*.gguf"))
    if len(files) == 1:
        return _open_gguf(files[0])
    raise TrainerError("BASE_NOT_FOUND", f"{path} holds neither a config.json nor exactly one .gguf file. Name the file itself.")


def _open_gguf(path: Path) -> Base:
    gguf = GgufFile(path)
    if gguf.architecture not in ARCHITECTURES:
        raise TrainerError(
            "BASE_UNSUPPORTED",
            f"{path.name} is of the architecture '{gguf.architecture}'; supported are {', '.join(ARCHITECTURES)}. "
            "Train from its Hugging Face folder instead, and serve the adapter with vLLM or merge it to safetensors.",
        )
    return Base(path, gguf)


def sha256_of_base(base: Base) -> str:
    """Of the file, or of the folder's weights and settings, so that a resumed run and its adapter know their base."""
    files = [base.path] if base.gguf else sorted(file for file in base.path.iterdir() if file.suffix in (".safetensors", ".bin", ".json", ".jinja"))
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def count_weights(base: Base) -> int:
    if base.gguf:
        return sum(int(tensor.n_elements) for tensor in base.gguf.tensors.values())
    total = 0
    for file in base.path.glob("*.safetensors"):
        with file.open("rb") as content:
            header = json.loads(content.read(int.from_bytes(content.read(8), "little")))
        for name, tensor in header.items():
            if name != "__metadata__":
                count = 1
                for size in tensor["shape"]:
                    count *= size
                total += count
    return total
