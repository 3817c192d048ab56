"""Asks a base with and without its adapter: one that changes nothing was not loaded, or learned nothing."""

from datetime import date
from pathlib import Path

import torch
from peft import PeftModel

from .adapter import check_is_of, read_adapter
from .base_identity import identity_of_model
from .base_model import open_base
from .conversations import read_dataset
from .device import choose_device
from .encode_conversation import encode_conversation
from .load_model import load_model, load_tokenizer
from .loss import mean_loss
from .protocol import emit
from .render_conversation import ChatTemplate


def probe(base_path: Path, adapter_path: Path, dataset_path: Path, limit: int, today: date, maximum_new_tokens: int, device_name: str, precision: str) -> dict:
    base = open_base(base_path)
    adapter = read_adapter(adapter_path)
    conversations = read_dataset(dataset_path).conversations[:limit]
    device = choose_device(device_name, precision)
    tokenizer = load_tokenizer(base)
    template = ChatTemplate(tokenizer, today)
    model = load_model(base, device)
    check_is_of(adapter, base.name, identity_of_model(model))
    model = PeftModel.from_pretrained(model, str(adapter_path)).eval()

    def measure(conversation) -> tuple[str, float]:
        examples = encode_conversation(tokenizer, template, conversation)
        prompt = tokenizer(template.render_prompt(conversation), add_special_tokens=False, return_tensors="pt").to(device.torch)
        with torch.no_grad(), device.autocast:
            answer = model.generate(**prompt, max_new_tokens=maximum_new_tokens, do_sample=False, pad_token_id=tokenizer.eos_token_id)
        loss = mean_loss(model, examples, device, tokens_per_pass=1, is_packed=False, pad_token=0)
        return tokenizer.decode(answer[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True), loss

    changed, losses = 0, []
    for conversation in conversations:
        with model.disable_adapter():
            before, loss_before = measure(conversation)
        after, loss_after = measure(conversation)
        changed += before != after
        losses.append((loss_before, loss_after))
        emit("probed", line=conversation.line, base_answer=before, adapted_answer=after, base_loss=loss_before, adapted_loss=loss_after)
    means = [sum(column) / len(losses) for column in zip(*losses)] or [None, None]
    return {"base": base.name, "probed": len(conversations), "changed": changed, "base_loss": means[0], "adapted_loss": means[1]}
