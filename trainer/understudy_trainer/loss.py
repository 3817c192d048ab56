"""The loss on the assistant's tokens alone."""

import torch
from torch.nn.functional import cross_entropy

from .device import Device
from .encode_conversation import Example
from .passes import IGNORED, Pass, make_passes


def summed_loss(model, one: Pass, device: Device) -> torch.Tensor:
    """Summed over learned tokens. Only their positions go through the output layer: with a large vocabulary the logits of all would fill the memory."""
    labels = one.labels.to(device.torch)
    columns = (labels != IGNORED).any(dim=0).nonzero().squeeze(1)
    mask = None if one.attention_mask is None else one.attention_mask.to(device.torch)
    with device.autocast:
        logits = model(
            input_ids=one.input_ids.to(device.torch),
            position_ids=one.position_ids.to(device.torch),
            attention_mask=mask,
            logits_to_keep=columns,
            use_cache=False,
        ).logits
    return cross_entropy(logits.float().flatten(0, 1), labels[:, columns].flatten(), ignore_index=IGNORED, reduction="sum")


@torch.no_grad()
def mean_loss(model, examples: list[Example], device: Device, tokens_per_pass: int, is_packed: bool, pad_token: int) -> float:
    was_training = model.training
    model.eval()
    try:
        total = sum(summed_loss(model, one, device).item() for one in make_passes(examples, tokens_per_pass, is_packed, pad_token))
    finally:
        model.train(was_training)
    return total / sum(example.learned_tokens for example in examples)
