import copy
import json

import gguf
import numpy as np
import pytest
import torch
from peft import PeftModel
from tiny_model import llama_cpp_permute, make_model, save_gguf
from understudy_trainer.base_model import open_base
from understudy_trainer.device import choose_device
from understudy_trainer.load_model import load_model
from understudy_trainer.merge import merge, merge_model
from understudy_trainer.verify_gguf import allowed_error

Type = gguf.GGMLQuantizationType
CPU = choose_device("cpu", "auto")


def tensors(path):
    return {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}


def raw_metadata(path):
    reader = gguf.GGUFReader(path)
    return {name: (field.types, [bytes(part) for part in field.parts]) for name, field in reader.fields.items() if name != "GGUF.tensor_count"}


def assert_only_changed(base, merged, changed_parts):
    assert raw_metadata(base) == raw_metadata(merged)
    before, after = tensors(base), tensors(merged)
    assert list(before) == list(after)
    changed = [name for name in before if before[name].tensor_type != after[name].tensor_type or before[name].data.tobytes() != after[name].data.tobytes()]
    assert changed and all(any(part in name for part in changed_parts) for name in changed)
    assert len(changed) == sum(any(part in name for part in changed_parts) and name.endswith("weight") and "norm" not in name for name in before)


def logits(model, ids):
    with torch.no_grad():
        return model(ids).logits


@pytest.mark.parametrize("base_kind", [Type.F16, Type.Q8_0])
@pytest.mark.parametrize("rank", [1, 4])
def test_merged_weights_are_base_plus_scaled_product(tiny, tokenizer, tmp_path, make_adapter, base_kind, rank):
    base = save_gguf(tiny["model"], tokenizer, tmp_path / "base.gguf", base_kind)
    adapter = make_adapter(tiny["model"], r=rank)
    result = merge(base, adapter, tmp_path / "merged.gguf", "auto")
    expected_kind = Type.F16 if base_kind == Type.F16 else Type.Q8_0
    assert result["types"] == [expected_kind.name] and result["changed_tensors"] == 8
    assert_only_changed(base, tmp_path / "merged.gguf", ["attn_q", "attn_k", "attn_v", "attn_output"])
    from safetensors.numpy import load_file

    weights = load_file(adapter / "adapter_model.safetensors")
    before, after = tensors(base), tensors(tmp_path / "merged.gguf")
    for name, heads in (("q_proj", 4), ("k_proj", 2), ("v_proj", None), ("o_proj", None)):
        key = f"base_model.model.model.layers.1.self_attn.{name}"
        delta = 12 / rank * weights[f"{key}.lora_B.weight"] @ weights[f"{key}.lora_A.weight"]
        delta = llama_cpp_permute(delta, heads, heads) if heads else delta
        tensor = f"blk.1.attn_{name[0] if name != 'o_proj' else 'output'}.weight"
        wanted = gguf.dequantize(before[tensor].data, before[tensor].tensor_type).astype(np.float32) + delta
        got = gguf.dequantize(after[tensor].data, after[tensor].tensor_type).astype(np.float32)
        assert np.abs(delta).max() > 0.01
        assert (np.abs(got - wanted) <= allowed_error(wanted, expected_kind)).all()


@pytest.mark.parametrize("targets", [["q_proj", "k_proj", "v_proj", "o_proj"], "all-linear"])
@pytest.mark.parametrize("qwen", [False, True])
def test_the_merged_file_answers_as_the_adapted_model(tokenizer, tmp_path, make_adapter, targets, qwen):
    """The permutation of q and k with grouped queries, end to end: 4 heads share 2 of k and v, and a wrong order shows in the answers."""
    model = make_model(tokenizer, seed=3, qwen=qwen)
    base = save_gguf(model, tokenizer, tmp_path / "base.gguf", Type.F32)
    adapter = make_adapter(model, target_modules=targets)
    adapted = PeftModel.from_pretrained(model, str(adapter)).eval()
    ids = torch.randint(3, 300, (1, 40), generator=torch.Generator().manual_seed(1))
    wanted = logits(adapted, ids)
    with adapted.disable_adapter():
        untouched = logits(adapted, ids)
    merge(base, adapter, tmp_path / "f16.gguf", "f16")
    got = logits(load_model(open_base(tmp_path / "f16.gguf"), CPU), ids)
    assert (got - wanted).abs().max() < 0.02 * (wanted - untouched).abs().max()
    merge(base, adapter, tmp_path / "q8.gguf", "q8_0")
    assert (logits(load_model(open_base(tmp_path / "q8.gguf"), CPU), ids) - wanted).abs().max() < 0.1 * (wanted - untouched).abs().max()


