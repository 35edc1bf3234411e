"""What is asked for a portion of all customers is what asking for all of them would tell, in less memory."""

from __future__ import annotations

import gc
import tracemalloc
import weakref

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.identify import Grower, growth
from consistency_check.identify.customer_keys import find_root, tell_apart
from consistency_check.identify.identity import Identity
from consistency_check.identify.phones import find_abroad, find_tail
from consistency_check.identify.tables import Table, take_rows
from consistency_check.ledger.links import LinkTables
from consistency_check.model import Reply

BARE = st.sampled_from(["a", "a (Ann)", "a #2", "a (Ann) #2", "a (", "b #2 (Ann)", "b", "(a", "#2", "a b"])
GIVEN = st.sampled_from(["", "Ann", "Ann #2", "(Bo)"])
PHONES = st.sampled_from(
    ["871234567", "+353871234567", "+39871234567", "1234567", "+11234567", "4567", "+44123;ext=9", "", "+1"]
)


def name_all(people: list[tuple[str, str]], ranks: list[int]) -> list[str]:
    return tell_apart(
        [bare for bare, _ in people],
        name_of=lambda at: people[at][1],
        rank_of=lambda at: Identity(reply_id=f"{ranks[at]:03}"),
    )


@given(st.lists(st.tuples(BARE, GIVEN), max_size=12))
def test_keys_hang_on_those_of_the_same_root_alone(people):
    together = name_all(people, list(range(len(people))))
    for root in {find_root(bare) for bare, _ in people}:
        places = [at for at, (bare, _) in enumerate(people) if find_root(bare) == root]
        assert name_all([people[at] for at in places], places) == [together[at] for at in places]


@given(st.lists(PHONES, max_size=8), st.sampled_from(["US", "GB", "IE"]))
def test_a_number_abroad_ends_as_the_one_at_home(phones, region):
    apart: dict[str, str] = {}
    for tail in {find_tail(each) for each in phones}:
        apart |= find_abroad([each for each in phones if find_tail(each) == tail], region)
    assert apart == find_abroad(phones, region)


@pytest.fixture
def tables():
    with duckdb.connect(":memory:") as connection:
        tables = LinkTables(connection)
        tables.create()
        connection.execute("BEGIN")
        yield tables


def test_rows_that_were_written_are_not_held_to_the_end_of_the_run(tables):
    rows = take_rows(Table.NODES, [(1, "identity", "", "[]", 1)])
    held = [weakref.ref(column) for column in rows.values()]
    tables.replace(Table.NODES, "node", rows["node"], rows)
    tables.fetch(Table.NODES, ("identity",), "node", rows["node"])
    del rows
    gc.collect()
    assert [each() for each in held] == [None] * len(held)
    assert tables.fetch(Table.NODES, ("node",), "node", np.array([1, 2], np.int64))["node"].tolist() == [1]


def test_a_token_of_any_size_is_found_again(tables):
    tokens = [1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1]
    rows = take_rows(Table.BLOCKS, [(token, 7) for token in tokens])
    tables.replace(Table.BLOCKS, "block", np.array([], np.uint64), rows)
    for token in tokens:
        found = tables.fetch(Table.BLOCKS, ("block",), "block", np.array([token], np.uint64))["block"]
        assert found.tolist() == [token]
    assert tables.fetch(Table.BLOCKS, ("block",), "block", rows["block"])["block"].tolist() == tokens


def measure_growth(people: int) -> int:
    """Bytes that are allocated at the most while so many people are linked, each of two replies."""
    with duckdb.connect(":memory:") as connection:
        tables = LinkTables(connection)
        tables.create()
        tracemalloc.start()
        grower = Grower(tables)
        for number in range(people):
            who = {"name": f"Person {number}", "customer_id": f"C-{number:07}"}
            replies = [Reply(f"{number}a", "email", "t", email=f"{number}@x.example", **who)]
            grower.add_all([*replies, Reply(f"{number}b", "phone", "t", phone=f"+1602{number:07}", **who)])
        reached = grower.grow().reached
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert reached >= 2 * people
    return peak


def test_memory_does_not_grow_with_those_who_are_linked(monkeypatch):
    monkeypatch.setattr(growth, "PORTION", 100)
    measure_growth(800)  # so that all keys are in caches, which are bounded, before anything is measured
    few, many = measure_growth(200), measure_growth(800)
    assert many < 1.5 * few
