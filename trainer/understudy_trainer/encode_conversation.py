"""Turns conversations into tokens, with a mark on those that the assistant wrote."""

from dataclasses import dataclass

from .conversations import Conversation
from .render_conversation import ChatTemplate


@dataclass(frozen=True)
class Example:
    input_ids: list[int]
    is_learned: list[bool]  # one for each token: whether the loss counts it

    @property
    def learned_tokens(self) -> int:
        return sum(self.is_learned[1:])  # nothing precedes the first token, so nothing predicts it


def encode_conversation(tokenizer, template: ChatTemplate, conversation: Conversation) -> list[Example]:
    return [_encode_text(tokenizer, text, spans) for text, spans in template.render_turns(conversation)]


def _encode_text(tokenizer, text: str, spans: list[tuple[int, int]]) -> Example:
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    whole = _encode(tokenizer, text)
    prefixes = [_encode(tokenizer, text[:edge]) for edge in edges]
    if all(whole[: len(prefix)] == prefix for prefix in prefixes):
        cuts = [len(prefix) for prefix in prefixes]
    else:
        # A token would straddle the end of a prompt. When asked, the model sees the prompt alone, so it is cut there.
        pieces = [_encode(tokenizer, text[start:end]) for start, end in zip(edges, edges[1:])]
        whole = [token for piece in pieces for token in piece]
        cuts = [sum(len(piece) for piece in pieces[:index]) for index in range(len(edges))]
    learned_starts = {start for start, _ in spans}
    is_learned = [False] * len(whole)
    for edge, start, end in zip(edges, cuts, cuts[1:]):
        if edge in learned_starts:
            is_learned[start:end] = [True] * (end - start)
    return _with_first_token(tokenizer, text, Example(whole, is_learned))


def _encode(tokenizer, text: str) -> list[int]:
    return tokenizer(text, add_special_tokens=False)["input_ids"] if text else []


def _with_first_token(tokenizer, text: str, example: Example) -> Example:
    """llama.cpp begins every prompt with the base's BOS token when the base says so; templates that write it themselves get no second one."""
    added = tokenizer("")["input_ids"]
    if not added or added[0] != tokenizer.bos_token_id or example.input_ids[:1] == added[:1]:
        return example
    return Example([added[0], *example.input_ids], [False, *example.is_learned])
