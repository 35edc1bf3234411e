"""Known customers: what a run remembers, that keys stay, and a file that only its owner reads."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify import (
    KnownCustomer,
    Linker,
    LinksError,
    Resolution,
    read_links,
    remember,
    write_links,
)
from consistency_check.model import CrmRecord, Reply
from tests.laws.test_identify import CRM, REPLIES


def resolve(
    replies: list[Reply], known: Sequence[KnownCustomer] = (), crm: Sequence[CrmRecord] = ()
) -> Resolution:
    linker = Linker(crm, keep_replies=True, known=known)
    for reply in replies:
        linker.add(reply)
    return linker.resolve()


def reply(id_: str, channel: str = "email", **fields: str) -> Reply:
    return Reply(id=id_, channel=channel, text="t", **fields)  # type: ignore[arg-type]


def test_a_nights_records_are_linked_to_known_customers() -> None:
    first = [reply("a", email="ann@x.example", phone="6025550175", name="Ann Lee")]
    known = list(remember(resolve(first)))
    (customer,) = resolve([reply("b", "phone", phone="602-555-0175", name="A. Lee")], known).customers
    assert (customer.key, customer.linked_by) == ("ann@x.example", ("known customer", "phone"))


def test_a_key_stays_when_a_stronger_one_comes() -> None:
    known = list(remember(resolve([reply("a", email="m@x.example")])))
    resolution = resolve([reply("b", email="m@x.example", customer_id="C1")], known)
    (customer,) = resolution.customers
    assert (customer.key, customer.aliases) == ("m@x.example", ("C1",))
    (again,) = remember(resolution)
    assert (again.key, again.aliases, again.since) == ("m@x.example", ("C1",), 1)


def test_of_two_known_customers_that_turn_out_one_the_older_key_stays() -> None:
    known = list(remember(resolve([reply("a", email="z@x.example", name="Ann Lee")])))
    known = list(remember(resolve([reply("b", "phone", phone="6025550175", name="Ann Lee")], known)))
    assert [(each.key, each.since) for each in known] == [("+16025550175", 2), ("z@x.example", 1)]
    both = reply("c", email="z@x.example", phone="6025550175", name="Ann Lee")
    resolution = resolve([both], known)
    (customer,) = resolution.customers
    assert (customer.key, customer.aliases) == ("z@x.example", ("+16025550175",))
    (merged,) = remember(resolution)
    assert (merged.since, merged.aliases) == (1, ("+16025550175",))
    (later,) = resolve([reply("d", "phone", phone="6025550175", name="Ann Lee")], [merged]).customers
    assert later.key == "z@x.example"


def test_a_new_customer_does_not_take_a_known_key() -> None:
    known = [KnownCustomer(1, "+16025550175", names=("Rosa Delgado",), emails=("rosa@x.example",))]
    (stranger,) = resolve([reply("a", "phone", phone="6025550175", name="Mateo Delgado")], known).customers
    assert stranger.key == "+16025550175 #2"


def test_known_customers_without_replies_are_kept_and_are_no_customers_of_the_run() -> None:
    known = [KnownCustomer(1, "C1", "C1", emails=("ann@x.example",))]
    resolution = resolve([reply("a", email="bob@x.example")], known)
    assert [customer.key for customer in resolution.customers] == ["bob@x.example"]
    assert [each.key for each in remember(resolution)] == ["bob@x.example", "C1"]


def test_a_thread_and_a_reply_without_keys_are_known_again() -> None:
    first = [reply("a", "chat", conversation_id="77"), reply("b", "letter", name="Ann Lee")]
    known = list(remember(resolve(first)))
    again = resolve([*first, reply("c", "chat", conversation_id="77", name="Ann")], known)
    assert {customer.key: customer.reply_ids for customer in again.customers} == {
        "b": ("b",),
        "chat:77": ("a", "c"),
    }


@given(REPLIES, CRM, st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_the_same_records_again_change_nothing(replies, crm, random):
    first = resolve(replies, crm=crm)
    known = sorted(remember(first), key=lambda each: each.key)
    again = resolve(random.sample(replies, len(replies)), known, crm)
    keys = {id_: customer.key for customer in first.customers for id_ in customer.reply_ids}
    for customer in again.customers:
        assert {keys[id_] for id_ in customer.reply_ids} <= {customer.key, *customer.aliases}


@given(REPLIES, CRM, st.integers(0, 9))
@settings(max_examples=120, deadline=None)
def test_known_keys_never_go_away(replies, crm, at):
    """Whatever comes, every key of before is a customer's key or alias, and of one customer only."""
    before = sorted(remember(resolve(replies[:at], crm=crm)), key=lambda each: each.key)
    after = list(remember(resolve(replies[at:], before, crm)))
    names = [name for each in after for name in (each.key, *each.aliases)]
    assert {each.key for each in before} <= set(names)
    keys = [each.key for each in after]
    assert len(keys) == len(set(keys))


def test_the_file_is_sorted_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "links.jsonl"
    assert read_links(file) == []
    known = [
        KnownCustomer(2, "b", phones=("+1",), names=("Zoë",)),
        KnownCustomer(1, "a", "C1", aliases=("x",), emails=("e@x.example",)),
    ]
    write_links(file, known)
    assert sorted(read_links(file)) == sorted(known)
    assert [line[:14] for line in file.read_text("utf-8").splitlines()] == [
        '{"customer": "',
        '{"customer": "',
    ]
    assert file.read_text("utf-8").index('"a"') < file.read_text("utf-8").index('"b"')
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    write_links(file, known)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["links.jsonl"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", ":1: is no customer"),
        ('{"customer": "a"}', ":1: is no customer"),
        ('{"customer": "a", "since": 0}', ":1: is no customer"),
        ('{"customer": "a", "since": 1, "emails": [1]}', ":1: is no customer"),
        ('{"customer": "a", "since": 1}\n[]', ":2: is no customer"),
        ('{"customer": "a", "since": 1}\n{"customer": "b", "since": 1, "aliases": ["a"]}', "stands twice"),
        ("[" * 100_000, ":1: is no customer"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_damaged_file_says_where(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "links.jsonl"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(LinksError, match=words):
        read_links(file)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(LinksError, match="cannot be written"):
        write_links(tmp_path / "none" / "links.jsonl", [])
