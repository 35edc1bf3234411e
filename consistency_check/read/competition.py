"""The second look at a reply's candidates: each against its rivals for its words and for its policy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consistency_check.read.candidates import Candidate
from consistency_check.read.vectors import Floats

COMPETITION = (
    "own score",
    "lead over other policies for these words",
    "lead over other words for this policy",
    "best policy for these words",
    "best words for this policy",
    "the stronger rival",
)
NO_RIVAL = -6.0
FARTHEST_LEAD = 8.0


def measure_competition(candidates: Sequence[Candidate], scores: Floats) -> Floats:
    """The columns of COMPETITION, one row for each candidate of one family; replies do not compete."""
    for_words = find_best_rivals(scores, [(one.scene, one.start, one.end) for one in candidates])
    for_policy = find_best_rivals(scores, [(one.scene, one.policy) for one in candidates])
    columns = (
        scores,
        np.minimum(scores - for_words, FARTHEST_LEAD),
        np.minimum(scores - for_policy, FARTHEST_LEAD),
        scores > for_words,
        scores > for_policy,
        np.maximum(for_words, for_policy),
    )
    return np.array(columns, np.float32).T


def find_best_rivals(scores: Floats, arenas: Sequence[tuple[int, ...]]) -> Floats:
    """The highest score of the others in each candidate's arena, NO_RIVAL where it is alone."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for number, arena in enumerate(arenas):
        groups.setdefault(arena, []).append(number)
    best = np.full(len(scores), NO_RIVAL, np.float32)
    values = scores.tolist()
    for members in groups.values():
        if len(members) > 1:
            first, second = sorted((values[number] for number in members), reverse=True)[:2]
            for number in members:
                best[number] = second if values[number] == first else first
    return best
