"""`shared-question`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Policy, Source
from consistency_check.policies.lint.rule import LintSettings, Rule
from consistency_check.policies.lint.wordings import list_in_order, locate, plain
from consistency_check.policies.problems import shorten_text


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each question of a policy that an earlier policy of the same type has too."""
    first: dict[tuple[str, str], Policy] = {}
    for policy in list_in_order(knowledge):
        for question in policy.questions:
            earlier = first.setdefault((policy.type, plain(question)), policy)
            if earlier is not policy:
                message = f"{policy.id} and {earlier.id} both answer “{shorten_text(question)}”"
                remedy = "word each question so that only its own policy answers it"
                yield locate(policy, question), f"{message} with a {policy.type}; {remedy}"


RULE = Rule(
    "shared-question",
    Level.WARNING,
    "The same question stands at two policies of one type.",
    "A short answer to it cannot be told to be about the one or the other.",
    find,
)
