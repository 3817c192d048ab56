"""The loop: a step, now and then a look at what was held out, now and then a checkpoint."""

import math
import signal
from dataclasses import dataclass

import torch

from .checkpoint import Progress, load_checkpoint, load_weights, save_checkpoint, save_weights, trained_weights
from .device import Device
from .encode_conversation import Example
from .errors import FAILED, STOPPED, TrainerError
from .loss import mean_loss, summed_loss
from .passes import make_passes
from .progress_lines import ProgressLines
from .run_folder import RunFolder
from .schedule import Schedule
from .settings import TrainSettings


@dataclass
class TrainingRun:
    model: torch.nn.Module
    device: Device
    settings: TrainSettings
    trained: list[Example]
    held_out: list[Example]
    folder: RunFolder
    is_packed: bool
    pad_token: int
    progress_seconds: float

    def until_done(self) -> dict:
        settings = self.settings
        self.schedule = Schedule(len(self.trained), settings.batch_size, settings.epochs, settings.seed, settings.learning_rate, settings.warmup_share)
        self.optimizer = torch.optim.AdamW(trained_weights(self.model).values(), lr=settings.learning_rate, weight_decay=settings.weight_decay)
        progress = load_checkpoint(self.folder.checkpoints, self.model, self.optimizer) or Progress()
        resumed_from = progress.step
        self.lines = ProgressLines(self.schedule.steps, progress.step, self.progress_seconds)
        if resumed_from:
            self.lines.tell("resume", progress.step, f"Resumed at step {progress.step} of {self.schedule.steps}.")
        elif self.held_out:
            progress.held_out_before = self._held_out_loss()
            self.lines.tell("evaluate", 0, f"Loss on held-out replies before training: {progress.held_out_before:.3f}.", held_out_loss=progress.held_out_before)
        every = settings.evaluate_every or self.schedule.steps_per_epoch
        with _StopSignals() as stop:
            while progress.step < self.schedule.steps and not self._is_over(progress):
                self._step(progress)
                is_last = progress.step == self.schedule.steps
                is_evaluated = bool(self.held_out) and (is_last or progress.step % every == 0)
                if is_evaluated:
                    self._evaluate(progress)
                if is_last or is_evaluated or stop.requested or progress.step % settings.checkpoint_every == 0:
                    save_checkpoint(self.folder.checkpoints, self.model, self.optimizer, progress)
                if stop.requested and not is_last:
                    raise TrainerError("STOPPED", f"Stopped after step {progress.step} of {self.schedule.steps} as asked. --resume goes on from there.", STOPPED)
        if self.held_out and progress.best_step != progress.step:
            load_weights(self.model, self.folder.best_weights)
        return {
            "steps": progress.step,
            "planned_steps": self.schedule.steps,
            "resumed_from": resumed_from,
            "stopped_early": progress.step < self.schedule.steps,
            "loss_first": progress.first_loss,
            "loss_last": progress.last_loss,
            "held_out_loss_before": progress.held_out_before,
            "held_out_loss": progress.best_loss,
            "best_step": progress.best_step or progress.step,
            "tokens": progress.tokens,
            "tokens_per_second": round(self.lines.tokens_per_second, 1),
        }

    def _step(self, progress: Progress) -> None:
        step = progress.step + 1
        examples = [self.trained[index] for index in self.schedule.batch(step)]
        learned = sum(example.learned_tokens for example in examples)
        torch.manual_seed(self.schedule.dropout_seed(step))
        loss = 0.0
        for one in make_passes(examples, self.settings.tokens_per_pass, self.is_packed, self.pad_token):
            part = summed_loss(self.model, one, self.device) / learned
            part.backward()
            loss += part.item()
        norm = torch.nn.utils.clip_grad_norm_(list(trained_weights(self.model).values()), self.settings.gradient_norm)
        if not math.isfinite(loss) or not math.isfinite(norm.item()):
            raise TrainerError(
                "NAN_LOSS",
                f"The loss is no longer a number at step {step}. The weights of the last checkpoint are sound. "
                f"Start again in another folder with a lower --learning-rate than {self.settings.learning_rate:g}, or with --precision float32.",
                FAILED,
            )
        rate = self.schedule.learning_rate(step)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        tokens = sum(len(example.input_ids) for example in examples)
        progress.step, progress.tokens, progress.last_loss = step, progress.tokens + tokens, loss
        progress.first_loss = loss if progress.first_loss is None else progress.first_loss
        self.lines.step(step, loss, tokens, epoch=round(step / self.schedule.steps_per_epoch, 3), learning_rate=rate)

    def _evaluate(self, progress: Progress) -> None:
        loss = self._held_out_loss()
        if not math.isfinite(loss):
            raise TrainerError("NAN_LOSS", f"The loss on held-out replies is no longer a number at step {progress.step}. Lower --learning-rate.", FAILED)
        is_better = progress.best_loss is None or loss < progress.best_loss
        if is_better:
            save_weights(self.model, self.folder.best_weights)
            progress.best_loss, progress.best_step, progress.evaluations_without_gain = loss, progress.step, 0
        else:
            progress.evaluations_without_gain += 1
        told = "the best so far" if is_better else f"no better than {progress.best_loss:.3f} at step {progress.best_step}"
        self.lines.tell("evaluate", progress.step, f"Loss on held-out replies after step {progress.step}: {loss:.3f}, {told}.", held_out_loss=loss)

    def _held_out_loss(self) -> float:
        return mean_loss(self.model, self.held_out, self.device, self.settings.tokens_per_pass, self.is_packed, self.pad_token)

    def _is_over(self, progress: Progress) -> bool:
        return progress.evaluations_without_gain >= self.settings.patience


class _StopSignals:
    """A stopped run finishes its step and keeps a checkpoint; a second signal ends it at once."""

    def __init__(self) -> None:
        self.requested = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_StopSignals":
        self._before = {number: signal.signal(number, self._request) for number in (signal.SIGTERM, signal.SIGINT)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _request(self, number: int, _frame: object) -> None:
        self.requested = True
        signal.signal(number, signal.SIG_DFL)