def random_k_quants(shape, kind, generator):
    """Blocks that llama.cpp could have written: any bits, and scales of a sensible size."""
    block, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = generator.integers(0, 256, (shape[0], shape[1] // block, size), dtype=np.uint8)
    scales = np.array([1e-4], dtype=np.float16).view(np.uint8)
    places = {Type.Q4_K: (0, 2), Type.Q6_K: (208,)}[kind]
    for place in places:
        blocks[..., place : place + 2] = scales
    return blocks.reshape(shape[0], -1)


def test_a_base_in_k_quants_is_read_and_the_rest_of_it_kept(tokenizer, tmp_path, make_adapter):
    model = make_model(tokenizer, hidden=256, layers=1)
    generator = np.random.default_rng(0)
    kinds = {"blk.0.attn_q.weight": (256, Type.Q4_K), "blk.0.attn_k.weight": (128, Type.Q4_K), "blk.0.attn_v.weight": (128, Type.Q6_K)}
    kinds |= {"blk.0.attn_output.weight": (256, Type.Q4_K), "blk.0.ffn_up.weight": (512, Type.Q4_K), "blk.0.ffn_gate.weight": (512, Type.Q6_K)}
    raw = {name: (kind, random_k_quants((rows, 256), kind, generator)) for name, (rows, kind) in kinds.items()}
    base = save_gguf(model, tokenizer, tmp_path / "base.gguf", Type.F16, raw)
    assert base.stat().st_size < 2_000_000
    adapter = make_adapter(model)
    result = merge(base, adapter, tmp_path / "merged.gguf", "auto")
    assert result["types"] == ["Q8_0"]
    assert_only_changed(base, tmp_path / "merged.gguf", ["attn_q", "attn_k", "attn_v", "attn_output"])
    ids = torch.randint(3, 300, (1, 40), generator=torch.Generator().manual_seed(1))
    quantised = load_model(open_base(base), CPU)
    untouched = logits(quantised, ids)
    wanted = logits(PeftModel.from_pretrained(quantised, str(adapter)).eval(), ids)
    got = logits(load_model(open_base(tmp_path / "merged.gguf"), CPU), ids)
    assert (got - wanted).abs().max() < 0.1 * (wanted - untouched).abs().max()


def test_an_output_layer_tied_to_the_embeddings_gets_a_tensor_of_its_own(tokenizer, tmp_path, make_adapter):
    model = make_model(tokenizer)
    base = save_gguf(model, tokenizer, tmp_path / "base.gguf", Type.F32)
    adapter = make_adapter(model, target_modules=["q_proj", "lm_head"])
    ids = torch.arange(3, 30)[None]
    untouched = logits(model, ids)
    wanted = logits(PeftModel.from_pretrained(model, str(adapter)).eval(), ids)
    merge(base, adapter, tmp_path / "merged.gguf", "f16")
    before, after = tensors(base), tensors(tmp_path / "merged.gguf")
    assert list(after) == [*before, "output.weight"]
    assert before["token_embd.weight"].data.tobytes() == after["token_embd.weight"].data.tobytes()
    got = logits(load_model(open_base(tmp_path / "merged.gguf"), CPU), ids)
    assert (got - wanted).abs().max() < 0.02 * (wanted - untouched).abs().max()


def test_rank_and_alpha_patterns_and_rank_stabilised_scales_are_peft_s(tokenizer, tmp_path, make_adapter):
    model = make_model(tokenizer)
    base = save_gguf(model, tokenizer, tmp_path / "base.gguf", Type.F32)
    adapter = make_adapter(model, use_rslora=True, rank_pattern={"layers.0.self_attn.q_proj": 8}, alpha_pattern={"v_proj": 3})
    ids = torch.arange(3, 40)[None]
    untouched = logits(model, ids)
    wanted = logits(PeftModel.from_pretrained(model, str(adapter)).eval(), ids)
    merge(base, adapter, tmp_path / "merged.gguf", "f16")
    got = logits(load_model(open_base(tmp_path / "merged.gguf"), CPU), ids)
    assert (got - wanted).abs().max() < 0.02 * (wanted - untouched).abs().max()


def test_refuses_an_adapter_of_another_base(tiny, tokenizer, tmp_path, make_adapter, refused):
    other = make_model(tokenizer, hidden=128)
    adapter = make_adapter(other)
    code, message = refused(merge, tiny["gguf"], adapter, tmp_path / "merged.gguf", "auto")
    assert code == "ADAPTER_OF_ANOTHER_BASE" and "64×128" in message
    # The same shape, told apart by what train wrote beside the adapter.
    from understudy_trainer.base_identity import identity_of_model

    same_shape = make_adapter(make_model(tokenizer, seed=5), "same-shape")
    (same_shape / "understudy.json").write_text(json.dumps({"base": "elsewhere", "base_identity": identity_of_model(make_model(tokenizer, seed=5))}))
    code, message = refused(merge, tiny["gguf"], same_shape, tmp_path / "merged.gguf", "auto")
    assert code == "ADAPTER_OF_ANOTHER_BASE" and "elsewhere" in message
    deeper = make_adapter(make_model(tokenizer, layers=3), "deeper")
    assert refused(merge, tiny["gguf"], deeper, tmp_path / "merged.gguf", "auto")[0] == "ADAPTER_OF_ANOTHER_BASE"
    assert not list(tmp_path.glob("merged*"))


@pytest.mark.parametrize("settings", [{"use_dora": True}, {"modules_to_save": ["lm_head"]}, {"target_modules": ["embed_tokens"]}])
def test_refuses_adapters_that_are_more_than_a_product(tiny, tmp_path, make_adapter, refused, settings):
    assert refused(merge, tiny["gguf"], make_adapter(tiny["model"], **settings), tmp_path / "merged.gguf", "auto")[0] == "ADAPTER_UNSUPPORTED"


def test_refuses_an_adapter_without_effect(tiny, tmp_path, make_adapter, refused):
    from safetensors.numpy import load_file, save_file

    adapter = make_adapter(tiny["model"])
    weights = load_file(adapter / "adapter_model.safetensors")
    save_file({name: weight * (0 if "lora_B" in name else 1) for name, weight in weights.items()}, adapter / "adapter_model.safetensors")
    assert refused(merge, tiny["gguf"], adapter, tmp_path / "merged.gguf", "auto")[0] == "ADAPTER_WITHOUT_EFFECT"


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.02, 0.5, 0.999])
def test_refuses_a_truncated_gguf_wherever_it_ends(tiny, tmp_path, make_adapter, refused, share):
    content = tiny["gguf"].read_bytes()
    (tmp_path / "cut.gguf").write_bytes(content[: int(len(content) * share)])
    assert refused(merge, tmp_path / "cut.gguf", make_adapter(tiny["model"]), tmp_path / "merged.gguf", "auto")[0] == "GGUF_INVALID"


