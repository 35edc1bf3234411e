"""`shared-wording`."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.model import KnowledgeBase, Level, Policy, Source
from consistency_check.policies.lint.rule import LintSettings, Rule
from consistency_check.policies.lint.wordings import (
    Wording,
    list_in_order,
    list_wordings,
    locate,
    plain,
)
from consistency_check.policies.problems import shorten_text

# Words that say an answer and nothing of what is asked may stand in many policies.
SHORTEST = 2


def find(knowledge: KnowledgeBase, _settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each wording that an earlier policy of the type has too, or another answer of the same policy."""
    elsewhere: dict[tuple[str, str], Policy] = {}
    for policy in list_in_order(knowledge):
        said: dict[str, Wording] = {}
        for wording in list_wordings(policy):
            words, shown = plain(wording.text), f"“{shorten_text(wording.text)}”"
            other = said.setdefault(words, wording)
            if other.says != wording.says:
                place = locate(policy, wording.text, locate(policy, other.text).line)
                message = f"{policy.id} means both `{other.says}` and `{wording.says}` by {shown}"
                yield place, f"{message}; keep it with the one that it means"
            if is_option(wording) or len(words.split()) < SHORTEST:
                continue
            earlier = elsewhere.setdefault((policy.type, words), policy)
            if earlier is not policy:
                message = f"{policy.id} is said by {shown}, and so is {earlier.id}"
                yield (
                    locate(policy, wording.text),
                    f"{message}; word them so that an answer tells which it is",
                )


def is_option(wording: Wording) -> bool:
    """An option's words name an answer, which may well answer two questions."""
    return wording.says not in ("", "yes", "no")


RULE = Rule(
    "shared-wording",
    Level.WARNING,
    "A phrasing belongs to two policies, or a word to two options of one.",
    "An answer in these words cannot be told to be about the one or the other.",
    find,
)
