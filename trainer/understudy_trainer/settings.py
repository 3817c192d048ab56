"""What a training run can be told, with the defaults of Understudy's startFineTuning."""

from dataclasses import dataclass

from .errors import TrainerError

DEFAULT_TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj"]
LEARNING_RATES = {"lora": 2e-4, "full": 1e-5}


@dataclass(frozen=True)
class TrainSettings:
    method: str = "lora"
    epochs: float = 3.0
    learning_rate: float = LEARNING_RATES["lora"]
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    target_modules: tuple[str, ...] | list[str] = tuple(DEFAULT_TARGETS)
    quantized: bool = False
    minimum_examples: int = 1000
    batch_size: int = 8
    tokens_per_pass: int = 4096
    maximum_tokens: int = 2048
    packing: bool = True
    gradient_checkpointing: bool = False
    seed: int = 42
    warmup_share: float = 0.03
    weight_decay: float = 0.0
    gradient_norm: float = 1.0
    held_out_share: float = 0.1
    evaluate_every: int | None = None
    patience: int = 2
    checkpoint_every: int = 20
    allow_one_intent: bool = False

    def check(self) -> "TrainSettings":
        faults = [
            *_outside("epochs", self.epochs, 0, 100, open_below=True),
            *_outside("learning-rate", self.learning_rate, 0, 1, open_below=True),
            *_outside("rank", self.rank, 1, 512),
            *_outside("alpha", self.alpha, 1, 4096),
            *_outside("dropout", self.dropout, 0, 0.9),
            *_outside("batch-size", self.batch_size, 1, 4096),
            *_outside("maximum-tokens", self.maximum_tokens, 16, 1_000_000),
            *_outside("tokens-per-pass", self.tokens_per_pass, 16, 10_000_000),
            *_outside("warmup-share", self.warmup_share, 0, 1),
            *_outside("held-out-share", self.held_out_share, 0, 0.5),
            *_outside("patience", self.patience, 1, 1000),
            *_outside("evaluate-every", self.evaluate_every or 1, 1, 1_000_000),
            *_outside("checkpoint-every", self.checkpoint_every, 1, 1_000_000),
            *_outside("seed", self.seed, 0, 2**31 - 1),
        ]
        if self.method == "full" and self.quantized:
            faults.append("--quantized trains an adapter over frozen 4-bit weights, so it does not go with --method full")
        if faults:
            raise TrainerError("INVALID_SETTING", f"{'; '.join(faults)}.")
        return self

    @property
    def deciding(self) -> dict:
        """What decides how the run ends, so what may not change between its start and its resumption."""
        names = (
            "method epochs learning_rate rank alpha dropout quantized batch_size maximum_tokens seed warmup_share weight_decay gradient_norm "
            "held_out_share evaluate_every patience"
        ).split()
        return {**{name: getattr(self, name) for name in names}, "target_modules": sorted(self.target_modules)}


def _outside(name: str, value: float, low: float, high: float, open_below: bool = False) -> list[str]:
    if low < value <= high or (value == low and not open_below):
        return []
    return [f"--{name} must be {'above' if open_below else 'from'} {low:g} {'and at most' if open_below else 'to'} {high:g}, and is {value:g}"]
