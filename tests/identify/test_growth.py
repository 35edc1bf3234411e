"""Customers of the labelled companies, met in random portions, and what a grower refuses."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pytest

from consistency_check.identify import Grower, Linker
from consistency_check.identify.marks import make_token
from consistency_check.identify.tables import COLUMNS
from consistency_check.ledger.links import TABLES, LinkTables
from consistency_check.load import load_customers, load_replies
from consistency_check.model import CrmRecord, Reply

CORPORA = Path(__file__).parent.parent / "corpora"


@pytest.fixture
def tables():
    with duckdb.connect(":memory:") as connection:
        tables = LinkTables(connection)
        tables.create()
        yield tables


@pytest.mark.parametrize("name", ["carhire", "council", "hotel", "retail"])
def test_the_people_of_a_company_met_in_portions(tables, name):
    crm, _ = load_customers(CORPORA / name / "customers.csv")
    loaded = load_replies([str(CORPORA / name / "exports")])
    replies = [each for each in loaded if isinstance(each, Reply)]
    Random(name).shuffle(replies)
    cuts = [len(replies) // 2, len(replies) // 2 + 1, len(replies) * 3 // 4, len(replies)]
    start, reached = 0, []
    for cut in cuts:
        grower = Grower(tables, crm)
        assert grower.is_new == (start == 0)
        for reply in replies[start:cut]:
            grower.add(reply)
        grown = grower.grow()
        reached.append(grown.reached)
        start = cut
    linker = Linker(crm)
    for reply in replies:
        linker.add(reply)
    expected = {each.key: each for each in linker.resolve().customers}
    assert {key: customer for key, (customer, _) in grown.load_customers().items()} == expected
    assert reached[1] < reached[0] / 2  # one reply does not touch all


def test_nothing_new_touches_nobody(tables):
    grower = Grower(tables)
    grower.add(Reply("a", "email", "t", email="a@x.example"))
    assert grower.grow().list_touched() == ["a@x.example"]
    again = Grower(tables).grow()
    assert (again.list_touched(), again.reached) == ([], 0)


def test_another_region_forgets_all(tables):
    grower = Grower(tables)
    grower.add(Reply("a", "phone", "t", phone="602-555-0175", name="Rosa"))
    grower.grow()
    assert not Grower(tables).is_new
    assert Grower(tables, region="GB").is_new
    counted = {name: len(tables.fetch(name, (next(iter(TABLES[name])),)).popitem()[1]) for name in TABLES}
    assert counted.pop("link_settings") == 1
    assert not any(counted.values())


def write_down(tables: LinkTables) -> str:
    """All that the tables hold, as one text."""
    return "\n".join(
        " ".join(map(str, column))
        for name, columns in TABLES.items()
        for column in tables.fetch(name, tuple(columns)).values()
    )


def test_who_goes_is_erased(tables):
    grower = Grower(tables)
    said = {"name": "Rosa Delgado", "attributes": {"order_id": "FO-502266", "postcode": "SW1A 1AA"}}
    node = grower.add(Reply("a", "email", "12 High Street", email="a@x.example", **said))
    grower.add(Reply("b", "email", "t", email="b@x.example"))
    grower.grow()
    grower = Grower(tables)
    grower.rebuild(node, [])
    grown = grower.grow()
    assert grown.load_customers().keys() == {"b@x.example"}
    kept = write_down(tables)
    assert not re.search("a@x|rosa|502266|sw1a|high", kept, re.IGNORECASE)
    assert str(make_token("email", "a@x.example")) not in kept
    for name in ("link_nodes", "link_marks", "link_shapes", "link_homes"):
        assert node not in tables.fetch(name, ("node",))["node"]


def test_what_a_reply_said_that_goes_is_erased_where_its_sender_stays(tables):
    person = {"email": "a@x.example", "name": "Rosa Delgado"}
    details = {"dob": "1980-03-12", "postcode": "SW1A 1AA"}
    stays = [Reply(each, "email", "t", **person, attributes=details) for each in ("a", "b")]
    text = "My husband is secret@x.example; 602 555 0175"
    goes = Reply(
        "c", "email", text, **person, conversation_id="T-99999", attributes={"order_id": "FO-502266"}
    )
    grower = Grower(tables)
    (node,) = {grower.add(reply) for reply in (*stays, goes)}
    grower.grow()
    words = ("T-99999", "FO502266", "secret@x.example", "6025550175")
    assert all(word in write_down(tables) for word in words)
    grower = Grower(tables)
    grower.rebuild(node, stays)
    grower.grow()
    kept = write_down(tables)
    assert not [word for word in words if word in kept]
    assert str(make_token("thread", "T-99999")) not in kept
    assert "19800312" in kept


def test_the_order_of_the_crms_columns_is_nobodys(tables):
    reply = Reply("a", "email", "t", customer_id="C1")
    seen = []
    for attributes in ({"tier": "gold", "country": "DE"}, {"country": "DE", "tier": "gold"}):
        crm = [CrmRecord("C1", attributes=attributes)]
        linker, grower = Linker(crm), Grower(tables, crm)
        if not seen:
            grower.add(reply)
        linker.add(reply)
        seen.append(list(linker.resolve().customers[0].attributes))
        seen.append(list(grower.grow().load_customers()["C1"][0].attributes))
    assert seen == [["country", "tier"]] * 4


def test_a_grower_grows_once(tables):
    grower = Grower(tables)
    grower.add(Reply("a", "email", "t", email="a@x.example"))
    grower.grow()
    with pytest.raises(RuntimeError, match="grows once"):
        grower.grow()


def test_a_reply_of_another_is_not_rebuilt_with(tables):
    grower = Grower(tables)
    node = grower.add(Reply("a", "email", "t", email="a@x.example"))
    with pytest.raises(ValueError, match="reply 'b' is not of node"):
        grower.rebuild(node, [Reply("b", "email", "t", email="b@x.example")])


def test_the_ledgers_tables_have_the_columns_that_growth_writes():
    stored = {
        object: "VARCHAR",
        np.int64: "BIGINT",
        np.uint64: "UBIGINT",
        np.int8: "TINYINT",
        np.float64: "DOUBLE",
    }
    written = {
        str(table): [(name, stored[kind]) for name, kind in columns.items()]
        for table, columns in COLUMNS.items()
    }
    assert written == {table: list(columns.items()) for table, columns in TABLES.items()}


def test_the_tables_answer_only_for_columns_that_they_have(tables):
    with pytest.raises(KeyError):
        tables.fetch("link_nodes", ("node; DROP TABLE link_nodes",))
