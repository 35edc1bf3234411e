"""Two versions of a knowledge base side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consistency_check.model import Claim, KnowledgeBase, Policy, PolicyChange
from consistency_check.policies.difference import compare_policies, describe_answers, pair_policies


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions and what changed; `renamed` maps the old id of each policy that is in both to its new one.

    `origins` maps them back. `altered` holds the new ids of policies in both whose answers are not the same.
    """

    old: KnowledgeBase
    new: KnowledgeBase
    changes: tuple[PolicyChange, ...]
    renamed: Mapping[str, str]
    origins: Mapping[str, str]
    altered: frozenset[str]

    def find_policies(self, claim: Claim, *, by_new: bool) -> tuple[Policy | None, Policy | None]:
        """The policy that a claim of one version is about in both, None where it is not there."""
        if by_new:
            return self.old.policies.get(self.origins.get(claim.policy, "")), self.new.policies[claim.policy]
        return self.old.policies[claim.policy], self.new.policies.get(self.renamed.get(claim.policy, ""))


def compare_versions(old: KnowledgeBase, new: KnowledgeBase) -> Versions:
    """What changed, and which policies are the same ones."""
    pairs = pair_policies(old, new)
    altered = frozenset(
        pair.new.id for pair in pairs if describe_answers(pair.old) != describe_answers(pair.new)
    )
    renamed = {pair.old.id: pair.new.id for pair in pairs}
    origins = {pair.new.id: pair.old.id for pair in pairs}
    return Versions(old, new, compare_policies(old, new), renamed, origins, altered)


def find_last_day(versions: Versions, today: date) -> date:
    """The day by which all of a change is in force: the last day of a changed policy's values, or today."""
    changed = {change.about for change in versions.changes}
    policies = [policy for name, policy in versions.new.policies.items() if name in changed]
    return max([today, *(dated.since for policy in policies for dated in policy.dated_values if dated.since)])
