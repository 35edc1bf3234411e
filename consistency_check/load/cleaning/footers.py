"""What an agent ends every mail with, learned from the agent's replies: a name block, a slogan, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from consistency_check.load.cleaning.quotes import has_words
from consistency_check.load.cleaning.signatures import is_closing, is_delimiter, is_notice

_LONGEST = 40
"""Lines of a footer, the most."""
_LEAST_BODIES = 3
"""Different answers above a footer that it takes to believe in it; copies of one answer prove nothing."""
_LEAST_SHARE = 0.25
"""Of an agent's replies; what stands under fewer may be an answer that is given often."""
_SAMPLE = 200
"""Replies of an agent that are learned from: enough to tell, and a bound on memory."""
_STARTS = 6
_AGENTS = 20_000
_HASHED = 10_000
"""Characters that a tail, or the body above it, is told by."""
_LINK = re.compile(r"https?://|www\.\w|[\w.+-]+@[\w-]+\.\w|\+\d[\d ()/.-]{6,}")
_RULE = re.compile(r"\s*(?:[-_=*~•·]\s?){3,}\s*$")
_SPACES = re.compile(r"\s+")
# Of a line with a link; with more words it may be the answer ("Send it back here: …").
_LINK_WORDS = 6


@dataclass(slots=True)
class _Agent:
    """Of each tail how often it was seen, and up to three different bodies above it."""

    replies: int = 0
    tails: dict[bytes, tuple[int, tuple[bytes, ...]]] = field(default_factory=dict)


@dataclass(slots=True)
class Footers:
    """The tails of each agent's first 200 replies and how often each was seen; memory is bounded.

    First `learn` every reply, then `strip`. A tail is a footer where it stands under at least three different
    answers and a quarter of the agent's replies, and begins like one: with a closing phrase, a rule, a legal
    notice, a line of links or numbers. An answer that is given often does not begin so, and stays.
    """

    _agents: dict[str, _Agent] = field(default_factory=dict)

    def learn(self, agent: str, text: str) -> None:
        """Take in the end of one reply."""
        known = self._agents.get(agent)
        if known is None:
            if len(self._agents) >= _AGENTS:
                return
            known = self._agents[agent] = _Agent()
        if known.replies >= _SAMPLE:
            return
        known.replies += 1
        lines = text.split("\n")
        for start in _find_starts(lines):
            tail, body = _hash(lines[start:]), _hash(lines[:start])
            count, bodies = known.tails.get(tail, (0, ()))
            if body not in bodies and len(bodies) < _LEAST_BODIES:
                bodies = (*bodies, body)
            known.tails[tail] = (count + 1, bodies)
        if known.replies == _SAMPLE:
            known.tails = {tail: seen for tail, seen in known.tails.items() if _is_footer(known, tail)}

    def strip(self, agent: str, text: str) -> str:
        """The reply without its longest known footer; as it is where it has none or is nothing else."""
        known = self._agents.get(agent)
        if known is None:
            return text
        lines = text.split("\n")
        for start in _find_starts(lines):
            if _is_footer(known, _hash(lines[start:])) and has_words(lines[:start]):
                return "\n".join(lines[:start]).rstrip()
        return text


def _is_footer(known: _Agent, tail: bytes) -> bool:
    count, bodies = known.tails.get(tail, (0, ()))
    return count >= max(_LEAST_BODIES, _LEAST_SHARE * known.replies) and len(bodies) >= _LEAST_BODIES


def _find_starts(lines: list[str]) -> Iterator[int]:
    """The lines at which a footer may begin, first to last."""
    last = range(max(1, len(lines) - _LONGEST), len(lines))
    found = (at for at in last if (line := lines[at].strip()) and _begins_footer(line))
    yield from islice(found, _STARTS)


def _begins_footer(line: str) -> bool:
    if is_delimiter(line) or is_closing(line) or is_notice(line) or (len(line) <= 200 and _RULE.match(line)):
        return True
    if len(line) > 200 or not _LINK.search(line):
        return False
    return len(re.findall(r"[^\W\d_]{2,}", _LINK.split(line)[0])) <= _LINK_WORDS and not line.endswith("?")


def _hash(lines: list[str]) -> bytes:
    said = _SPACES.sub(" ", " ".join(lines)[-_HASHED:]).strip().casefold()
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
