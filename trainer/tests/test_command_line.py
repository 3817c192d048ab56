import json
import os

import pytest
from understudy_trainer import protocol
from understudy_trainer.command_line import main


@pytest.mark.parametrize("command", ["train", "merge", "render", "probe", "environment"])
def test_every_subcommand_explains_itself(command, capsys):
    assert main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert "exit codes" in told and "--" in told


def test_wrong_arguments_exit_with_2(capsys):
    assert main(["train", "--base", "x"]) == 2
    assert "--dataset" in capsys.readouterr().err


def test_render_shows_the_prompt_and_what_is_learned_after_it(tiny, dataset, capfd):
    from datetime import date

    from understudy_trainer.render import render

    assert render(tiny["gguf"], dataset, 2, date.today())["rendered"] == 2
    first, second = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert first["prompt"] == "<|im_start|>system\nAnswer kindly.<|im_end|>\n<|im_start|>user\nQuestion 0: where is my parcel?<|im_end|>\n<|im_start|>assistant\n"
    assert first["learned"] == "Hi there,\n\nYour parcel is on its way.\n\n— The Northwind team<|im_end|>"
    assert (first["type"], second["line"]) == ("rendered", 2)


def test_an_error_is_the_only_line_on_stdout_and_decides_the_exit_code(tmp_path, start_trainer):
    code, lines, errors = start_trainer("train", "--base", tmp_path, "--dataset", tmp_path / "none.jsonl", "--output", tmp_path / "run").finish()
    assert code == 3 and [(line["type"], line["code"]) for line in lines] == [("error", "DATASET_NOT_FOUND")]
    assert "exportTrainingData" in lines[0]["message"] and "DATASET_NOT_FOUND" in errors and "Traceback" not in errors


def test_a_run_that_nobody_listens_to_stops(refused, monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(protocol, "_lines", os.fdopen(writing, "w"))
    assert refused(protocol.emit, "progress", done=1)[0] == "STOPPED"
