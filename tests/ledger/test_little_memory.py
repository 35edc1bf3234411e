"""The database has the same little memory however much a ledger holds; the rest waits on disk."""

import random
from datetime import date

import pytest

from consistency_check.ledger import open_ledger, store
from consistency_check.ledger.cases import touch_all, walk_touched
from consistency_check.ledger.findings import (
    Outcome,
    add_outcomes,
    begin_outcomes,
    settle_outcomes,
    walk_findings,
)
from consistency_check.ledger.replies import settle_arrivals, stage_replies
from consistency_check.ledger.runs import begin_run
from consistency_check.ledger.shown import Shown
from consistency_check.ledger.unlinked import find_unlinked, number_nodes, walk_unlinked
from consistency_check.model import Finding, Reply, Severity, Source

LITTLE = 64_000_000
LETTERS = 2_000
"""Of a reply or finding: all of them are more than the memory there is."""
COUNT = 40_000
TODAY = date(2026, 1, 1)


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MEMORY", LITTLE)
    with open_ledger(tmp_path / "audit.duckdb") as opened:
        yield opened


def make_words(number):
    return f"{number} {random.Random(number).randbytes(LETTERS // 2).hex()}"


def make_finding(number):
    customer = f"C{number * 7919 % COUNT}"
    words = make_words(number)
    return Finding(f"{number:06}", "wrong-answer", Severity.HIGH, customer, "p", "p.q", words, "", ())


def test_more_replies_than_fit_are_added_linked_and_gathered(ledger):
    replies = (
        Reply(
            f"R{at}",
            "chat",
            make_words(at),
            customer_id=f"C{at * 7919 % COUNT}",
            source=Source("a.jsonl", at),
        )
        for at in range(COUNT)
    )
    stage_replies(ledger, replies)
    assert settle_arrivals(ledger, begin_run(ledger, TODAY.isoformat())).new == COUNT
    find_unlinked(ledger)
    seen = set()
    for page in walk_unlinked(ledger):
        seen |= {known.reply.id for known in page if known.reply.text == make_words(int(known.reply.id[1:]))}
        number_nodes(ledger, page, [known.seq for known in page])
    assert len(seen) == COUNT
    ledger.run("INSERT INTO link_homes SELECT seq, 0, 0, 0, seq FROM replies")
    ledger.run(
        "INSERT INTO link_customers SELECT seq, json_extract_string(head, '$.customer_id'), "
        "0, '', '', '', '', '', '', 1 FROM replies"
    )
    ledger.run("INSERT INTO readings SELECT seq, '[]', '', [], '', [] FROM replies")
    assert touch_all(ledger) == COUNT
    keys = []
    for page in walk_touched(ledger):
        keys += page
        assert all(row.text == make_words(row.seq - 1) for rows in page.values() for row in rows)
    assert keys == sorted(keys)
    assert len(keys) == COUNT


def test_more_findings_than_fit_are_told_in_order(ledger):
    run = begin_run(ledger, TODAY.isoformat())
    ledger.run("CREATE TEMP TABLE touched AS SELECT '' AS customer LIMIT 0")
    begin_outcomes(ledger)
    for first in range(0, COUNT, 500):
        outcomes = [
            Outcome(each.customer, [each], (), Shown())
            for each in map(make_finding, range(first, first + 500))
        ]
        add_outcomes(ledger, outcomes)
    settle_outcomes(ledger, run)
    told = [(each.customer, each.id) for each in walk_findings(ledger, run, TODAY)]
    assert told == sorted(told)
    assert len(told) == COUNT
