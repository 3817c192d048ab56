"""From a dataset to an adapter."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .base_model import open_base, sha256_of_base
from .check_dataset import check_dataset
from .conversations import read_dataset
from .protocol import log
from .run_folder import RunFolder
from .settings import TrainSettings


@dataclass(frozen=True)
class TrainRequest:
    base: Path
    dataset: Path
    output: Path
    settings: TrainSettings
    held_out: Path | None = None
    resume: bool = False
    device: str = "auto"
    precision: str = "auto"
    progress_seconds: float = 1.0


def train(request: TrainRequest) -> dict:
    settings = request.settings.check()
    dataset = read_dataset(request.dataset)
    held_out = read_dataset(request.held_out) if request.held_out else None
    for warning in check_dataset(dataset, settings.minimum_examples, settings.allow_one_intent):
        log(warning)
    base = open_base(request.base)
    with RunFolder(request.output) as folder:
        begun = folder.begin(
            {
                **settings.deciding,
                "dataset_sha256": dataset.sha256,
                "held_out_sha256": held_out.sha256 if held_out else None,
                "base_sha256": sha256_of_base(base),
                "date": date.today().isoformat(),
            },
            request.resume,
        )
        finished = folder.result()
        if finished:
            log("This run is complete already.")
            return finished
        # torch and transformers take seconds to import; what is refused above is refused at once.
        from .train_prepared import train_prepared

        result = train_prepared(request, folder, base, dataset, held_out, begun)
        folder.finish(result)
        return result
