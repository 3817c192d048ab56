"""understudy-trainer: its subcommands and what they answer."""

import argparse
import os
import sys
import traceback
import warnings
from datetime import date
from pathlib import Path

# No model hub is asked for anything, and the log stays readable. Set before transformers is imported.
for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS", "TQDM_DISABLE"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
warnings.filterwarnings("ignore", category=FutureWarning)
warnings.filterwarnings("ignore", "The PEFT config's `base_model_name_or_path`")

from . import __version__, protocol
from .errors import as_trainer_error
from .settings import DEFAULT_TARGETS, LEARNING_RATES, TrainSettings

EXIT_CODES = """\
exit codes: 0 done; 1 a bug (see stderr); 2 wrong arguments; 3 refused (the input has to change);
4 training failed; 5 out of memory or disk; 6 stopped, --resume goes on."""


def main(arguments: list[str] | None = None) -> int:
    try:
        chosen = _parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    protocol.claim_stdout()
    try:
        result = chosen.run(chosen)
        protocol.emit("result", command=chosen.command, **result)
        return 0
    except Exception as error:
        known = as_trainer_error(error)
        if not known:
            traceback.print_exc()
        protocol.log(f"{known.code}: {known.message}" if known else f"This is a bug of the trainer: {error!r}")
        code, message = (known.code, known.message) if known else ("INTERNAL", f"The trainer failed unexpectedly: {error!r}. Its log says where.")
        try:
            protocol.emit("error", code=code, message=message)
        except Exception:
            pass  # nobody listens any more
        return known.exit_code if known else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="understudy-trainer", epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Fine-tunes a chat model on conversations exported from Understudy. Answers with JSON lines on stdout, explains on stderr.",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for add in (_add_train, _add_merge, _add_render, _add_probe, _add_environment):
        add(lambda name, summary: commands.add_parser(name, help=summary, description=summary, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter))
    return parser


def _add_base(command: argparse.ArgumentParser) -> None:
    command.add_argument("--base", type=Path, required=True, help="the model to start from: a .gguf file, or a folder with config.json, tokenizer and safetensors")


def _add_device(command: argparse.ArgumentParser) -> None:
    command.add_argument("--device", choices=["auto", "cpu", "cuda", "mps"], default="auto", help="where to compute (auto: a GPU when there is one)")
    command.add_argument("--precision", choices=["auto", "float32", "bfloat16"], default="auto", help="of the frozen weights (auto: bfloat16 on CUDA, else float32)")


def _add_train(add) -> None:
    command = add("train", "Trains a LoRA adapter, or all weights, on a dataset in the CHAT format.")
    defaults = TrainSettings()

    def number(name: str, kind: type, told: str) -> None:
        command.add_argument(f"--{name}", type=kind, default=getattr(defaults, name.replace("-", "_")), help=f"{told} (default %(default)s)")

    _add_base(command)
    command.add_argument("--dataset", type=Path, required=True, help="exportTrainingData's file: one {messages, rating, notes} a line")
    command.add_argument("--output", type=Path, required=True, help="folder for checkpoints, the adapter and result.json")
    command.add_argument("--resume", action="store_true", help="go on with the run in --output where there is one")
    command.add_argument("--method", choices=["lora", "full"], default="lora", help="an adapter, or all weights (default %(default)s)")
    number("epochs", float, "how often each conversation is seen")
    command.add_argument("--learning-rate", type=float, help=f"peak of the learning rate (default {LEARNING_RATES['lora']:g}, {LEARNING_RATES['full']:g} with --method full)")
    number("rank", int, "rank of the adapter")
    number("alpha", int, "the adapter is scaled by alpha/rank")
    number("dropout", float, "share of the adapter's inputs dropped in training")
    command.add_argument("--target-modules", default=",".join(DEFAULT_TARGETS), help="layers that get an adapter, by comma, or all-linear (default %(default)s)")
    command.add_argument("--quantized", action="store_true", help="hold the base in 4 bits while training (QLoRA); needs CUDA and bitsandbytes")
    number("minimum-examples", int, "refuse a smaller dataset")
    command.add_argument("--allow-one-intent", action="store_true", help="train although all rows are of one intent")
    number("batch-size", int, "conversations a step")
    number("maximum-tokens", int, "longer conversations are left out")
    number("tokens-per-pass", int, "tokens that go through the model at once; changes memory and speed only")
    command.add_argument("--no-packing", dest="packing", action="store_false", help="pad conversations to equal length instead of packing them into one row")
    command.add_argument("--gradient-checkpointing", action="store_true", help="compute activations twice to save memory")
    number("seed", int, "decides order, dropout, start and what is held out")
    number("warmup-share", float, "share of the steps in which the learning rate rises")
    number("weight-decay", float, "of AdamW")
    number("gradient-norm", float, "longer gradients are cut to it")
    held = command.add_mutually_exclusive_group()
    held.add_argument("--held-out", type=Path, help="dataset whose loss decides when to stop; its conversations are not trained on")
    held.add_argument("--held-out-share", type=float, default=defaults.held_out_share, help="else this share of the conversations (default %(default)s)")
    command.add_argument("--evaluate-every", type=int, help="steps between looks at the held-out loss (default: an epoch)")
    number("patience", int, "looks without a gain after which the run stops; the best weights are kept")
    number("checkpoint-every", int, "steps between checkpoints")
    command.add_argument("--progress-seconds", type=float, default=1.0, help="at most one progress line in so many seconds (default %(default)s)")
    _add_device(command)
    command.set_defaults(run=_train)


