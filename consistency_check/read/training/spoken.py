"""Learns which words around a value, or in a sentence, speak for a claim: a sparse logistic regression.

Only grams that the replies of at least `SPREAD` companies hold are learned, and none with a digit, so that
no company's own words and no policy's value get a weight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from consistency_check.read.grams import OPEN
from consistency_check.read.stance import Spoken
from consistency_check.read.vectors import Floats, Numbers

SPREAD = 4
# What a gram counts beside a standardised column; it only shares out the penalty between the two.
SCALE = 2.0
FIGURE = re.compile(r"\d")
PLACE = re.compile(rf"^(?:{OPEN})?[<>]\d ")
LEAST = 0.01
"""Weights nearer to zero are not kept."""
Part = tuple[Floats, Sequence[Sequence[str]], Numbers]


def fit_spoken(parts: Sequence[Part], strength: float) -> Spoken:
    """The model of some companies' rows, grams and labels (below 0: left open), one part a company.

    `strength` is the inverse strength of the L2 penalty.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    columns = {gram: number for number, gram in enumerate(list_common([grams for _, grams, _ in parts]))}
    rows = np.concatenate([part[0] for part in parts]).astype(np.float64)
    labels = np.concatenate([part[2] for part in parts])
    met = [[columns[g] for g in grams if g in columns] for part in parts for grams in part[1]]
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    ends = np.cumsum([0, *map(len, met)])
    flat = np.array([number for numbers in met for number in numbers], np.intp)
    sparse = csr_matrix((np.full(len(flat), SCALE), flat, ends), shape=(len(rows), len(columns)))
    known = labels >= 0
    model = LogisticRegression(C=strength, max_iter=400).fit(
        hstack(((rows - mean) / scale, sparse)).tocsr()[known], labels[known]
    )
    weights, grams = np.split(model.coef_[0], [rows.shape[1]])
    weights = weights / scale
    kept = {g: float(grams[n] * SCALE) for g, n in columns.items() if abs(grams[n] * SCALE) >= LEAST}
    return Spoken(weights.astype(np.float32), float(model.intercept_[0] - weights @ mean), kept)


def list_common(companies: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """The grams without digits that at least `SPREAD` of the companies hold, sorted."""
    spread = Counter(gram for texts in companies for gram in {gram for grams in texts for gram in grams})
    least = min(SPREAD, len(companies))
    return sorted(g for g, count in spread.items() if count >= least and not FIGURE.search(PLACE.sub("", g)))
