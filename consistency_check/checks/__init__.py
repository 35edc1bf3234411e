"""The checks: one file each, found by a scan of this folder; a customer's judged claims in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from consistency_check.checks.check import Check
from consistency_check.model import Customer, Finding, JudgedClaim

__all__ = ["CHECKS", "Check", "rank_finding", "run_checks"]


def _find_checks() -> Mapping[str, Check]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    checks = [module.CHECK for module in modules if hasattr(module, "CHECK")]
    return {check.name: check for check in sorted(checks, key=lambda c: c.name)}


CHECKS: Mapping[str, Check] = _find_checks()


def run_checks(
    cases: Iterable[tuple[Customer, tuple[JudgedClaim, ...]]], names: Iterable[str]
) -> list[Finding]:
    """What the named checks find for each customer: the most severe first (`rank_finding`).

    Raises KeyError for a name that is not in `CHECKS`.
    """
    checks = [CHECKS[name] for name in sorted(set(names))]
    found = [f for customer, claims in cases for check in checks for f in check.find(customer, claims)]
    return sorted(found, key=rank_finding)


def rank_finding(finding: Finding) -> tuple[int, str, str, str, str]:
    """The order of a report: severity (the highest first), customer, policy, check, fingerprint."""
    return (-finding.severity.rank, finding.customer, finding.policy, finding.check, finding.id)
