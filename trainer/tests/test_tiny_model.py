"""The rest of the suite stands on this: that the GGUF made in the tests is the folder's model."""

import torch
from tiny_model import make_model, save_gguf
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
    identity = identity_of_gguf(open_base(tiny["gguf"]).gguf)
    assert is_same_base(identity, identity_of_model(tiny["model"]))
    assert not is_same_base(identity, identity_of_model(make_model(tokenizer, seed=1)))


def test_llama_3_s_scaled_frequencies_come_back_from_the_gguf(tokenizer, tmp_path):
    rope = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
    model = make_model(tokenizer, rope=rope)
    plain = make_model(tokenizer, rope={"rope_type": "default", "rope_theta": 500000.0})
    factors = (plain.model.rotary_emb.inv_freq / model.model.rotary_emb.inv_freq).numpy()
    loaded = load_model(open_base(save_gguf(model, tokenizer, tmp_path / "scaled.gguf", rope_factors=factors)), choose_device("cpu", "auto"))
    assert factors.max() > 31 and torch.allclose(loaded.model.rotary_emb.inv_freq, model.model.rotary_emb.inv_freq)


def test_a_base_that_begins_with_bos_says_so(tiny, tokenizer, tmp_path):
    """encode_conversation relies on it; the template of the tiny model writes none itself."""
    assert load_tokenizer(open_base(save_gguf(tiny["model"], tokenizer, tmp_path / "bos.gguf", adds_bos=True)))("")["input_ids"] == [1]
    assert load_tokenizer(open_base(tiny["gguf"]))("")["input_ids"] == []
