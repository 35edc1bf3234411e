"""Which parts of the policies some test was judged by: a policy, its dated values and its exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency_check.judge import show_case
from consistency_check.model import Coverage, DatedValue, JudgedClaim, Policy, PolicyPart

Key = tuple[str, int, DatedValue | None]


def measure_coverage(policies: Iterable[Policy], judged: Iterable[JudgedClaim]) -> Coverage:
    """The parts that are what was expected of some claim of `judged`, and those that are not."""
    touched = {_find_part(one) for one in judged}
    untouched: list[PolicyPart] = []
    count = met = 0
    for policy in policies:
        parts = list(_list_parts(policy))
        missed = [part for key, part in parts if key not in touched]
        count, met = count + len(parts), met + len(parts) - len(missed)
        whole = len(missed) == len(parts)
        untouched += [PolicyPart(policy.id, "", policy.source)] if whole else missed
    return Coverage(count, met, tuple(sorted(untouched)))


def _find_part(one: JudgedClaim) -> Key:
    expected = one.judgement.expected
    exceptions = one.policy.exceptions
    place = next((n for n, each in enumerate(exceptions) if each is expected.exception), -1)
    holder = expected.exception.values if expected.exception else one.policy.values
    dated = next((each for each in holder if each.since == expected.since), None)
    return one.policy.id, place, dated


def _list_parts(policy: Policy) -> Iterator[tuple[Key, PolicyPart]]:
    """Each dated value and each exception's, with what would touch it."""
    for dated in policy.values:
        yield (policy.id, -1, dated), PolicyPart(policy.id, f"the value {_say_since(dated)}", dated.source)
    for number, exception in enumerate(policy.exceptions):
        for dated in exception.values:
            since = f", {_say_since(dated)}" if len(exception.values) > 1 else ""
            part = f"the exception for {show_case(exception)}{since}"
            yield (policy.id, number, dated), PolicyPart(policy.id, part, exception.source)


def _say_since(dated: DatedValue) -> str:
    return f"from {dated.since}" if dated.since else "in general"
