"""Measured figures as people read them: corpora, value types, and how far confidence can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.accuracy.scoring import Score, Tally, pool_scores

POOLED = "all"
"""The name of all corpora taken together."""
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Lower ends of the bins of stated confidence, narrower where most claims are."""


def draw_tables(scores: Mapping[str, Score]) -> Iterator[str]:
    """All tables, line by line; the last row of the first is all corpora taken together."""
    rows = pool_rows(scores)
    pooled = rows[POOLED]
    yield from draw_corpora(rows)
    yield ""
    yield from draw_types(pooled)
    yield ""
    yield from draw_reliability(pooled)


def pool_rows(scores: Mapping[str, Score]) -> dict[str, Score]:
    """The scores in the order of their names, then all of them taken together."""
    return {**{name: scores[name] for name in sorted(scores)}, POOLED: pool_scores(scores.values())}


def draw_corpora(scores: Mapping[str, Score]) -> Iterator[str]:
    """Precision, recall and F1 of claims, flags, channel conflicts and customers (B-cubed)."""
    head = f"{'P':>5}{'R':>6}{'F1':>6}"
    yield f"{'':12}{'claims':<19}{'verdicts':<10}{'flags':<19}{'channel conflicts':<19}customers (B-cubed)"
    yield f"{'':12}{head}  {'':<10}{head}  {head}  {head}"
    for name, score in scores.items():
        parts = [score.claims, score.flags, score.conflicts, score.customers]
        first, *rest = map(_draw_tally, parts)
        yield f"{name:<12}{first}  {score.verdicts.precision:<10.3f}{'  '.join(rest)}"


def draw_types(score: Score) -> Iterator[str]:
    """Precision, recall and F1 of the claims of each value type, and how many are labelled."""
    yield f"{'value type':<12}{'P':>5}{'R':>6}{'F1':>6}  labels"
    for name, tally in sorted(score.by_type.items()):
        yield f"{name:<12}{_draw_tally(tally)}  {tally.wanted:>6.0f}"


def draw_reliability(score: Score) -> Iterator[str]:
    """For each bin of stated confidence its mean and the share of its claims that are right."""
    yield "confidence   stated  right  claims"
    for low, stated, right, count in bin_sureness(score):
        yield f"from {low:<8.2f}{stated:>6.3f} {right:>6.3f}  {count:>6}"
    yield f"off by {measure_miscalibration(score):.3f} on the average"


def bin_sureness(score: Score) -> Iterator[tuple[float, float, float, int]]:
    """For each bin that holds claims: its lower end, mean stated confidence, share right, and count."""
    for low, high in zip((0.0, *BINS), (*BINS, 2.0), strict=True):
        inside = [(stated, right) for stated, right in score.sureness if low <= stated < high]
        if inside:
            count = len(inside)
            yield low, sum(one for one, _ in inside) / count, sum(right for _, right in inside) / count, count


def measure_miscalibration(score: Score) -> float:
    """The expected calibration error: how far stated confidence is from the share right, over all claims."""
    off = sum(abs(stated - right) * count for _, stated, right, count in bin_sureness(score))
    return off / max(1, len(score.sureness))


def _draw_tally(tally: Tally) -> str:
    return f"{tally.precision:.3f} {tally.recall:.3f} {tally.f1:.3f}"
