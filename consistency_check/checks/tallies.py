"""Counts of what the customers gave: those of one group are added up, in any order and in any parts."""

from __future__ import annotations

from collections.abc import Iterable

from consistency_check.model import FindingAnswer, Tally

SAMPLES = 5
"""Answers kept of a group: enough for a person to see what it is about."""


def merge_tallies(tallies: Iterable[Tally]) -> list[Tally]:
    """The sum of each check's groups, in their order; samples are the first `SAMPLES` that were heard.

    Sums may be merged again with others: the result is that of merging all at once.
    """
    counts: dict[tuple[str, tuple[str, ...]], int] = {}
    samples: dict[tuple[str, tuple[str, ...]], set[FindingAnswer]] = {}
    for tally in tallies:
        key = tally.check, tally.group
        counts[key] = counts.get(key, 0) + tally.count
        kept = samples.setdefault(key, set())
        kept.update(tally.samples)
        if len(kept) > 4 * SAMPLES:
            samples[key] = set(pick_samples(kept))
    return [Tally(*key, counts[key], pick_samples(samples[key])) for key in sorted(counts)]


def pick_samples(answers: Iterable[FindingAnswer]) -> tuple[FindingAnswer, ...]:
    """The first of some answers by the time they were heard; those without one come last."""
    return tuple(sorted(set(answers), key=lambda answer: answer.rank)[:SAMPLES])
