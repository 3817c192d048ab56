"""The folder of one training run: its lock, the settings it was begun with, its checkpoints and its result."""

import fcntl
import json
import os
import shutil
from pathlib import Path

from .errors import TrainerError


class RunFolder:
    def __init__(self, path: Path):
        self.path = path
        self.checkpoints = path / "checkpoints"
        self.best_weights = path / "best.safetensors"
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / ".lock").open("w")
        except OSError as error:
            raise TrainerError("OUTPUT_UNUSABLE", f"{path} cannot be written to: {error.strerror}.") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise TrainerError("OUTPUT_IN_USE", f"Another trainer works in {path}. Wait for it, or take another --output.") from None

    def __enter__(self) -> "RunFolder":
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def begin(self, settings: dict, resume: bool) -> dict:
        """The settings in force: `settings`, or those that the run was begun with, from which nothing that decides its end may differ."""
        file = self.path / "run.json"
        if not self.checkpoints.exists() and not self.result():
            self._write("run.json", settings)
            return settings
        begun = json.loads(file.read_text())
        if not resume:
            raise TrainerError("OUTPUT_IN_USE", f"{self.path} holds a training run already. Pass --resume to go on with it, or take another --output.")
        changed = sorted(key for key in settings if key != "date" and begun.get(key) != settings[key])
        if changed:
            raise TrainerError("SETTINGS_CHANGED", f"The run in {self.path} was begun with other values of: {', '.join(changed)}. Use the same ones, or take another --output.")
        return begun

    def result(self) -> dict | None:
        file = self.path / "result.json"
        return json.loads(file.read_text()) if file.exists() else None

    def finish(self, result: dict) -> None:
        self._write("result.json", result)
        shutil.rmtree(self.checkpoints, ignore_errors=True)
        self.best_weights.unlink(missing_ok=True)

    def _write(self, name: str, content: dict) -> None:
        part = self.path / f"{name}.part"
        part.write_text(json.dumps(content, indent=2))
        os.replace(part, self.path / name)