def _train(chosen: argparse.Namespace) -> dict:
    from .train import TrainRequest, train

    settings = {name: getattr(chosen, name) for name in TrainSettings.__dataclass_fields__ if hasattr(chosen, name)}
    settings["learning_rate"] = LEARNING_RATES[chosen.method] if chosen.learning_rate is None else chosen.learning_rate
    settings["target_modules"] = [name.strip() for name in chosen.target_modules.split(",") if name.strip()]
    return train(
        TrainRequest(
            base=chosen.base, dataset=chosen.dataset, output=chosen.output, settings=TrainSettings(**settings), held_out=chosen.held_out,
            resume=chosen.resume, device=chosen.device, precision=chosen.precision, progress_seconds=chosen.progress_seconds,
        )  # fmt: skip
    )


def _add_merge(add) -> None:
    command = add("merge", "Adds an adapter to its base: into a copy of the base's GGUF, or into a folder of safetensors.")
    _add_base(command)
    trained = command.add_mutually_exclusive_group(required=True)
    trained.add_argument("--adapter", type=Path, help="folder with adapter_config.json and adapter_model.safetensors")
    trained.add_argument("--model", type=Path, help="folder that train --method full wrote; its weights replace those of the base's GGUF")
    command.add_argument("--output", type=Path, required=True, help="a .gguf file, or a folder for safetensors")
    command.add_argument("--type", choices=["auto", "q8_0", "f16"], default="auto", help="of the changed tensors in a GGUF (auto: F16 where the base's are not quantised, else Q8_0)")
    command.set_defaults(run=_merge)


def _merge(chosen: argparse.Namespace) -> dict:
    from .merge import merge, merge_model

    if chosen.model:
        return merge_model(chosen.base, chosen.model, chosen.output, chosen.type)
    return merge(chosen.base, chosen.adapter, chosen.output, chosen.type)


def _add_conversations(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dataset", type=Path, required=True, help="conversations in the CHAT format")
    command.add_argument("--limit", type=int, default=5, help="how many of them (default %(default)s)")
    command.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the day that templates which write one are given (default: today)")


def _add_render(add) -> None:
    command = add("render", "Prints the prompts that the base's chat template makes of conversations, to compare with the server's.")
    _add_base(command)
    _add_conversations(command)
    command.set_defaults(run=_render)


def _render(chosen: argparse.Namespace) -> dict:
    from .render import render

    return render(chosen.base, chosen.dataset, chosen.limit, chosen.date)


def _add_probe(add) -> None:
    command = add("probe", "Lets the base answer with and without the adapter, and says whether it changed anything.")
    _add_base(command)
    command.add_argument("--adapter", type=Path, required=True, help="folder of the adapter")
    _add_conversations(command)
    command.add_argument("--maximum-new-tokens", type=int, default=64, help="length of an answer (default %(default)s)")
    _add_device(command)
    command.set_defaults(run=_probe)


def _probe(chosen: argparse.Namespace) -> dict:
    from .probe import probe

    return probe(chosen.base, chosen.adapter, chosen.dataset, chosen.limit, chosen.date, chosen.maximum_new_tokens, chosen.device, chosen.precision)


def _add_environment(add) -> None:
    command = add("environment", "Says which versions, device and memory training would have here.")
    _add_device(command)
    command.set_defaults(run=_environment)


def _environment(chosen: argparse.Namespace) -> dict:
    from .environment import environment

    return environment(chosen.device, chosen.precision)


if __name__ == "__main__":
    sys.exit(main())
