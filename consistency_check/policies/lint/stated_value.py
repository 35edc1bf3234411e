"""`stated-value`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency_check.model import KnowledgeBase, Level, Policy, Source, Value
from consistency_check.policies.lint.rule import LintSettings, Rule
from consistency_check.policies.lint.wordings import list_wordings, locate
from consistency_check.policies.problems import shorten_text
from consistency_check.values import agrees, find_mentions, show_value

TYPES = ("duration", "money", "percent", "number", "date", "time", "contact")


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each wording that states a value of its policy's type which is none of the policy's."""
    for policy in knowledge.policies.values():
        known = policy.fixed_values
        if policy.type not in TYPES or not known:
            continue
        for text, _ in list_wordings(policy):
            if "{value}" in text:
                continue
            for mention in find_mentions(text):
                if mention.value.type == policy.type and contradicts(mention.value, policy, known):
                    message = f"{policy.id} is worded with {text[mention.start : mention.end]}"
                    values = ", ".join(dict.fromkeys(show_value(value) for value in known))
                    whole = f"{message} in “{shorten_text(text)}”, but its value is {values}"
                    yield locate(policy, text), f"{whole}; write `{{value}}` in its place"


def contradicts(value: Value, policy: Policy, known: Sequence[Value]) -> bool:
    """True where a value can be compared with the policy's and agrees with none of them."""
    said = [agrees(value, one, policy.compare, policy.tolerance) for one in known]
    return True not in said and False in said


RULE = Rule(
    "stated-value",
    Level.ERROR,
    "A phrasing states a value that is not the policy's.",
    "Who copies it gives a wrong answer, and the policy itself says so.",
    find,
)
