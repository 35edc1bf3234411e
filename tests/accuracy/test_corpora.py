"""The labels fit the exports, and the corpora's README tells their numbers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from consistency_check.load import load_replies
from consistency_check.model import Reply
from tests.accuracy.outcome import CORPORA, NAMES, read_labels

README = (CORPORA / "README.md").read_text("utf-8")


def read_document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((CORPORA / name / "gold.json").read_text("utf-8"))
    return document


def read_replies(name: str) -> dict[str, Reply]:
    loaded = list(load_replies([str(CORPORA / name / "exports")]))
    assert all(isinstance(each, Reply) for each in loaded)
    return {each.id: each for each in loaded if isinstance(each, Reply)}


@pytest.mark.parametrize("name", NAMES)
def test_every_reply_is_labelled_and_belongs_to_one_customer(name: str) -> None:
    document, replies = read_document(name), read_replies(name)
    owned = [reply for customer in document["customers"] for reply in customer]
    assert set(document["replies"]) == set(replies) == set(owned)
    assert len(owned) == len(set(owned))


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_in_its_reply(name: str) -> None:
    replies = read_replies(name)
    for id_, entry in read_document(name)["replies"].items():
        for claim in entry["claims"]:
            assert claim["quote"] in replies[id_].text, id_


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_conflict_is_one_customer_s_across_channels(name: str) -> None:
    gold, replies = read_labels(name), read_replies(name)
    owner = {reply: number for number, customer in enumerate(gold.customers) for reply in customer}
    for conflict in gold.conflicts:
        assert len({owner[reply] for reply in conflict.replies}) == 1
        assert len({replies[reply].channel for reply in conflict.replies}) > 1
        assert all((reply, conflict.policy) in gold.required for reply in conflict.replies)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_tells_the_numbers(name: str) -> None:
    document = read_document(name)
    claims = sum(len(entry["claims"]) for entry in document["replies"].values())
    counted = [
        len(document["replies"]),
        claims,
        len(document["customers"]),
        len(document["channel_conflicts"]),
    ]
    row = re.search(rf"^\| `{name}` \|.*?\| ([\d| ]+) \|$", README, re.MULTILINE)
    assert row, f"README.md has no row for {name}"
    assert list(map(int, row[1].split("|"))) == counted
