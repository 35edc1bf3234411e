"""The checks: one file each, found by a scan of this folder; what customers were told in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.response_times import DEFAULT_TIMES, is_late
from consistency_check.checks.tallies import merge_tallies
from consistency_check.model import CustomerCase, Finding, Tally

__all__ = [
    "CHECKS",
    "DEFAULT_TIMES",
    "Check",
    "Terms",
    "check_case",
    "conclude_tallies",
    "is_late",
    "merge_tallies",
    "rank_finding",
    "run_checks",
    "tally_case",
]


def _find_checks() -> Mapping[str, Check]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    checks = [module.CHECK for module in modules if hasattr(module, "CHECK")]
    return {check.name: check for check in sorted(checks, key=lambda c: c.name)}


CHECKS: Mapping[str, Check] = _find_checks()


def run_checks(cases: Iterable[CustomerCase], names: Iterable[str], terms: Terms) -> list[Finding]:
    """What the named checks find for each customer and for all of them: the most severe first.

    Raises KeyError for a name that is not in `CHECKS`.
    """
    names = sorted(set(names))
    found: list[Finding] = []
    tallies: list[Tally] = []
    for case in cases:
        found += check_case(case, names, terms)
        tallies += tally_case(case, names)
    found += conclude_tallies(tallies, names, terms)
    return sorted(found, key=rank_finding)


def check_case(case: CustomerCase, names: Iterable[str], terms: Terms) -> list[Finding]:
    """What the named checks find for one customer; of findings that nothing tells apart, the first."""
    found: dict[str, Finding] = {}
    for name in names:
        for finding in CHECKS[name].find(case, terms):
            found.setdefault(finding.id, finding)
    return list(found.values())


def tally_case(case: CustomerCase, names: Iterable[str]) -> list[Tally]:
    """What one customer gives to the counts of the named checks."""
    return [tally for name in names for tally in CHECKS[name].tally(case)]


def conclude_tallies(tallies: Iterable[Tally], names: Iterable[str], terms: Terms) -> list[Finding]:
    """What the named checks find in the counts of all customers; these findings have no customer."""
    of_check: dict[str, list[Tally]] = {}
    for tally in merge_tallies(tallies):
        of_check.setdefault(tally.check, []).append(tally)
    return [f for name in sorted(set(names)) for f in CHECKS[name].conclude(of_check.get(name, ()), terms)]


def rank_finding(finding: Finding) -> tuple[int, str, str, str, str]:
    """The order of a report: severity (the highest first), customer, policy, check, fingerprint."""
    return (-finding.severity.rank, finding.customer, finding.policy, finding.check, finding.id)
