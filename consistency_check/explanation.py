"""How a reply is read, for a person who asks why: the reader, and its reasons made whole."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consistency_check.model import Considered, Explanation, KnowledgeBase, Reply

if TYPE_CHECKING:
    from consistency_check.read import Reader

OF_A_SENTENCE = ("yes_no", "text")
"""Types of which a reply makes one claim a policy, whatever its value."""
OF_WORDS_THAT_SPEAK_TWICE = (*OF_A_SENTENCE, "choice")
"""Types whose words may be claims about several policies; a typed value's are about one."""
UNLIKELY = "too unlikely to be looked at, whatever confidence is asked for"
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


def explain_reading(reader: Reader, reply: Reply, policies: Collection[str], least: float) -> Explanation:
    """What the reader tells of a reply and these policies.

    The claims are those of `Reader.read`, which looks at nothing unlikely, however low `least` is. What was
    sure enough and lost to a rival has that as its reason, not the words around it.
    """
    explained, claims = reader.explain(reply), reader.read(reply).claims
    read = {(claim.policy, claim.confidence) for claim in claims}
    listed = [
        one if one.reason or (one.policy, one.confidence) in read else replace(one, reason=UNLIKELY)
        for one in explained.considered
    ]
    counted = [one for one in listed if not one.reason]
    considered = (
        replace(one, reason=_name_rival(one, counted) or one.reason) if one.confidence >= least else one
        for one in listed
        if one.policy in policies
    )
    return replace(
        explained,
        considered=tuple(considered),
        claims=tuple(claim for claim in claims if claim.policy in policies),
    )


def _name_rival(one: Considered, claims: Sequence[Considered]) -> str:
    """The claim that took the place of `one`, in words; empty where there is none, or `one` is a claim."""
    for claim in claims if one.reason else ():
        alike = one.value.type in OF_A_SENTENCE or replace(one.value, per="") == replace(claim.value, per="")
        if one.policy == claim.policy and alike:
            return "other words claim it more surely"
        same_words = (one.start, one.end) == (claim.start, claim.end)
        if same_words and one.value.type not in OF_WORDS_THAT_SPEAK_TWICE:
            return f"the same words are rather a claim about {claim.policy}"
    return ""


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
