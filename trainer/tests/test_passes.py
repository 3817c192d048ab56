"""Packing and the size of a pass are about speed: the loss and its gradient stay what they are."""

import torch
from understudy_trainer.device import choose_device
from understudy_trainer.encode_conversation import Example
from understudy_trainer.loss import mean_loss, summed_loss
from understudy_trainer.passes import keeps_packed_apart, make_passes

CPU = choose_device("cpu", "auto")


def make_examples():
    generator = torch.Generator().manual_seed(0)
    lengths = [30, 7, 19, 12, 25]
    examples = []
    for length in lengths:
        ids = torch.randint(3, 300, (length,), generator=generator).tolist()
        examples.append(Example(ids, [index >= length // 2 for index in range(length)]))
    return examples


def gradient(model, passes):
    model.zero_grad()
    for one in passes:
        summed_loss(model, one, CPU).backward()
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


def test_packed_padded_and_single_passes_agree(tiny):
    examples = make_examples()
    alone = gradient(tiny["model"], [one for example in examples for one in make_passes([example], 1, False, 0)])
    for tokens, is_packed in ((1000, True), (50, True), (1000, False), (50, False)):
        passes = make_passes(examples, tokens, is_packed, pad_token=2)
        assert all(one.input_ids.numel() <= tokens for one in passes)
        assert torch.allclose(gradient(tiny["model"], passes), alone, atol=2e-4), (tokens, is_packed)
    assert len(make_passes(examples, 1000, True, 2)) == 1


def test_the_mean_is_what_transformers_computes(tiny):
    examples = make_examples()[:1]
    ids = torch.tensor([examples[0].input_ids])
    labels = torch.tensor([[token if is_learned else -100 for token, is_learned in zip(examples[0].input_ids, examples[0].is_learned)]])
    with torch.no_grad():
        wanted = tiny["model"](input_ids=ids, labels=labels).loss.item()
    assert abs(mean_loss(tiny["model"], examples, CPU, 100, True, 0) - wanted) < 1e-5


def test_a_model_that_mixes_packed_conversations_is_found(tiny, monkeypatch):
    from transformers import masking_utils

    assert keeps_packed_apart(tiny["model"], CPU)
    monkeypatch.setattr(masking_utils, "find_packed_sequence_indices", lambda position_ids: None)
    assert not keeps_packed_apart(tiny["model"], CPU)
