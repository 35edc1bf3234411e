"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from consistency_check.model import KnowledgeBase, Level, Source


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What rules must be told: the day it is, and after how many days without a change a policy is stale.

    `stale_after` 0 says that none ever is.
    """

    today: date
    stale_after: int = 0


Find = Callable[[KnowledgeBase, LintSettings], Iterable[tuple[Source, str]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule by its name, which is its name everywhere and forever.

    `finds` and `why` are a sentence each; `always` is False for a rule that must be asked for.
    """

    name: str
    level: Level
    finds: str
    why: str
    find: Find
    always: bool = True
