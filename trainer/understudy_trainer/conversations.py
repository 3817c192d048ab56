"""Reads a dataset as Understudy exports it in the CHAT format: one conversation a line, {messages, rating, notes}."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from .errors import TrainerError

ROLES = ("system", "user", "assistant")


@dataclass(frozen=True)
class Conversation:
    line: int
    messages: list[dict[str, str]]
    key: str  # rows of one conversation share it, so that none lies on both sides of the held-out split
    intent: str | None


@dataclass(frozen=True)
class Dataset:
    path: Path
    sha256: str
    conversations: list[Conversation]


def read_dataset(path: Path) -> Dataset:
    if not path.is_file():
        raise TrainerError("DATASET_NOT_FOUND", f"There is no dataset at {path}. Export one with exportTrainingData(format: CHAT) and download it.")
    content = path.read_bytes()
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise TrainerError("DATASET_INVALID", f"{path} is not UTF-8 (byte {error.start}). Export it again in the format CHAT.") from None
    conversations, faults = [], []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                conversations.append(_read_row(number, json.loads(line)))
            except ValueError as error:
                faults.append(f"line {number}: {error}")
    if faults:
        shown = "; ".join(faults[:3]) + (f"; and {len(faults) - 3} more" if len(faults) > 3 else "")
        raise TrainerError("DATASET_INVALID", f"{path.name} is no dataset in the format CHAT: {shown}. Export it again, or mend these lines.")
    return Dataset(path, hashlib.sha256(content).hexdigest(), conversations)


def _read_row(number: int, row: object) -> Conversation:
    messages = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(messages, list) or not messages:
        raise ValueError("it has no messages")
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise ValueError(f"a message's role is none of {', '.join(ROLES)}")
        if not isinstance(message.get("content"), str) or not message["content"].strip():
            raise ValueError("a message has no content")
    if messages[-1]["role"] != "assistant":
        raise ValueError("its last message is not the assistant's")
    assert isinstance(row, dict)
    first_question = next((message["content"] for message in messages if message["role"] == "user"), messages[-1]["content"])
    intent = row.get("intent")
    return Conversation(
        line=number,
        messages=[{"role": message["role"], "content": message["content"]} for message in messages],
        key=str(row.get("conversationId") or first_question),
        intent=intent if isinstance(intent, str) else None,
    )
