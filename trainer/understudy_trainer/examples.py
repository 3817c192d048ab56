"""From datasets to what a run trains on and what it holds out."""

from dataclasses import dataclass

from .conversations import Conversation, Dataset
from .encode_conversation import Example, encode_conversation
from .errors import TrainerError
from .protocol import log
from .render_conversation import ChatTemplate
from .settings import TrainSettings
from .split_held_out import split_held_out


@dataclass(frozen=True)
class Examples:
    trained: list[Example]
    held_out: list[Example]
    trained_conversations: int
    held_out_conversations: int
    too_long: int


def prepare_examples(tokenizer, template: ChatTemplate, dataset: Dataset, held_out: Dataset | None, settings: TrainSettings) -> Examples:
    if held_out:
        held_keys = {row.key for row in held_out.conversations}
        to_train, to_hold_out = [row for row in dataset.conversations if row.key not in held_keys], held_out.conversations
    else:
        to_train, to_hold_out = split_held_out(dataset.conversations, settings.held_out_share, settings.seed)
    trained, trained_count, trained_too_long = _encode(tokenizer, template, to_train, settings.maximum_tokens)
    held, held_count, held_too_long = _encode(tokenizer, template, to_hold_out, settings.maximum_tokens)
    too_long = trained_too_long + held_too_long
    if not trained:
        raise TrainerError(
            "TOO_FEW_EXAMPLES", f"Nothing is left to train on: {too_long} conversations are longer than {settings.maximum_tokens} tokens. Raise --maximum-tokens."
        )
    if too_long:
        log(f"{too_long} conversations are longer than {settings.maximum_tokens} tokens and were left out; cutting them would cut off what their replies answer.")
    if not held:
        log("Nothing is held out, so nothing can tell when the model starts to learn by heart: the run goes on for all its epochs.")
    return Examples(trained, held, trained_count, held_count, too_long)


def _encode(tokenizer, template: ChatTemplate, rows: list[Conversation], maximum: int) -> tuple[list[Example], int, int]:
    kept, count = [], 0
    for row in rows:
        encoded = [example for example in encode_conversation(tokenizer, template, row) if example.learned_tokens]
        fitting = [example for example in encoded if len(example.input_ids) <= maximum]
        kept += fitting
        count += bool(fitting)
    return kept, count, len(rows) - count
