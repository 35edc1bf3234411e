"""What redaction is told of a run's people by the hall: the rooms that know it are beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Seen = tuple[int, int, str, str, bool]
"""Start, end, kind ("email"), how it is compared, and whether somebody is known by it."""


def find_nothing(text: str) -> Iterable[Seen]:
    """For a run that knows nobody's keys."""
    del text
    return ()


@dataclass(frozen=True, slots=True)
class Called:
    """What one customer may be called by: folded `words` of names, and folded ids and handles."""

    words: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom a run knows.

    `customers` are by their keys. `bearers` are the words of all customers' names and `agents` those of all
    agents', each with the one who bears it, or "" for several; `agent_names` are folded whole names of agents
    that are hardly anything else. `find` finds keys, numbers and addresses in a
    text, `fold` writes a word as it is compared. `personal` are attributes that describe a person, with the
    kind of each. `public` are folded words that the policies use, `contacts` the company's own addresses and
    numbers, `types` the types of the policies' values by the policies' ids. `homes` are the keys of the
    customers whose replies are samples of a finding about everybody, by the replies' ids.
    """

    customers: Mapping[str, Called] = field(default_factory=dict)
    bearers: Mapping[str, str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    agent_names: frozenset[str] = frozenset()
    find: Callable[[str], Iterable[Seen]] = find_nothing
    fold: Callable[[str], str] = str.casefold
    personal: Callable[[str], str] = lambda name: ""
    public: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    types: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)


NOBODY = Called()
