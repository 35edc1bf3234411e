"""All that a policy answers, to the letter: what makes one judgement or one reading another."""

from __future__ import annotations

from consistency_check.model import DatedValue, Policy


def describe_answers(policy: Policy) -> object:
    """All of a policy that a verdict depends on, without where it is written; equal for equal verdicts.

    Unlike `compare_policies` it parts "14 days" from "2 weeks", for reading looks at the unit too.
    """
    exceptions = [(one.when, _describe_values(one.values)) for one in policy.exceptions]
    return policy.type, _describe_values(policy.values), exceptions, policy.compare, policy.tolerance


def _describe_values(values: tuple[DatedValue, ...]) -> object:
    return [(dated.since, dated.value) for dated in values]
