"""Keeps some conversations back, so that the loss on them tells when training starts to learn by heart."""

import hashlib

from .conversations import Conversation


def split_held_out(conversations: list[Conversation], share: float, seed: int) -> tuple[list[Conversation], list[Conversation]]:
    """(to train on, held out): whole conversations, the same ones for the same seed however the rows are ordered."""
    keys = sorted({row.key for row in conversations}, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
    # With fewer than ten conversations one held out would say nothing and cost a tenth of the data.
    count = max(1, round(len(keys) * share)) if share > 0 and len(keys) >= 10 else 0
    held = set(keys[:count])
    return [row for row in conversations if row.key not in held], [row for row in conversations if row.key in held]
