"""What a change does to one answer, by its verdicts before and after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consistency_check.impact.answers import find_effect, match_claims
from consistency_check.model import Claim, Effect, Value, Verdict

AGREES, CONFLICTS, OUTDATED, UNJUDGED = Verdict.AGREES, Verdict.CONFLICTS, Verdict.OUTDATED, Verdict.UNJUDGED


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (AGREES, CONFLICTS, Effect.WRONG),
        (AGREES, OUTDATED, Effect.WRONG),
        (UNJUDGED, CONFLICTS, Effect.WRONG),
        (None, CONFLICTS, Effect.WRONG),
        (CONFLICTS, AGREES, Effect.RIGHT),
        (OUTDATED, AGREES, Effect.RIGHT),
        (AGREES, None, Effect.OPEN),
        (CONFLICTS, UNJUDGED, Effect.OPEN),
        (AGREES, AGREES, None),
        (CONFLICTS, OUTDATED, None),
        (UNJUDGED, AGREES, None),
        (UNJUDGED, None, None),
        (None, AGREES, None),
    ],
)
def test_the_effect_of_two_verdicts(
    before: Verdict | None, after: Verdict | None, effect: Effect | None
) -> None:
    assert find_effect(before, after, read_by_old=True, read_by_new=True) is effect


def test_what_only_one_version_reads_was_wrong_all_along() -> None:
    assert find_effect(CONFLICTS, CONFLICTS, read_by_old=False, read_by_new=True) is Effect.FOUND
    assert find_effect(CONFLICTS, OUTDATED, read_by_old=True, read_by_new=False) is Effect.LOST
    assert find_effect(AGREES, AGREES, read_by_old=True, read_by_new=False) is None


def claim(policy: str, word: str, start: int = 0) -> Claim:
    return Claim("r", policy, Value("choice", word=word), "quote", start, start + 5, 0.9)


def test_two_readings_of_the_same_words_are_one_answer() -> None:
    old = [claim("a.x", "card"), claim("a.x", "voucher"), claim("a.gone", "card"), claim("a.old", "card")]
    new = [claim("a.x", "voucher"), claim("a.new", "card"), claim("a.x", "card", 9)]
    assert match_claims(old, new, {"a.x": "a.x", "a.old": "a.new"}) == [
        (old[1], new[0]),
        (old[3], new[1]),
        (old[0], None),
        (old[2], None),
        (None, new[2]),
    ]


def test_one_value_in_two_units_is_one_answer_and_two_values_are_two() -> None:
    bare, pounds, euros = (
        replace(claim("a.x", ""), value=Value("money", 5, 5, unit)) for unit in ("", "GBP", "EUR")
    )
    assert match_claims([bare], [pounds], {"a.x": "a.x"}) == [(bare, pounds)]
    assert match_claims([bare, euros], [euros], {"a.x": "a.x"}) == [(euros, euros), (bare, None)]
    assert match_claims([bare], [pounds, euros], {"a.x": "a.x"}) == [
        (bare, None),
        (None, pounds),
        (None, euros),
    ]
