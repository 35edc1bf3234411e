"""The checks that follow from one verdict: every answer that has it, one finding for each value said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.checks.check import Find, Terms
from consistency_check.checks.finding import (
    build_finding,
    group_by_policy,
    group_by_value,
    say_answers,
    say_expected,
)
from consistency_check.model import CustomerCase, Finding, JudgedClaim, Verdict


def find_by_verdict(check: str, verdict: Verdict) -> Find:
    """A check that finds the answers with `verdict`: one finding for each policy and value said."""

    def find(case: CustomerCase, terms: Terms) -> Iterator[Finding]:
        del terms
        flagged = [c for c in case.claims if c.judgement.verdict is verdict]
        for policy, of_policy in group_by_policy(flagged):
            for said in group_by_value(of_policy):
                yield build_finding(check, case.customer, policy, said, _write_message(said))

    return find


def _write_message(said: Sequence[JudgedClaim]) -> str:
    case = ", ".join(f"{name} {value}" for name, value in said[0].claim.case)
    about = f" for {case}" if case else ""
    return f"{say_answers(said)}{about}; {say_expected(said)}{about}{_explain_verdict(said[0])}."


def _explain_verdict(claim: JudgedClaim) -> str:
    """The last part of the judge's reason: when, or for whom, the answer would have been right."""
    why = claim.judgement.reason.partition("; ")[2]
    return f" ({why})" if why else ""
