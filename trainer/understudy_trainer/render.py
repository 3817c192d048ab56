"""Shows the prompts as the trainer makes them, so that the server can compare its own: a model babbles when they differ."""

from datetime import date
from pathlib import Path

from .base_model import open_base
from .conversations import read_dataset
from .encode_conversation import encode_conversation
from .load_model import load_tokenizer
from .protocol import emit
from .render_conversation import ChatTemplate


def render(base_path: Path, dataset_path: Path, limit: int, today: date) -> dict:
    base = open_base(base_path)
    conversations = read_dataset(dataset_path).conversations[:limit]
    tokenizer = load_tokenizer(base)
    template = ChatTemplate(tokenizer, today)
    for conversation in conversations:
        prompt = template.render_prompt(conversation)
        last = encode_conversation(tokenizer, template, conversation)[-1]
        learned = [token for token, is_learned in zip(last.input_ids, last.is_learned) if is_learned]
        emit(
            "rendered",
            line=conversation.line,
            messages=conversation.messages[:-1],
            prompt=prompt,
            prompt_tokens=len(tokenizer(prompt, add_special_tokens=False)["input_ids"]),
            learned=tokenizer.decode(learned),
        )
    return {"base": base.name, "rendered": len(conversations), "chat_template": tokenizer.chat_template}
