"""
Cuts the conversations of one step into forward passes that fit into the memory. A step means the same number of conversations however it
is cut, so packing and the size of a pass change the speed and nothing else.
"""

from dataclasses import dataclass

import torch

from .device import Device
from .encode_conversation import Example

IGNORED = -100


@dataclass(frozen=True)
class Pass:
    input_ids: torch.Tensor
    position_ids: torch.Tensor
    attention_mask: torch.Tensor | None
    labels: torch.Tensor  # the token that comes next, or IGNORED


def make_passes(examples: list[Example], tokens_per_pass: int, is_packed: bool, pad_token: int) -> list[Pass]:
    by_length = sorted(examples, key=lambda example: len(example.input_ids), reverse=True)
    return [_pack(group) if is_packed else _pad(group, pad_token) for group in _group(by_length, tokens_per_pass, is_packed)]


def _group(examples: list[Example], tokens_per_pass: int, is_packed: bool) -> list[list[Example]]:
    groups: list[list[Example]] = []
    for example in examples:
        length = len(example.input_ids)
        for group in groups:
            taken = sum(len(each.input_ids) for each in group) if is_packed else len(group) * len(group[0].input_ids)
            if taken + (length if is_packed else len(group[0].input_ids)) <= tokens_per_pass:
                group.append(example)
                break
        else:
            groups.append([example])
    return groups


def _next_tokens(example: Example) -> list[int]:
    learned = [token if is_learned else IGNORED for token, is_learned in zip(example.input_ids, example.is_learned)]
    return [*learned[1:], IGNORED]


def _pack(examples: list[Example]) -> Pass:
    """One row without padding. Positions start again with each conversation, by which transformers keeps their attention apart."""
    return Pass(
        input_ids=torch.tensor([[token for example in examples for token in example.input_ids]]),
        position_ids=torch.tensor([[position for example in examples for position in range(len(example.input_ids))]]),
        attention_mask=None,
        labels=torch.tensor([[token for example in examples for token in _next_tokens(example)]]),
    )


def _pad(examples: list[Example], pad_token: int) -> Pass:
    width = len(examples[0].input_ids)

    def rows(values, filler):
        return torch.tensor([[*value, *[filler] * (width - len(value))] for value in values])

    return Pass(
        input_ids=rows([example.input_ids for example in examples], pad_token),
        position_ids=rows([list(range(len(example.input_ids))) for example in examples], 0),
        attention_mask=rows([[1] * len(example.input_ids) for example in examples], 0),
        labels=rows([_next_tokens(example) for example in examples], IGNORED),
    )


def keeps_packed_apart(model, device: Device) -> bool:
    """Whether two packed conversations really do not see each other in this model: asked of the model, not of a list of names."""
    size = model.get_input_embeddings().weight.shape[0]
    one, other = ([(7 * index + start) % size for index in range(12)] for start in (1, 5))
    examples = [Example(ids, [True] * len(ids)) for ids in (one, other)]
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            alone = torch.cat([_logits(model, _pack([example]), device) for example in examples], dim=1)
            packed = _logits(model, _pack(examples), device)
    finally:
        model.train(was_training)
    return bool((alone - packed).abs().max() <= 0.02 * alone.abs().max())


def _logits(model, one: Pass, device: Device) -> torch.Tensor:
    with device.autocast:
        return model(input_ids=one.input_ids.to(device.torch), position_ids=one.position_ids.to(device.torch), use_cache=False).logits.float()
