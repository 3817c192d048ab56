"""Turns data/corrections.jsonl into the format CHAT, as an export of approved corrections would be."""

import json
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    messages = [
        {"role": "system", "content": "You reply to customers of Northwind Outfitters."},
        {"role": "user", "content": row["question"]},
        {"role": "assistant", "content": row["correction"]},
    ]
    print(json.dumps({"messages": messages, "rating": None, "notes": row["reason"], "intent": row["intent"], "conversationId": row["id"]}, ensure_ascii=False))
