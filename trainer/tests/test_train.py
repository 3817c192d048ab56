import json
import os
import signal
from dataclasses import replace
from datetime import date

import pytest
import torch
from conftest import conversation
from safetensors.torch import load_file
from understudy_trainer import device, progress_lines
from understudy_trainer.base_model import open_base
from understudy_trainer.conversations import read_dataset
from understudy_trainer.device import choose_device
from understudy_trainer.encode_conversation import encode_conversation
from understudy_trainer.errors import as_trainer_error
from understudy_trainer.load_model import load_model, load_tokenizer
from understudy_trainer.loss import mean_loss
from understudy_trainer.merge import merge
from understudy_trainer.probe import probe
from understudy_trainer.render_conversation import ChatTemplate
from understudy_trainer.run_folder import RunFolder
from understudy_trainer.settings import TrainSettings
from understudy_trainer.train import TrainRequest, train

QUICK = TrainSettings(epochs=4, learning_rate=5e-3, minimum_examples=10, batch_size=4, rank=4, alpha=8, checkpoint_every=3)


@pytest.fixture
def request_for(tiny, dataset, tmp_path):
    def make(settings=QUICK, base="gguf", output="run", **more):
        return TrainRequest(**{"base": tiny[base], "dataset": dataset, "output": tmp_path / output, "settings": settings, "device": "cpu", "progress_seconds": 0.0, **more})

    return make


def arguments_of(request):
    settings = request.settings
    return [
        "train", "--base", request.base, "--dataset", request.dataset, "--output", request.output, "--epochs", settings.epochs, "--learning-rate", settings.learning_rate,
        "--minimum-examples", settings.minimum_examples, "--batch-size", settings.batch_size, "--rank", settings.rank, "--alpha", settings.alpha,
        "--checkpoint-every", settings.checkpoint_every, "--device", "cpu", "--progress-seconds", 0, "--resume",
    ]  # fmt: skip


@pytest.mark.parametrize("base", ["gguf", "folder"])
def test_the_loss_falls_on_what_it_learned_and_on_what_was_held_out(request_for, base, capfd):
    request = request_for(base=base)
    result = train(request)
    assert result["loss_last"] < 0.75 * result["loss_first"]
    assert result["held_out_loss"] < 0.8 * result["held_out_loss_before"]
    assert (result["trained_conversations"], result["held_out_conversations"], result["steps"]) == (22, 2, 24)
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    steps = [line for line in lines if line["step"] == "train"]
    assert [line["done"] for line in steps] == list(range(1, 25)) and all(line["total"] == 24 for line in lines)
    assert set(steps[0]) >= {"type", "step", "done", "total", "loss", "tokens_per_second", "eta_seconds", "message"}
    assert steps[0]["tokens_per_second"] > 0 and steps[0]["eta_seconds"] >= 0
    settings = json.loads((request.output / "adapter" / "adapter_config.json").read_text())
    assert (settings["r"], settings["lora_alpha"], sorted(settings["target_modules"])) == (4, 8, ["k_proj", "o_proj", "q_proj", "v_proj"])
    assert str(request.base) not in json.dumps(settings)


def test_what_was_trained_is_merged_and_probed(request_for, tiny, tmp_path, capfd):
    request = request_for()
    train(request)
    adapter = request.output / "adapter"
    assert merge(tiny["gguf"], adapter, tmp_path / "merged.gguf", "q8_0")["trained_on_this_file"] is True
    assert merge(tmp_path / "merged.gguf", adapter, tmp_path / "twice.gguf", "q8_0")["trained_on_this_file"] is False
    capfd.readouterr()
    told = probe(tiny["gguf"], adapter, request.dataset, 3, date.today(), 8, "cpu", "auto")
    assert told["changed"] == 3 and told["adapted_loss"] < 0.75 * told["base_loss"]
    # The merged file alone does what base and adapter did together.
    base = open_base(tmp_path / "merged.gguf")
    tokenizer = load_tokenizer(base)
    rows = read_dataset(request.dataset).conversations[:3]
    examples = [example for row in rows for example in encode_conversation(tokenizer, ChatTemplate(tokenizer, date.today()), row)]
    losses = [mean_loss(load_model(base, choose_device("cpu", "auto")), [example], choose_device("cpu", "auto"), 500, True, 0) for example in examples]
    assert abs(sum(losses) / 3 - told["adapted_loss"]) < 0.05 * told["adapted_loss"]


