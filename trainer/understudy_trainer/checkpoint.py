"""
Keeps enough to go on after `kill -9`: what is trained, the optimiser's state and how far it got. Data order, dropout and learning rate
follow from the seed and the step, so that nothing else has to be kept and a resumed run ends as one that was never stopped.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


@dataclass
class Progress:
    step: int = 0
    tokens: int = 0
    first_loss: float | None = None
    last_loss: float | None = None
    held_out_before: float | None = None
    best_loss: float | None = None
    best_step: int = 0
    evaluations_without_gain: int = 0


def trained_weights(model) -> dict[str, torch.Tensor]:
    return {name: weight for name, weight in model.named_parameters() if weight.requires_grad}


def save_weights(model, path: Path) -> None:
    part = path.with_suffix(".part")
    save_file({name: weight.detach().cpu().contiguous() for name, weight in trained_weights(model).items()}, part)
    _flush(part)
    os.replace(part, path)


def load_weights(model, path: Path) -> None:
    saved = load_file(path)
    with torch.no_grad():
        for name, weight in trained_weights(model).items():
            weight.copy_(saved[name])


def save_checkpoint(folder: Path, model, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    save_weights(model, part / "weights.safetensors")
    torch.save(optimizer.state_dict(), part / "optimizer.pt")
    _flush(part / "optimizer.pt")
    (part / "progress.json").write_text(json.dumps(asdict(progress)))
    # The name is what makes it a checkpoint: it appears when all of it is there.
    os.replace(part, folder / f"step-{progress.step:08d}")
    for old in _checkpoints(folder)[:-1]:
        shutil.rmtree(old)


def load_checkpoint(folder: Path, model, optimizer: torch.optim.Optimizer) -> Progress | None:
    saved = _checkpoints(folder)
    if not saved:
        return None
    load_weights(model, saved[-1] / "weights.safetensors")
    optimizer.load_state_dict(torch.load(saved[-1] / "optimizer.pt", weights_only=True, map_location="cpu"))
    return Progress(**json.loads((saved[-1] / "progress.json").read_text()))


def _checkpoints(folder: Path) -> list[Path]:
    return sorted(folder.glob("step-*"))


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
