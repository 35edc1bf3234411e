"""Where a claim stands in its reply: the words to quote, and the cases that are named beside them.

All of it is told by the reply and by the words of attributes.yaml: the answers of the policies only choose
among the cases.
"""

from __future__ import annotations

from typing import NamedTuple

from consistency_check.model import Case, Claim, Policy, Reply, Value
from consistency_check.read.batch import Candidate
from consistency_check.read.cases import CaseWords, Named, belongs_to, list_wanted, split_case
from consistency_check.read.clauses import find_clause, find_span
from consistency_check.read.scene import Scene

WIDEST_CONTEXT = 300


class Spot(NamedTuple):
    """`text[start:end]` is the quote, `text[left:right]` its sentence.

    `near` are the cases named in the clause of a value, `beside` those in its sentence that are no other
    value's, `asked` those of the customer's question; of whatever attribute.
    """

    start: int
    end: int
    left: int
    right: int
    near: tuple[Named, ...] = ()
    beside: tuple[Named, ...] = ()
    asked: tuple[Named, ...] = ()


def find_spot(scene: Scene, one: Candidate, cases: CaseWords) -> Spot:
    """The spot of a candidate."""
    sentence = scene.sentences[one.place]
    typed = one.family == "typed"
    start, end = find_span(scene, one.place, one.start, one.end, whole=not typed)
    near: list[Named] = []
    if typed:
        near = cases.find(scene.text, *find_clause(scene, one.place, one.start, one.end))
    beside = cases.find(scene.text, sentence.start, sentence.end)
    if typed and beside:
        others = [
            (other.start, other.end)
            for other in scene.mentions
            if other.value.type == one.value.type and sentence.start <= other.start < sentence.end
        ]
        beside = [named for named in beside if belongs_to(named, (one.start, one.end), others)]
    asked = cases.find(scene.asked.low, 0, len(scene.asked.low)) if near or beside else []
    return Spot(start, end, sentence.start, sentence.end, tuple(near), tuple(beside), tuple(asked))


def write_claim(
    reply: Reply, policy: Policy, value: Value, confidence: float, centre: int, spot: Spot
) -> Claim:
    """The claim that stands in a spot; `centre` is where its value starts."""
    other, own = split_case(list_wanted(spot.near, policy) or list_wanted(spot.beside, policy), centre)
    left = max(spot.left, spot.start - WIDEST_CONTEXT // 2)
    right = min(spot.right, spot.end + WIDEST_CONTEXT // 2)
    return Claim(
        reply_id=reply.id,
        policy=policy.id,
        value=value,
        quote=reply.text[spot.start : spot.end],
        start=spot.start,
        end=spot.end,
        confidence=round(confidence, 3),
        case=other,
        context=reply.text[left:right],
        context_start=left,
        own_case=own,
        asked_case=list_asked(other, spot),
    )


def list_asked(case: Case, spot: Spot) -> Case:
    """What of a case the customer's question names."""
    asked = {(one.attribute, one.value) for one in spot.asked}
    return tuple(one for one in case if one in asked)
