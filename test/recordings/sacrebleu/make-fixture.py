"""Writes fixture.json: 200 pairs with their BLEU as sacrebleu computes it. From the repository's root:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install sacrebleu
    /tmp/venv/bin/python test/recordings/sacrebleu/make-fixture.py
"""

import glob
import json
import random
import re
from importlib.metadata import version
from pathlib import Path

from sacrebleu.metrics import BLEU

random.seed(13)
pairs = [
    ("", ""),
    ("", "Something"),
    ("Something", ""),
    ("One", "One"),
    ("One two", "One two"),
    ("One two three", "One two three"),
    ("the the the the", "the cat is on the mat"),
    ("It costs $1,234.50, or 12.5%.", "It costs $1,234.50 (12.5%)."),
    ("A-B 3-4 x.y,z", "A - B 3 - 4 x. y, z"),
    ("Größe “42” – naïve café…", "Größe “42” - naive café ..."),
    ("你好 世界。 谢谢", "你好 世界。 多谢"),
    ("a &amp; b &quot;c&quot; &lt;d&gt;", 'a & b "c" <d>'),
    ("line one\nline two-\nthree", "line one line twothree"),
    ("e-mail: help@acme.example/path?x=1", "e-mail help@acme.example"),
]
for line in Path("data/corrections.jsonl").read_text(encoding="utf-8").splitlines():
    row = json.loads(line)
    pairs.append((row["bad_draft"], row["correction"]))
sentences = []
for path in sorted(glob.glob("data/help-center/*.md")):
    body = Path(path).read_text(encoding="utf-8").split("---\n", 2)[2]
    sentences += [text.strip() for text in re.split(r"(?<=[.!?])\s+|\n+", body) if len(text.split()) > 6]
while len(pairs) < 200:
    reference = random.choice(sentences)
    words = reference.split()
    for _ in range(random.randint(0, max(1, len(words) // 3))):
        place = random.randrange(len(words))
        change = random.random()
        if change < 0.4 and len(words) > 3:
            words.pop(place)
        elif change < 0.7:
            words[place] = random.choice(random.choice(sentences).split())
        else:
            words.insert(place, random.choice(random.choice(sentences).split()))
    pairs.append((" ".join(words), reference))

sentence, corpus = BLEU(effective_order=True), BLEU()
rows = [{"hypothesis": h, "reference": r, "bleu": sentence.sentence_score(h, [r]).score} for h, r in pairs]
whole = corpus.corpus_score([h for h, _ in pairs], [[r for _, r in pairs]]).score
target = Path(__file__).with_name("fixture.json")
target.write_text(json.dumps({"sacrebleu": version("sacrebleu"), "corpus": whole, "pairs": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
print(f"{len(rows)} pairs, corpus BLEU {whole:.2f}, written to {target}")
