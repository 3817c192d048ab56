"""The rest of the suite stands on this: that the GGUF made in the tests is the folder's model."""

import torch
from understudy_trainer.base_identity import identity_of_gguf, identity_of_model, is_same_base
from understudy_trainer.base_model import open_base
from understudy_trainer.device import choose_device
from understudy_trainer.load_model import load_model, load_tokenizer


def test_the_gguf_answers_as_the_folder_does(tiny, tokenizer):
    base = open_base(tiny["gguf"])
    ids = tokenizer("Where is my parcel? 30 days", return_tensors="pt")["input_ids"]
    with torch.no_grad():
        expected = tiny["model"](ids).logits
        got = load_model(base, choose_device("cpu", "auto"))(ids).logits
    assert (expected - got).abs().max() < 5e-3 * expected.abs().max()
    assert load_tokenizer(base)("Hi there, 12345 it's\n\n— ok")["input_ids"] == tokenizer("Hi there, 12345 it's\n\n— ok")["input_ids"]


def test_a_base_is_recognised_in_either_form(tiny, tokenizer):
    from tiny_model import make_model

    identity = identity_of_gguf(open_base(tiny["gguf"]).gguf)
    assert is_same_base(identity, identity_of_model(tiny["model"]))
    assert not is_same_base(identity, identity_of_model(make_model(tokenizer, seed=1)))
