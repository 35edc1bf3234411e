"""Linking in parts that are spread anyhow gives the customers of all replies at once.

What Spark does between the parts (group, join, collect) is done by hand; in `test_spark.py` Spark does it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib import import_module
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify import Linker
from consistency_check.identify.clusters import Link
from consistency_check.identify.linker import identify_reply
from consistency_check.identify.notes import Noted
from consistency_check.identify.phones import find_abroad
from consistency_check.identify.reach import Outside
from consistency_check.identify.stored import pack_identity, pack_noted
from consistency_check.identify.weights import LEAST, find_bits
from consistency_check.model import CrmRecord, Customer, Finding, FindingAnswer, Reply, Severity, Verdict
from tests.identify.company import LIMITS, PATTERNS
from tests.laws.test_growing import CRM, REPLY

pa = pytest.importorskip("pyarrow")
pytest.importorskip("scipy")

from consistency_check.engines.spark import linking, tokens  # noqa: E402
from consistency_check.engines.spark.components import find_components  # noqa: E402
from consistency_check.engines.spark.judging import Heard  # noqa: E402
from consistency_check.engines.spark.nodes import (  # noqa: E402
    NODES,
    SHARED,
    list_records,
    merge_rows,
    number_nodes,
    unpack_nodes,
)
from consistency_check.engines.spark.packing import (  # noqa: E402
    hash_node,
    make_schema,
    unpack_customer,
    walk_rows,
)

READ = pa.schema(
    [
        ("node", pa.binary()),
        ("identity", pa.string()),
        ("noted", pa.string()),
        ("threads", pa.string()),
        ("replies", pa.int64()),
    ]
)
Work = Callable[..., "pa.Table"]


@dataclass
class Spread:
    """Tables in parts: the rows of a part have one remainder of a column's hash."""

    parts: int

    def split(self, table: pa.Table, column: str) -> list[pa.Table]:
        places: dict[int, list[int]] = {}
        for at, value in enumerate(table[column].to_pylist()):
            key = value[:SHARED] if isinstance(value, bytes) else value
            places.setdefault(blake2b(repr(key).encode()).digest()[0] % self.parts, []).append(at)
        return [table.take(rows) for _, rows in sorted(places.items())]

    def work(self, table: pa.Table, column: str, work: Work) -> pa.Table:
        if not len(table):
            return table
        return pa.concat_tables([work(part) for part in self.split(table, column)])


def move(nodes: pa.Table, a: Sequence[int], b: Sequence[int]) -> pa.Table:
    homes, becomes = find_components(a, b)
    moved = dict(zip(homes.tolist(), becomes.tolist(), strict=True))
    found = [moved.get(home, home) for home in nodes["home"].to_pylist()]
    return nodes.set_column(nodes.column_names.index("home"), "home", pa.array(found, pa.int64()))


def link(replies: Sequence[Reply], crm: Sequence[CrmRecord], spread: Spread) -> pa.Table:
    """The steps of `link_customers`."""
    rows = []
    for reply in replies:
        identity, thread, columns = identify_reply(reply, "US")
        noted = Noted()
        noted.add(columns, reply, PATTERNS)
        signed = pack_identity(identity)
        rows.append((hash_node(signed), signed, pack_noted(noted), thread, 1))
    read = pa.table(list(map(list, zip(*rows, strict=True))), schema=READ)
    nodes = pa.concat_tables([spread.work(read, "node", merge_rows), list_records(crm)])
    opened = unpack_nodes(nodes)
    phones = [kept.identity.phone for kept in opened.kept.values()]
    phones += [phone for _, record in opened.records for phone in linking_phones(record)]
    rules = linking.Rules(
        "US", find_bits(LEAST), Outside(frozenset(), frozenset(), find_abroad(phones, "US"))
    )

    def settle(column: str, mark: Work, work: Work) -> tokens.Settled:
        marks = spread.work(nodes, column, mark)
        empty = make_schema(tokens.SETTLED).empty_table()
        return tokens.read_settled(spread.work(marks, "token", work) if len(marks) else empty)

    keys = settle("number", linking._mark_keys(rules), tokens.settle_keys)
    rules, nodes = rules.learn(keys), move(nodes, keys.a, keys.b)
    mark = linking._mark_clusters(rules, "keyed", linking._MENTIONED)
    named = settle("home", mark, tokens.settle_mentions(keys.shapes))
    rules, nodes = rules.learn(named), move(nodes, named.a, named.b)
    pairs: list[tuple[int, ...]] = []
    if named.has_details:
        mark = linking._mark_clusters(rules, "named", frozenset({linking.Kind.DETAIL}))
        details = settle("home", mark, tokens.settle_details)
        rules, nodes = rules.learn(details), move(nodes, details.a, details.b)
        blocks = spread.work(nodes, "home", linking._find_blocks(rules))
        found = spread.work(blocks, "block", linking._find_pairs(rules.least)) if len(blocks) else blocks
        pairs = sorted(set(walk_rows(found, "a", "b", "c", "d"))) if len(found) else []
        nodes = move(nodes, [pair[2] for pair in pairs], [pair[3] for pair in pairs])
    homes = dict(walk_rows(nodes, "number", "home"))
    members = []
    for part in spread.split(nodes, "home"):
        inside = set(part["home"].to_pylist())
        own = [(a, b) for a, b, _, _ in pairs if homes[a] in inside]
        members.append(linking._describe(rules, part, own))
    described = pa.concat_tables(members)
    stems = [bare.replace(" #", " (").partition(" (")[0] for bare in described["bare"].to_pylist()]
    return spread.work(described.append_column("stem", pa.array(stems)), "stem", linking.name_members)


