"""What a policy is said by: each wording with what it is, and where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from consistency_check.model import KnowledgeBase, Policy, Source

WORD = re.compile(r"\{value\}|[^\W_]+(?:['’][^\W_]+)*")
MOST_FILES = 512


class Wording(NamedTuple):
    """One wording of a policy: `says` is what it says ("yes", an option's name), "" where that is open."""

    text: str
    says: str = ""


def list_in_order(knowledge: KnowledgeBase) -> list[Policy]:
    """The policies as they stand in the files, so that the later of two is the one complained of."""
    return sorted(knowledge.policies.values(), key=lambda policy: policy.source)


def list_wordings(policy: Policy) -> Iterator[Wording]:
    """The statement, phrasings and words for options."""
    yield Wording(policy.statement, "yes" if policy.type == "yes_no" else "")
    yield from (Wording(text) for text in policy.phrasings)
    yield from (Wording(text, "yes") for text in policy.yes_phrasings)
    yield from (Wording(text, "no") for text in policy.no_phrasings)
    for option, words in policy.options:
        yield from (Wording(text, option) for text in (option, *words))


def plain(text: str) -> str:
    """A wording without marks and capitals, by which two are the same."""
    return " ".join(WORD.findall(text.casefold()))


def locate(policy: Policy, text: str, after: int = 0) -> Source:
    """Where a wording of a policy stands, below line `after`; the policy's own place where no line has it."""
    lines, start = _read_lines(policy.source.path), max(policy.source.line, after)
    for number, line in enumerate(lines[start:], start + 1):
        column = line.casefold().find(text.casefold())
        if column >= 0:
            return Source(policy.source.path, number, column + 1)
    return policy.source


@lru_cache(maxsize=MOST_FILES)
def _read_lines(path: str) -> tuple[str, ...]:
    try:
        return tuple(Path(path).read_text("utf-8", "replace").splitlines())
    except OSError:
        return ()
