"""How a reply is read, for a person who asks why; and the reader that a setting asks for."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consistency_check.model import Explanation, KnowledgeBase, Reply

if TYPE_CHECKING:
    from consistency_check.read import Reader
    from consistency_check.read.questions import QuestionReader

LONGEST_ID = 80
"""Characters of a reply's id that a message shows."""
IDS_COMPARED = 20_000
"""Of more ids, those that begin most like the one asked for: a million would take half a minute."""


def find_least(min_confidence: float | None) -> float:
    """The confidence (0 to 1) from which a claim counts; None is the reader's own."""
    from consistency_check.read import MIN_CONFIDENCE  # its libraries take a second to import

    return MIN_CONFIDENCE if min_confidence is None else min_confidence


def open_reader(
    knowledge: KnowledgeBase, min_confidence: float | None, *, near_misses: bool = True
) -> Reader:
    """A reader for one knowledge base, whose claims count from `min_confidence` on; None is its own."""
    from consistency_check.read import build_reader

    if min_confidence is None:
        return build_reader(knowledge, near_misses=near_misses)
    return build_reader(knowledge, near_misses=near_misses, min_confidence=min_confidence)


def open_question_reader(knowledge: KnowledgeBase) -> QuestionReader:
    """A reader of what customers ask for, by one knowledge base."""
    from consistency_check.read.questions import build_question_reader

    return build_question_reader(knowledge)


def explain_reading(reader: Reader, reply: Reply, policies: Collection[str]) -> Explanation:
    """What the reader tells of a reply and these policies."""
    explained = reader.explain(reply)
    return replace(
        explained,
        considered=tuple(one for one in explained.considered if one.policy in policies),
        claims=tuple(claim for claim in explained.claims if claim.policy in policies),
    )


def say_unknown_reply(
    reply_id: str, ids: Sequence[str], left_out: Mapping[str, int], sources: Sequence[str]
) -> str:
    """How many replies were read, why others were not, and which ids are nearest to the one asked for."""
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(left_out.items()))
    without = f" (left out: {reasons})" if reasons else ""
    unknown = f"there is no reply {reply_id[:LONGEST_ID]!r}"
    if not ids:
        return f"{unknown}: no reply was read from {', '.join(sources)}{without}; name its export"
    near = _find_near_ids(reply_id[:LONGEST_ID].casefold(), ids)
    shown = " or ".join(repr(each[:LONGEST_ID]) for each in near)
    advice = f"did you mean {shown}?" if near else f"write an id such as {ids[0][:LONGEST_ID]!r}"
    read = "1 reply was" if len(ids) == 1 else f"{len(ids):,} replies were"
    return f"{unknown}; {read} read{without}; {advice}"


def _find_near_ids(wanted: str, ids: Sequence[str]) -> list[str]:
    """At most three ids that are spelt like the one wanted, the nearest first."""
    by_folded = {each.casefold(): each for each in ids}
    begun = heapq.nlargest(IDS_COMPARED, by_folded, key=lambda each: _measure_beginning(each, wanted))
    return [by_folded[each] for each in difflib.get_close_matches(wanted, begun, n=3, cutoff=0.5)]


def _measure_beginning(one: str, other: str) -> int:
    """How many characters two ids begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
