"""Says whether a dataset is worth training on, in the words of the decision framework."""

from .conversations import Dataset
from .errors import TrainerError


def check_dataset(dataset: Dataset, minimum_examples: int, allow_one_intent: bool) -> list[str]:
    """Refuses what can only do harm; returns warnings about the rest."""
    rows = dataset.conversations
    if not rows:
        raise TrainerError("TOO_FEW_EXAMPLES", f"The dataset is empty. Approve some replies and export again. {_advice(0)}")
    if len(rows) == 1:
        raise TrainerError("TOO_FEW_EXAMPLES", f"The dataset has one row: a model trained on it would repeat that one reply. {_advice(1)}")
    if len(rows) < minimum_examples:
        raise TrainerError(
            "TOO_FEW_EXAMPLES",
            f"The dataset has {len(rows)} examples and fine-tuning needs {minimum_examples}. {_advice(len(rows))} "
            "To train all the same, lower minimumExamples (--minimum-examples).",
        )
    if len({row.messages[-1]["content"].strip() for row in rows}) == 1:
        raise TrainerError("ONE_REPLY", f"All {len(rows)} rows end in the same reply: a model trained on them would give it to every question. Export more.")
    intents = [row.intent for row in rows]
    if all(intents) and len(set(intents)) == 1:
        told = f"All {len(rows)} rows are of the intent {intents[0]}: the model would lean towards it in answers to everything else."
        if not allow_one_intent:
            raise TrainerError("ONE_INTENT", f"{told} Export more intents, or pass --allow-one-intent.")
        return [told]
    return []


def _advice(rows: int) -> str:
    if rows < 100:
        return "Below 100, retrieval with the nearest corrections as examples serves better: it needs no training."
    return "From 100 to 1,000, a custom model (buildCustomModel) fits better; fine-tuning pays above 1,000, for style, with retrieval for the facts."
