"""Tells how a run gets on, at most once in a while, since each line becomes a row and an event at the server."""

import time

from .protocol import emit, log


class ProgressLines:
    def __init__(self, total: int, done: int, every_seconds: float):
        self._total = total
        self._every = every_seconds
        self._began_at = time.monotonic()
        self._began_with = done
        self._told_at = float("-inf")
        self._tokens = 0
        self._losses: list[float] = []

    def tell(self, step: str, done: int, message: str, **more: float) -> None:
        emit("progress", step=step, done=done, total=self._total, loss=None, tokens_per_second=None, eta_seconds=None, message=message, **more)
        log(message)

    def step(self, done: int, loss: float, tokens: int, **more: float) -> None:
        self._losses.append(loss)
        self._tokens += tokens
        now = time.monotonic()
        if now - self._told_at < self._every and done < self._total:
            return
        elapsed = max(now - self._began_at, 1e-6)
        eta = elapsed / (done - self._began_with) * (self._total - done)
        mean = sum(self._losses) / len(self._losses)
        speed = self._tokens / elapsed
        message = f"Step {done} of {self._total}: loss {mean:.3f}, {speed:.0f} tokens a second, {_in_words(eta)} left."
        emit("progress", step="train", done=done, total=self._total, loss=mean, tokens_per_second=round(speed, 1), eta_seconds=round(eta, 1), message=message, **more)
        log(message)
        self._told_at, self._losses = now, []

    @property
    def tokens_per_second(self) -> float:
        return self._tokens / max(time.monotonic() - self._began_at, 1e-6)


def _in_words(seconds: float) -> str:
    for size, unit in ((3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