def test_refuses_an_unknown_architecture(tmp_path, tiny, make_adapter, refused):
    writer = gguf.GGUFWriter(tmp_path / "other.gguf", "mamba")
    writer.add_tensor("token_embd.weight", np.zeros((4, 4), dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    code, message = refused(merge, tmp_path / "other.gguf", make_adapter(tiny["model"]), tmp_path / "merged.gguf", "auto")
    assert code == "BASE_UNSUPPORTED" and "mamba" in message


def test_a_copy_that_came_out_wrong_is_found_and_removed(tiny, tmp_path, make_adapter, refused, monkeypatch):
    """The disk, or a bug, changes one weight on the way: once in what the adapter touches, once in what it does not."""
    from understudy_trainer import merge_gguf

    original = merge_gguf.write_changed
    for tensor in ("blk.1.attn_k.weight", "blk.0.ffn_up.weight"):

        def write(base, changes, path, quantize, tensor=tensor):
            original(base, changes, path, quantize)
            place = tensors(path)[tensor].data_offset
            content = bytearray(path.read_bytes())
            content[place : place + 2] = np.array([0.5], dtype=np.float16).tobytes()
            path.write_bytes(content)

        monkeypatch.setattr(merge_gguf, "write_changed", write)
        code, message = refused(merge, tiny["gguf"], make_adapter(tiny["model"]), tmp_path / "merged.gguf", "auto")
        assert code == "WEIGHTS_DO_NOT_ADD_UP" and tensor in message
        assert not list(tmp_path.glob("merged*"))


def test_merges_to_safetensors_from_either_form(tiny, tmp_path, make_adapter):
    adapter = make_adapter(tiny["model"])
    ids = torch.arange(3, 40)[None]
    wanted = logits(PeftModel.from_pretrained(copy.deepcopy(tiny["model"]), str(adapter)).eval(), ids)
    for name, tolerance in (("folder", 1e-4), ("gguf", 0.1)):
        result = merge(tiny[name], adapter, tmp_path / f"merged-{name}", "auto")
        assert result["format"] == "safetensors"
        assert (logits(load_model(open_base(tmp_path / f"merged-{name}"), CPU), ids) - wanted).abs().max() < tolerance



@pytest.mark.parametrize("qwen", [False, True])
def test_fully_trained_weights_take_the_place_of_the_base_s(tokenizer, tmp_path, refused, qwen):
    base = save_gguf(make_model(tokenizer, qwen=qwen), tokenizer, tmp_path / "base.gguf", Type.F16)
    trained = make_model(tokenizer, seed=9, qwen=qwen)
    trained.save_pretrained(tmp_path / "model")
    ids = torch.arange(3, 60)[None]
    wanted = logits(trained, ids)
    assert merge_model(base, tmp_path / "model", tmp_path / "full.gguf", "auto")["types"] == ["F16", "F32"]
    assert raw_metadata(base) == raw_metadata(tmp_path / "full.gguf")
    assert (logits(load_model(open_base(tmp_path / "full.gguf"), CPU), ids) - wanted).abs().max() < 0.01 * wanted.abs().max()
    make_model(tokenizer, layers=3, qwen=qwen).save_pretrained(tmp_path / "deeper")
    make_model(tokenizer, layers=1, qwen=qwen).save_pretrained(tmp_path / "shallower")
    for other in ("deeper", "shallower"):
        assert refused(merge_model, base, tmp_path / other, tmp_path / "refused.gguf", "auto")[0] == "MODEL_OF_ANOTHER_BASE"
    assert refused(merge_model, base, tmp_path, tmp_path / "refused.gguf", "auto")[0] == "MODEL_INVALID"
