import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", TRANSFORMERS_VERBOSITY="error", HF_HUB_DISABLE_PROGRESS_BARS="1")

import pytest
import torch
from peft import LoraConfig, get_peft_model
from tiny_model import make_model, make_tokenizer, save_folder, save_gguf
from understudy_trainer.errors import TrainerError

# Sums in another order differ in their last bits; one thread makes "the same end" mean the same bytes.
torch.set_num_threads(1)
os.environ["OMP_NUM_THREADS"] = "1"


@pytest.fixture(scope="session")
def tokenizer():
    return make_tokenizer()


@pytest.fixture(scope="session")
def tiny(tokenizer, tmp_path_factory):
    """The same model as a folder and as a GGUF."""
    folder = tmp_path_factory.mktemp("tiny")
    model = make_model(tokenizer)
    (folder / "gguf").mkdir()
    paths = {"model": model, "folder": save_folder(model, tokenizer, folder / "tiny"), "gguf": save_gguf(model, tokenizer, folder / "gguf" / "tiny-f16.gguf")}
    assert paths["gguf"].stat().st_size < 2_000_000
    return paths


def conversation(index: int, **more) -> dict:
    topics = ["parcel", "refund", "size", "card", "tent", "jacket", "order", "voucher"]
    topic = topics[index % len(topics)]
    return {
        "messages": [
            {"role": "system", "content": "Answer kindly."},
            {"role": "user", "content": f"Question {index}: where is my {topic}?"},
            {"role": "assistant", "content": f"Hi there,\n\nYour {topic} is on its way.\n\n— The Northwind team"},
        ],
        "rating": "HELPFUL",
        "notes": None,
        **more,
    }


@pytest.fixture
def write_dataset(tmp_path):
    def write(rows, name="chat.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write


@pytest.fixture
def dataset(write_dataset):
    return write_dataset([conversation(index) for index in range(24)])


@pytest.fixture
def make_adapter(tmp_path):
    """An adapter by peft itself, with weights that are large enough to be seen."""

    def make(model, name="adapter", **settings) -> Path:
        import copy

        torch.manual_seed(7)
        lora = LoraConfig(**{"task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 12, "target_modules": ["q_proj", "k_proj", "v_proj", "o_proj"], **settings})
        adapted = get_peft_model(copy.deepcopy(model), lora)
        for key, weight in adapted.named_parameters():
            if "lora_B" in key:
                weight.data = 0.05 * torch.randn_like(weight)
        adapted.save_pretrained(tmp_path / name, save_embedding_layers=False)
        return tmp_path / name

    return make


class Trainer:
    """The command as a server starts it."""

    def __init__(self, *arguments: object):
        command = [sys.executable, "-m", "understudy_trainer", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def lines(self):
        for line in self.process.stdout:
            yield json.loads(line)

    def finish(self):
        lines = list(self.lines())
        return self.process.wait(), lines, self.process.stderr.read()


@pytest.fixture
def start_trainer():
    started = []

    def start(*arguments) -> Trainer:
        started.append(Trainer(*arguments))
        return started[-1]

    yield start
    for trainer in started:
        if trainer.process.poll() is None:
            trainer.process.kill()
        trainer.process.communicate()


@pytest.fixture
def refused():
    """The code of the error that a call ends in."""

    def run(call, *arguments, **named) -> tuple[str, str]:
        with pytest.raises(TrainerError) as raised:
            call(*arguments, **named)
        return raised.value.code, raised.value.message

    return run
