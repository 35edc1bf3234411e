"""Two people of one name, or on one phone, in the labelled corpora: none of them is merged."""

from __future__ import annotations

from itertools import combinations

import pytest

from consistency_check.histories import list_customers
from consistency_check.identify.agreement import compare_name_sets
from consistency_check.intake import AuditSettings
from consistency_check.load import load_replies
from consistency_check.model import Reply
from tests.accuracy.outcome import CORPORA, NAMES, read_labels

TRAPS = 34
"""Pairs of people of the seven corpora who share a name or a phone, at least."""


def list_people(name: str) -> list[tuple[set[str], set[str], set[str]]]:
    """The replies of each person, their names and the last digits of their phones."""
    loaded = {r.id: r for r in load_replies([str(CORPORA / name / "exports")]) if isinstance(r, Reply)}
    people = []
    for ids in read_labels(name).customers:
        replies = [loaded[id_] for id_ in ids]
        names = {reply.name for reply in replies if reply.name}
        phones = {"".join(filter(str.isdigit, reply.phone))[-9:] for reply in replies if reply.phone}
        people.append((set(ids), names, phones))
    return people


def list_traps(name: str) -> list[tuple[set[str], set[str]]]:
    """The replies of each two people whose names agree or who have one phone."""
    return [
        (first[0], second[0])
        for first, second in combinations(list_people(name), 2)
        if first[2] & second[2]
        or compare_name_sets(first[1], second[1])[0] in ("full name", "variant", "initial")
    ]


def list_merged(name: str) -> list[str]:
    """The customers that hold replies of two people, any two."""
    folder = CORPORA / name
    found = list_customers(AuditSettings((str(folder / "exports"),), customers=folder / "customers.csv"))
    people = {id_: at for at, (ids, _, _) in enumerate(list_people(name)) for id_ in ids}
    return [each.key for each in found if len({people[id_] for id_ in each.reply_ids if id_ in people}) > 1]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_people_are_merged(name: str) -> None:
    assert list_merged(name) == []


def test_the_corpora_set_traps() -> None:
    assert sum(len(list_traps(name)) for name in NAMES) >= TRAPS


def test_without_the_crm_no_two_people_are_merged() -> None:
    for name in NAMES:
        found = list_customers(AuditSettings((str(CORPORA / name / "exports"),)))
        people = {id_: at for at, (ids, _, _) in enumerate(list_people(name)) for id_ in ids}
        for each in found:
            assert len({people[id_] for id_ in each.reply_ids if id_ in people}) <= 1, (name, each.key)
