"""What Understudy exports, loaded by the libraries that others train with. The files are those that the server's tests compare its rows with."""

from pathlib import Path

import pytest

datasets = pytest.importorskip("datasets")
data_utils = pytest.importorskip("trl.data_utils")

EXPORTS = Path(__file__).parent / "exports"


def load(name: str):
    return datasets.load_dataset("json", data_files=str(EXPORTS / f"{name}.jsonl"), split="train")


def test_corrections_load_with_their_columns():
    rows = load("corrections")
    assert rows.column_names == ["original", "correction", "intent", "conversation_id"]
    assert rows[0]["correction"].endswith("— The crew")


def test_chat_is_conversational_and_takes_a_chat_template(tokenizer):
    rows = load("chat")
    assert all(data_utils.is_conversational(row) for row in rows)
    rendered = [data_utils.maybe_apply_chat_template({"messages": row["messages"]}, tokenizer)["text"] for row in rows]
    assert all("<|im_start|>assistant" in text for text in rendered)
    assert {row["rating"] for row in rows} == {"corrected", "helpful"}


def test_preference_is_what_dpo_reads(tokenizer):
    rows = load("preference")
    assert rows.column_names == ["prompt", "chosen", "rejected"]
    row = rows[0]
    assert data_utils.is_conversational(row)
    applied = data_utils.maybe_apply_chat_template(row, tokenizer)
    assert applied["chosen"] != applied["rejected"]
    unpaired = data_utils.unpair_preference_dataset(rows)
    assert sorted(unpaired["label"]) == [False, True]


def test_kto_has_a_label_for_each_completion(tokenizer):
    rows = load("kto")
    assert rows.column_names == ["prompt", "completion", "label"]
    assert all(data_utils.is_conversational(row) for row in rows)
    assert sorted(rows["label"]) == [False, True, True]
    assert all(data_utils.maybe_apply_chat_template(row, tokenizer)["completion"] for row in rows)
