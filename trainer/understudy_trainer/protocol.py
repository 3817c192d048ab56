"""What the trainer says: one JSON object a line on stdout for the program that started it, plain sentences on stderr for people."""

import json
import math
import os
import sys
from typing import TextIO

from .errors import STOPPED, TrainerError

_lines: TextIO | None = None


def claim_stdout() -> None:
    """Libraries that print go to stderr from now on, so that stdout holds nothing but our lines."""
    global _lines
    if _lines is None:
        _lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)


def emit(kind: str, **fields: object) -> None:
    line = json.dumps({"type": kind, **_without_infinities(fields)}, ensure_ascii=False, allow_nan=False)
    try:
        print(line, file=_lines or sys.stdout, flush=True)
    except BrokenPipeError:
        # Whoever started us is gone; going on would hold the GPU for nobody, and the next start waits for our lock.
        raise TrainerError("STOPPED", "Nobody reads the progress any more, so the run stopped; --resume goes on.", STOPPED) from None


def log(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _without_infinities(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _without_infinities(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_infinities(each) for each in value]
    return value