def assert_same_end(whole, expected, other, result):
    for figure in ("steps", "tokens", "loss_first", "loss_last", "held_out_loss_before", "held_out_loss", "best_step"):
        assert result[figure] == expected[figure], figure
    one, two = (load_file(request.output / "adapter" / "adapter_model.safetensors") for request in (whole, other))
    assert one.keys() == two.keys() and all(torch.equal(one[name], two[name]) for name in one)


def test_kill_9_ends_as_a_run_that_was_never_stopped(request_for, start_trainer):
    whole, killed = request_for(output="whole"), request_for(output="killed")
    expected = train(whole)
    trainer = start_trainer(*arguments_of(killed))
    for line in trainer.lines():
        if line["step"] == "train" and line["done"] == 8:
            trainer.process.send_signal(signal.SIGKILL)
            break
    assert trainer.process.wait() == -signal.SIGKILL
    (killed.output / "checkpoints" / "part").mkdir()
    (killed.output / "checkpoints" / "part" / "weights.safetensors").write_bytes(b"half of a checkpoint")
    code, lines, errors = start_trainer(*arguments_of(killed)).finish()
    assert code == 0, errors
    assert lines[0]["step"] == "resume" and 6 <= lines[0]["done"] == lines[-1]["resumed_from"]
    assert_same_end(whole, expected, killed, lines[-1])
    assert not (killed.output / "checkpoints").exists()


class Killed(BaseException):
    """Ends a run as a kill does: nothing of it catches this, and it writes nothing more."""


def test_a_run_cut_off_now_and_then_ends_the_same(request_for, monkeypatch):
    whole, cut = request_for(output="whole"), request_for(output="cut", resume=True)
    expected = train(whole)
    told = {"lines": 0}

    def emit(kind, **fields):
        told["lines"] += 1
        if fields["step"] != "resume" and told["lines"] % 7 == 0:
            raise Killed

    monkeypatch.setattr(progress_lines, "emit", emit)
    cuts = 0
    while True:
        try:
            result = train(cut)
            break
        except Killed:
            cuts += 1
    assert cuts >= 4
    assert_same_end(whole, expected, cut, result)


def test_a_stop_signal_finishes_the_step_and_keeps_a_checkpoint(request_for, refused, monkeypatch):
    request = request_for(replace(QUICK, checkpoint_every=1000))

    def emit(kind, **fields):
        if fields["step"] == "train" and fields["done"] == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    with monkeypatch.context() as patched:
        patched.setattr(progress_lines, "emit", emit)
        code, message = refused(train, request)
    assert code == "STOPPED" and "step 2 of 24" in message and signal.getsignal(signal.SIGTERM) == before
    assert train(replace(request, resume=True))["resumed_from"] == 2


def test_a_complete_run_is_not_trained_again_and_other_settings_are_refused(request_for, refused):
    request = request_for(replace(QUICK, epochs=1))
    result = train(request)
    assert train(replace(request, resume=True)) == json.loads(json.dumps(result))
    assert refused(train, request)[0] == "OUTPUT_IN_USE"
    code, message = refused(train, replace(request, resume=True, settings=replace(request.settings, rank=8)))
    assert code == "SETTINGS_CHANGED" and "rank" in message


def test_two_trainers_do_not_share_a_folder(request_for, refused):
    request = request_for()
    other = RunFolder(request.output)
    assert refused(train, request)[0] == "OUTPUT_IN_USE"
    assert other.result() is None


def test_stops_early_and_keeps_the_best_weights(request_for, write_dataset):
    """The held-out replies contradict the training data, so their loss soon rises."""
    opposite = [conversation(index) for index in range(4)]
    for row in opposite:
        row["messages"][1]["content"] = "Another: " + row["messages"][1]["content"]
        row["messages"][2]["content"] = "zzz qqq xxx " * 5
    held_out = write_dataset(opposite, "held.jsonl")
    request = request_for(replace(QUICK, epochs=40, evaluate_every=3), held_out=held_out)
    result = train(request)
    assert result["stopped_early"] and result["best_step"] < result["steps"] < result["planned_steps"]
    assert result["held_out_conversations"] == 4 and result["trained_conversations"] == 24
    # All held-out replies are the same text, so the mean over replies is the mean over tokens.
    kept = probe(request.base, request.output / "adapter", held_out, 4, date.today(), 1, "cpu", "auto")
    assert abs(kept["adapted_loss"] - result["held_out_loss"]) < 1e-4


