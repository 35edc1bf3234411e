"""Customers that grow are those of all replies at once, whatever came, changed or went before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify import Grower, Grown, Linker, compile_pattern
from consistency_check.ledger.links import LinkTables
from consistency_check.model import CrmRecord, Customer, Reply, Source

LIMITS = {
    "MOST_BEARERS": ("nodes", "blocks", "reach"),
    "MOST_CUSTOMERS": ("mentions", "persons", "reach"),
    "MOST_COMPARED": ("persons", "part"),
}
PATTERNS = (compile_pattern(r"SWR[ -]\d{4}"),)


def pick(*values: str, empty: int = 2) -> st.SearchStrategy[str]:
    return st.sampled_from([""] * empty + list(values))


IDS = pick("C1", "C-12345", "C12345", "K 00777", empty=5)
EMAILS = pick("a@x.example", "b@x.example", "c@x.example", empty=4)
# The same line with and without its country, and two lines with the same last nine digits.
PHONES = pick(
    "602-555-0175", "+447911123456", "7911123456", "612345678", "+33612345678", "+34612345678", empty=4
)
HANDLES = pick("@ann", "rosa_delgado", empty=5)
NAMES = pick("Rosa Delgado", "R Delgado", "Mateo Delgado", "Ann Lee", "Anna Lee", "Delgado, Rosa")
THREADS = pick("1", "T-10001", "T-10002", empty=3)
TEXTS = st.sampled_from(
    [
        "t",
        "about FO-502266",
        "FO-502299 or FO 502266?",
        "mail a@x.example",
        "mail d@x.example",
        "C-12345: yes",
        "SWR 4471 called from 602 555 0175",
        "call 0612345678",
        "call 7911123456, AB1X234",
        "order 26554433",
        "we are at 12 High Street, SW1A 1AA",
        "at 12 High Street",
    ]
)
ORDERS = st.sampled_from(
    [{"order_id": each} for each in ("FO-502266", "FO-502299", "AB1X234", "26554433", "ZZ9Z999")]
)
PERSONS = st.sampled_from(
    [
        {"dob": "1980-03-12"},
        {"dob": "1980-03-12", "postcode": "SW1A 1AA"},
        {"postcode": "SW1A 1AA", "address": "12 High Street"},
        {"dob": "1980-03-13", "address": "12 High Street"},
        {"address": "14 Low Road", "postcode": "SW1A 1AB", "dob": "1990-01-01"},
    ]
)
ATTRIBUTES = st.one_of(st.just({}), st.just({}), ORDERS, PERSONS)

REPLY = st.builds(
    Reply,
    id=st.just(""),
    channel=st.sampled_from(["email", "phone"]),
    text=TEXTS,
    customer_id=IDS,
    email=EMAILS,
    phone=PHONES,
    handle=HANDLES,
    name=NAMES,
    conversation_id=THREADS,
    attributes=ATTRIBUTES,
)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values.filter(bool), max_size=2, unique=True).map(tuple)


CRM = st.lists(
    st.builds(
        CrmRecord, IDS.filter(bool), some(EMAILS), some(PHONES), some(NAMES), some(HANDLES), ATTRIBUTES
    ),
    max_size=3,
).map(lambda records: [replace(each, source=Source("crm", at)) for at, each in enumerate(records)])


@dataclass(slots=True)
class Company:
    """All replies that a ledger would know, the CRM, and the customers after the last run."""

    tables: LinkTables
    replies: dict[str, Reply] = field(default_factory=dict)
    nodes: dict[str, int] = field(default_factory=dict)
    customers: Mapping[str, tuple[Customer, tuple[int, ...]]] = field(default_factory=dict)

    def run(self, crm: list[CrmRecord], came: Mapping[str, Reply], went: set[str]) -> Grown:
        """Tell a grower what came (perhaps in the place of what was there) and went; hold it to a linker."""
        grower = Grower(self.tables, crm, references=PATTERNS)
        left = {self.nodes.pop(id_) for id_ in (*came, *went) if id_ in self.nodes}
        self.replies = {id_: reply for id_, reply in self.replies.items() if id_ not in went} | dict(came)
        for node in sorted(left):
            grower.rebuild(node, [self.replies[id_] for id_, at in self.nodes.items() if at == node])
        self.nodes |= {id_: grower.add(reply) for id_, reply in came.items()}
        grown = grower.grow()
        before, self.customers = self.customers, grown.load_customers()
        self.check(grown, before, crm)
        return grown

    def check(
        self, grown: Grown, before: Mapping[str, tuple[Customer, tuple[int, ...]]], crm: list[CrmRecord]
    ) -> None:
        linker = Linker(crm, references=PATTERNS, keep_replies=True)
        numbers = {id_: linker.add(reply) for id_, reply in self.replies.items()}
        resolution = linker.resolve()
        expected = {each.key: replace(each, reply_ids=()) for each in resolution.customers}
        assert {key: customer for key, (customer, _) in self.customers.items()} == expected
        for each in resolution.customers:
            nodes = self.customers[each.key][1]
            assert nodes == tuple(sorted({self.nodes[id_] for id_ in each.reply_ids}))
            asked = [numbers[id_] for id_ in each.reply_ids]
            for with_record in (False, True):
                certainty = grown.find_certainty(
                    each.key, [self.nodes[id_] for id_ in each.reply_ids], with_record=with_record
                )
                assert certainty == resolution.find_certainty(asked, with_record=with_record)
        changed = {key for key, said in self.customers.items() if before.get(key) != said}
        assert set(grown.touched) == changed
        assert set(grown.gone) == before.keys() - self.customers.keys()


@contextmanager
def make_company(limit: int = 0) -> Iterator[Company]:
    """A company; with a limit crowds and large blocks begin at so many."""
    with ExitStack() as stack, duckdb.connect(":memory:") as connection:
        for name, modules in LIMITS.items() if limit else ():
            for module in modules:
                stack.enter_context(
                    patch.object(import_module(f"consistency_check.identify.{module}"), name, limit)
                )
        tables = LinkTables(connection)
        tables.create()
        yield Company(tables)


STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from([f"r{at}" for at in range(14)]), REPLY, max_size=5),
        st.sets(st.sampled_from([f"r{at}" for at in range(14)]), max_size=3),
        st.none() | CRM,
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
@given(steps=STEPS)
@settings(max_examples=8, deadline=None)
def test_growth_is_the_linking_of_all(limit, steps):
    with make_company(limit) as company:
        crm: list[CrmRecord] = []
        for came, went, records in steps:
            crm = crm if records is None else records
            named = {id_: replace(reply, id=id_) for id_, reply in came.items()}
            company.run(crm, named, went - named.keys())


def write(number: int, text: str = "t", order: str = "") -> dict[str, Reply]:
    attributes = {"order_id": order} if order else {}
    fields = {"email": f"e{number}@x.example", "name": "Ann Lee", "attributes": attributes}
    return {f"r{number}": Reply(f"r{number}", "email", text, **fields)}


def test_an_order_that_too_many_name_already_links_nobody_who_comes():
    with make_company() as company:
        many = {id_: each for at in range(12) for id_, each in write(at, order="FO-502266").items()}
        company.run([], many, set())
        grown = company.run([], write(20, order="FO-502266") | write(21, order="FO-502266"), set())
        assert len(company.customers) == 14
        assert grown.reached == 2


def test_orders_that_make_a_shape_known_link_those_who_named_one():
    with make_company() as company:
        company.run([], write(1, "about FO-502266") | write(2, "about FO-502266"), set())
        assert len(company.customers) == 2
        company.run([], write(3, order="FO-111111") | write(4, order="FO-222222"), set())
        assert len(company.customers) == 3
        company.run([], {}, {"r4"})
        assert len(company.customers) == 3
