"""The order in which new replies are linked: those of one person together, and each of them once."""

import pytest

from consistency_check.ledger import open_ledger, unlinked
from consistency_check.ledger.replies import settle_arrivals, stage_replies
from consistency_check.ledger.unlinked import find_unlinked, number_nodes, walk_unlinked
from consistency_check.model import CrmRecord, Reply, Source

CRM = (
    CrmRecord("C2", emails=("kim@mail.example",), phones=("(201) 555-0102",), handles=("@kim",)),
    CrmRecord("C1", emails=("Max@Mail.example",), phones=("+1 201 555 0101",)),
    CrmRecord("C3"),
    CrmRecord(" "),
)
SENDERS = {
    "max": ({"email": "max@mail.example"}, {"phone": "201-555-0101"}, {"customer_id": "c1"}),
    "kim": ({"phone": "+1 201 555 0102"}, {"handle": "@Kim"}, {"email": " kim@mail.example"}),
    "nobody": ({}, {"phone": "11"}),
}


@pytest.fixture
def ledger(tmp_path):
    """A ledger of replies whose senders take turns."""
    senders = [
        (name, keys) for turn in range(3) for name, each in SENDERS.items() for keys in each[turn : turn + 1]
    ]
    replies = [
        Reply(f"{name}:{number}", "chat", "Hello.", source=Source("all.jsonl", number), **keys)
        for number, (name, keys) in enumerate(senders)
    ]
    with open_ledger(tmp_path / "audit.duckdb") as opened:
        stage_replies(opened, replies)
        settle_arrivals(opened, 1)
        yield opened


def list_names(ledger, crm):
    find_unlinked(ledger, crm)
    return [known.reply.id.partition(":")[0] for page in walk_unlinked(ledger) for known in page]


def test_replies_of_one_person_stand_together_where_they_are_many(ledger, monkeypatch):
    monkeypatch.setattr(unlinked, "FEW", 2)
    assert list_names(ledger, CRM) == [*["max"] * 3, *["kim"] * 3, *["nobody"] * 2]
    assert list_names(ledger, CRM[::-1]) == list_names(ledger, CRM), "in whatever order the CRM has them"


def test_without_a_crm_and_where_they_are_few_each_is_there_once(ledger, monkeypatch):
    wanted = sorted(name for name, each in SENDERS.items() for _ in each)
    assert sorted(list_names(ledger, CRM)) == wanted
    monkeypatch.setattr(unlinked, "FEW", 2)
    assert sorted(list_names(ledger, ())) == wanted


def test_what_has_a_number_is_not_walked_again(ledger):
    find_unlinked(ledger, CRM)
    for page in walk_unlinked(ledger):
        number_nodes(ledger, page, list(range(len(page))))
    assert list_names(ledger, CRM) == []
