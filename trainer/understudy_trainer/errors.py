"""Errors that the person or the server at the other end can do something about."""

REFUSED = 3
FAILED = 4
OUT_OF_RESOURCES = 5
STOPPED = 6


class TrainerError(Exception):
    def __init__(self, code: str, message: str, exit_code: int = REFUSED):
        super().__init__(message)
        self.code = code
        self.message = message
        self.exit_code = exit_code


def out_of_memory(advice: str) -> TrainerError:
    return TrainerError("OUT_OF_MEMORY", f"The memory is not enough. {advice}", OUT_OF_RESOURCES)


def disk_full(path: object) -> TrainerError:
    return TrainerError("DISK_FULL", f"There is no space left for {path}. Free some and run the same command again.", OUT_OF_RESOURCES)


TRAINING_MEMORY_ADVICE = (
    "Lower --tokens-per-pass or --maximum-tokens, add --gradient-checkpointing, add --quantized where CUDA is there, or take a smaller base. "
    "The last checkpoint is kept: the same command with --resume goes on from it, unless you take another base."
)


def as_trainer_error(error: BaseException) -> TrainerError | None:
    """Names the failures of the libraries below that are no bugs of ours; None means that it is one."""
    if isinstance(error, TrainerError):
        return error
    text = str(error)
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or "can't allocate memory" in text or "CUDA out of memory" in text:
        return out_of_memory(TRAINING_MEMORY_ADVICE)
    if (isinstance(error, OSError) and error.errno == 28) or "No space left on device" in text:
        return disk_full(getattr(error, "filename", None) or "the output")
    return None