def test_full_fine_tuning_packing_off_and_checkpointed_gradients(request_for):
    settings = replace(QUICK, method="full", epochs=2, packing=False, gradient_checkpointing=True, learning_rate=2e-3)
    request = request_for(settings)
    result = train(request)
    assert result["loss_last"] < 0.8 * result["loss_first"] and not result["packed"]
    assert (request.output / "model" / "model.safetensors").exists()


def test_all_linear_and_the_same_seed_give_the_same_adapter(request_for):
    settings = replace(QUICK, epochs=1, target_modules=["all-linear"])
    adapters = []
    for output in ("one", "other"):
        train(request_for(settings, output=output))
        adapters.append(load_file(request_for(output=output).output / "adapter" / "adapter_model.safetensors"))
    assert any("down_proj" in name for name in adapters[0]) and not any("lm_head" in name for name in adapters[0])
    assert all(torch.equal(weight, adapters[1][name]) for name, weight in adapters[0].items())


def test_a_loss_that_is_no_number_ends_the_run(request_for, refused):
    code, message = refused(train, request_for(replace(QUICK, learning_rate=1.0, gradient_norm=float("inf"), weight_decay=1e30)))
    assert code == "NAN_LOSS" and "--learning-rate" in message


def test_too_little_memory_is_told_apart(request_for, refused, monkeypatch):
    monkeypatch.setattr(device.psutil, "virtual_memory", lambda: type("Memory", (), {"available": 100_000}))
    assert refused(train, request_for())[0] == "OUT_OF_MEMORY"
    for error in (torch.OutOfMemoryError("CUDA out of memory"), MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes")):
        assert as_trainer_error(error).code == "OUT_OF_MEMORY"
    assert as_trainer_error(OSError(28, "No space left on device")).code == "DISK_FULL"


def test_refuses_datasets_that_teach_nothing(request_for, write_dataset, refused):
    def refusal(rows, **settings):
        return refused(train, request_for(replace(QUICK, **settings), dataset=write_dataset(rows, "poor.jsonl")))

    code, message = refusal([conversation(index) for index in range(24)], minimum_examples=1000)
    assert code == "TOO_FEW_EXAMPLES" and "24 examples" in message and "Below 100" in message
    assert refusal([conversation(0)], minimum_examples=1)[0] == "TOO_FEW_EXAMPLES"
    assert refusal([], minimum_examples=1)[0] == "TOO_FEW_EXAMPLES"
    code, message = refusal([conversation(index, intent="refund_status") for index in range(24)])
    assert code == "ONE_INTENT" and "refund_status" in message
    assert refusal([conversation(8 * index) for index in range(24)])[0] == "ONE_REPLY"
    code, message = refused(train, request_for(dataset=write_dataset([{"messages": [{"role": "user", "content": "Hi"}]}, "no object"], "broken.jsonl")))
    assert code == "DATASET_INVALID" and "line 1" in message and "line 2" in message
    code, message = refused(train, request_for(replace(QUICK, maximum_tokens=16)))
    assert code == "TOO_FEW_EXAMPLES" and "--maximum-tokens" in message


def test_refuses_settings_bases_and_devices_that_are_not_there(request_for, tmp_path, refused):
    assert refused(train, request_for(base="gguf", output="a", dataset=tmp_path / "none.jsonl"))[0] == "DATASET_NOT_FOUND"
    (tmp_path / "empty").mkdir()
    for base in (tmp_path / "none.gguf", tmp_path / "empty"):
        request = replace(request_for(), base=base)
        assert refused(train, request)[0] == "BASE_NOT_FOUND"
    code, message = refused(train, request_for(replace(QUICK, rank=0, dropout=2.0)))
    assert code == "INVALID_SETTING" and "--rank" in message and "--dropout" in message
    assert refused(train, request_for(replace(QUICK, target_modules=["nothing"])))[0] == "INVALID_SETTING"
    if not torch.cuda.is_available():
        assert refused(train, request_for(replace(QUICK, quantized=True), output="q"))[0] == "QUANTIZED_UNAVAILABLE"
        assert refused(train, request_for(device="cuda", output="c"))[0] == "DEVICE_UNAVAILABLE"


def test_an_unwritable_output_is_named(request_for, tmp_path, refused):
    (tmp_path / "file").write_text("")
    assert refused(train, request_for(output="file/run"))[0] == "OUTPUT_UNUSABLE"
    assert os.path.exists(tmp_path / "file")