def linking_phones(record: CrmRecord) -> set[str]:
    from consistency_check.identify.nodes import describe_record

    return describe_record(record, "US").phones


def open_customers(customers: pa.Table) -> Iterator[tuple[Customer, list[bytes], list[Link]]]:
    for key, body, nodes, links in walk_rows(customers, "key", "body", "nodes", "links"):
        yield unpack_customer(key, body), nodes, [Link(*each) for each in json.loads(links)]


def check(replies: Sequence[Reply], crm: Sequence[CrmRecord], parts: int) -> None:
    linker = Linker(crm, references=PATTERNS, keep_replies=True)
    numbers = {reply.id: linker.add(reply) for reply in replies}
    resolution = linker.resolve()
    found = {
        customer.key: (customer, nodes, links)
        for customer, nodes, links in open_customers(link(replies, crm, Spread(parts)))
    }
    expected = {each.key: replace(each, reply_ids=()) for each in resolution.customers}
    assert {key: customer for key, (customer, _, _) in found.items()} == expected
    nodes_of = {reply.id: hash_node(pack_identity(identify_reply(reply, "US")[0])) for reply in replies}
    for each in resolution.customers:
        customer, nodes, links = found[each.key]
        assert set(nodes) == {nodes_of[id_] for id_ in each.reply_ids}
        heard = Heard(customer, nodes, links, homes={id_: nodes_of[id_] for id_ in each.reply_ids})
        finding = make_finding(each.reply_ids)
        asked = [numbers[id_] for id_ in each.reply_ids]
        # From the record's own place on: the nearest one is looked for from the first identity.
        first = sorted(asked, key=resolution.place_of)
        for with_record in (False, True):
            certainty = round(resolution.find_certainty(first, with_record=with_record), 6)
            assert round(heard.find_certainty(finding, with_record=with_record), 6) == certainty


def make_finding(reply_ids: Sequence[str]) -> Finding:
    answers = [FindingAnswer(id_, "", "", "", "", "", Verdict.AGREES, "", 0, 0, 1.0, "") for id_ in reply_ids]
    return Finding("", "", Severity.LOW, "", "", "", "", "", tuple(answers))


@contextmanager
def limit_crowds(limit: int) -> Iterator[None]:
    """Crowds and large blocks begin at so many; 0 for the real limits."""
    ours = {"MOST_BEARERS": (tokens, linking), "MOST_CUSTOMERS": (tokens, linking), "MOST_COMPARED": ()}
    with ExitStack() as stack:
        for name, modules in LIMITS.items() if limit else ():
            rooms = [import_module(f"consistency_check.identify.{module}") for module in modules]
            for module in (*rooms, *ours[name]):
                stack.enter_context(patch.object(module, name, limit))
        yield


REPLIES = st.lists(REPLY, min_size=1, max_size=14).map(
    lambda replies: [replace(each, id=f"r{at}") for at, each in enumerate(replies)]
)


@pytest.mark.parametrize("limit", [0, 1, 2])
@settings(max_examples=60)
@given(replies=REPLIES, crm=CRM, parts=st.integers(1, 9))
def test_the_customers_are_those_of_all_replies_at_once(
    limit: int, replies: list[Reply], crm: list[CrmRecord], parts: int
) -> None:
    with limit_crowds(limit):
        check(replies, crm, parts)


def test_digits_that_too_many_claim_are_a_phone_to_others_unless_one_names_them() -> None:
    claims = [Reply(f"m{at}", "email", "ref 602_555_0175", email=f"m{at}@x.example") for at in range(10)]
    bears = Reply("phone", "phone", "t", phone="602-555-0175", name="Rosa Delgado")
    cites = Reply("rosa", "email", "call 6025550175", email="rosa@x.example", name="Rosa Delgado")
    check([*claims, bears, cites], [], 5)
    names = Reply("order", "email", "t", email="o@x.example", attributes={"order_id": "6025550175"})
    check([*claims, bears, cites, names], [], 5)


@settings(max_examples=60)
@given(replies=REPLIES, crm=CRM, parts=st.integers(1, 9))
def test_numbers_that_several_would_share(replies: list[Reply], crm: list[CrmRecord], parts: int) -> None:
    whole = hash_node

    def collide(identity: str) -> bytes:
        digest = whole(identity)
        return bytes(SHARED) + bytes([digest[0] % 2]) + digest[8:]

    with patch(f"{__name__}.hash_node", collide):
        check(replies, crm, parts)


def test_a_number_is_even_and_nobody_elses() -> None:
    nodes = [bytes([255] * 7 + [last, other]) for last in range(0, 256, 8) for other in range(4)]
    numbers = number_nodes(nodes)
    assert len(set(numbers.values())) == len(nodes) == 128
    assert all(number % 2 == 0 and number >> 8 == -1 for number in numbers.values())
    assert number_nodes(reversed(nodes)) == numbers
    assert number_nodes([bytes([255] * 7 + [1, 0])]) == {bytes([255] * 7 + [1, 0]): -256}


def test_the_columns_are_those_that_the_steps_write() -> None:
    assert merge_rows(READ.empty_table()).schema == make_schema(NODES)
