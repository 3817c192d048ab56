"""Everything about a run that follows from its seed and its length alone."""

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    examples: int
    batch_size: int
    epochs: float
    seed: int
    peak: float
    warmup_share: float

    @property
    def steps_per_epoch(self) -> int:
        return math.ceil(self.examples / self.batch_size)

    @property
    def steps(self) -> int:
        return max(1, math.ceil(self.epochs * self.steps_per_epoch))

    def batch(self, step: int) -> list[int]:
        """The examples of a step, counted from 1: each epoch has its own order, and all of them are seen before one comes again."""
        epoch, index = divmod(step - 1, self.steps_per_epoch)
        order = list(range(self.examples))
        random.Random(f"{self.seed}:{epoch}").shuffle(order)
        return order[index * self.batch_size : (index + 1) * self.batch_size]

    def learning_rate(self, step: int) -> float:
        """Rises over the warm-up, then falls along half a cosine."""
        warmup = round(self.warmup_share * self.steps)
        if step <= warmup:
            return self.peak * step / (warmup + 1)
        return self.peak * 0.5 * (1 + math.cos(math.pi * (step - warmup - 1) / max(1, self.steps - warmup)))

    def dropout_seed(self, step: int) -> int:
        return self.seed * 1_000_003 + step
