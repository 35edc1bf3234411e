"""Who is one customer: each kind of evidence, what it ties, and what it must not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest

from consistency_check.identify import Linker
from consistency_check.model import CrmRecord, Customer, Reply


def reply(id_: str, channel: str = "email", **fields: str) -> Reply:
    return Reply(id=id_, channel=channel, text="t", **fields)  # type: ignore[arg-type]


def link(
    replies: Iterable[Reply], crm: Iterable[CrmRecord] = (), region: str = "US", **rest: Any
) -> dict[str, Customer]:
    """Customers by their replies ("a b"); the same for every order of a few replies."""
    replies, crm = list(replies), list(crm)
    results = []
    for order in list(permutations(replies))[:24]:
        linker = Linker(crm, region, keep_replies=True, **rest)
        nodes = {each.id: linker.add(each) for each in order}
        resolution = linker.resolve()
        assert all(id_ in resolution.customer_of(node).reply_ids for id_, node in nodes.items())
        results.append(resolution.customers)
    assert all(result == results[0] for result in results)
    return {" ".join(customer.reply_ids): customer for customer in results[0]}


ROSA = CrmRecord(
    "C1", ("rosa@x.example",), ("602-555-0175",), ("Rosa Delgado",), ("@rosa",), {"tier": "gold"}
)
MATEO = CrmRecord("C2", (), ("602-555-0175",), ("Mateo Delgado",))


@pytest.mark.parametrize(
    ("first", "second", "evidence"),
    [
        ({"customer_id": "C9"}, {"customer_id": " C9 "}, "customer id"),
        ({"email": "a@x.example"}, {"email": "Ann <A@X.example>"}, "email"),
        ({"phone": "602-555-0175"}, {"phone": "+1 (602) 555-0175"}, "phone"),
        ({"handle": "@Ann"}, {"handle": "ann"}, "handle"),
        ({"conversation_id": "7"}, {"conversation_id": "7"}, "conversation"),
        (
            {"email": "a@x.example", "conversation_id": "7"},
            {"phone": "6025550175", "conversation_id": "7"},
            "conversation",
        ),
    ],
)
def test_each_kind_of_evidence(first: dict[str, str], second: dict[str, str], evidence: str) -> None:
    customers = link([reply("a", **first), reply("b", **second)])
    assert list(customers) == ["a b"]
    assert customers["a b"].linked_by == (evidence,)


def test_links_are_transitive() -> None:
    customers = link(
        [
            reply("a", email="a@x.example"),
            reply("b", email="a@x.example", phone="6025550175"),
            reply("c", "chat", phone="602-555-0175", handle="@ann"),
            reply("d", "chat", handle="ann"),
        ]
    )
    assert list(customers) == ["a b c d"]
    assert customers["a b c d"].linked_by == ("email", "handle", "phone")


def test_a_single_reply_is_linked_by_nothing() -> None:
    assert link([reply("a", email="a@x.example")])["a"].linked_by == ()


def test_the_crm_ties_channels_and_gives_name_and_attributes() -> None:
    customers = link(
        [
            reply("a", email="rosa@x.example", name="R. D."),
            reply("b", "phone", phone="6025550175"),
            reply("c", "social", handle="@Rosa"),
            reply("d", "letter", customer_id="C1"),
        ],
        [ROSA],
    )
    (customer,) = customers.values()
    assert (customer.key, customer.name, customer.attributes) == ("C1", "Rosa Delgado", {"tier": "gold"})
    assert customer.linked_by == ("crm", "customer id", "email", "handle", "phone")


def test_crm_customers_without_replies_are_no_customers_of_the_audit() -> None:
    assert link([reply("a", email="z@x.example")], [ROSA])["a"].key == "z@x.example"


def test_different_customer_ids_never_merge() -> None:
    shared = {"email": "a@x.example", "phone": "6025550175", "handle": "ann", "conversation_id": "T-10001"}
    customers = link([reply("a", customer_id="C1", **shared), reply("b", customer_id="C2", **shared)])
    assert {ids: customer.key for ids, customer in customers.items()} == {"a": "C1", "b": "C2"}


def test_what_two_customer_ids_share_goes_to_the_one_whose_name_it_has() -> None:
    customers = link(
        [
            reply("a", "phone", phone="6025550175", name="Mateo Delgado"),
            reply("b", "phone", phone="6025550175", name="R. Delgado"),
            reply("c", "phone", phone="6025550175"),
            reply("d", "phone", phone="6025550175", name="Elena Delgado"),
        ],
        [ROSA, MATEO],
    )
    keys = {ids: customer.key for ids, customer in customers.items()}
    assert keys == {"a": "C2", "b": "C1", "c": "+16025550175", "d": "+16025550175 (Elena Delgado)"}


def test_a_household_phone_without_a_crm() -> None:
    line = {"channel": "phone", "phone": "6025550175"}
    customers = link(
        [
            reply("a", name="Rosa Delgado", **line),
            reply("b", name="Mateo Delgado", **line),
            reply("c", name="Delgado, Rosa", **line),
            reply("d", **line),
        ]
    )
    assert set(customers) == {"a c", "b", "d"}
    assert customers["a c"].key == "+16025550175 (Delgado, Rosa)"


def test_a_phone_with_one_name_and_none_is_one_customer() -> None:
    line = {"channel": "phone", "phone": "6025550175"}
    names = ("Beth Whitfield", "Elizabeth Whitfield", "Mrs Whitfield", "")
    assert list(link([reply(str(at), name=name, **line) for at, name in enumerate(names)])) == ["0 1 2 3"]


def test_a_name_between_two_people_is_given_to_neither() -> None:
    line = {"channel": "phone", "phone": "6025550175"}
    names = ("Christian Bell", "Chris Bell", "Christina Bell")
    assert len(link([reply(str(at), name=name, **line) for at, name in enumerate(names)])) == 3


def test_a_phone_that_is_two_customers_other_phone_is_neithers() -> None:
    crm = [CrmRecord("C1", (), ("2125550101",)), CrmRecord("C2", (), ("2125550102",))]
    customers = link(
        [
            reply("a", "phone", customer_id="C1"),
            reply("b", "phone", phone="2125550101", email="shared@x.example"),
            reply("c", "phone", phone="2125550102", email="shared@x.example"),
            reply("d", "phone", customer_id="C2"),
        ],
        crm,
    )
    assert {ids: customer.key for ids, customer in customers.items()} == {
        "a": "C1",
        "d": "C2",
        "b c": "shared@x.example",
    }


def test_a_nameless_bridge_between_two_people_is_taken_out() -> None:
    customers = link(
        [
            reply("a", "phone", phone="2125550101", name="Rosa Delgado"),
            reply("b", "phone", phone="2125550101", email="home@x.example"),
            reply("c", "phone", phone="2125550102", email="home@x.example"),
            reply("d", "phone", phone="2125550102", name="Mateo Delgado"),
        ]
    )
    assert sorted(customers) == ["a", "b c", "d"]


def test_two_addresses_in_one_thread_need_the_same_name() -> None:
    thread = {"conversation_id": "T-10001"}
    wife = reply("a", email="rosa@x.example", **thread)
    assert len(link([wife, reply("b", email="mateo@x.example", **thread)])) == 2
    named = reply("a", email="rosa@x.example", name="Rosa Delgado", **thread)
    assert len(link([named, reply("b", email="r.delgado@work.example", name="Rosa Delgado", **thread)])) == 1
    assert len(link([named, reply("b", email="mateo@x.example", name="Mateo Delgado", **thread)])) == 2
    assert len(link([named, reply("b", "phone", phone="6025550175", **thread)])) == 1


def test_plain_conversation_ids_of_two_channels_are_two_threads() -> None:
    assert len(link([reply("a", "email", conversation_id="7"), reply("b", "chat", conversation_id="7")])) == 2
    assert (
        len(
            link(
                [
                    reply("a", "email", conversation_id="T-10007"),
                    reply("b", "phone", conversation_id="T-10007"),
                ]
            )
        )
        == 1
    )


def test_handles_across_channels() -> None:
    assert len(link([reply("a", "chat", handle="mike88"), reply("b", "social", handle="mike88")])) == 2
    assert (
        len(link([reply("a", "chat", handle="rosa_delgado"), reply("b", "social", handle="@rosa_delgado")]))
        == 1
    )
    named = reply("a", "chat", handle="the_delgados", name="Rosa Delgado")
    assert len(link([named, reply("b", "social", handle="the_delgados", name="Mateo Delgado")])) == 2


@pytest.mark.parametrize("field", ["customer_id", "email", "phone", "handle", "conversation_id"])
def test_placeholders_link_nobody(field: str) -> None:
    for nothing in ("n/a", "unknown", "-", "0"):
        assert len(link([reply("a", **{field: nothing}), reply("b", **{field: nothing})])) == 2
    assert len(link([reply("a", email="noreply@x.example"), reply("b", email="noreply@x.example")])) == 2


def test_a_switchboard_links_nobody() -> None:
    linker = Linker()
    for at in range(60):
        linker.add(reply(str(at), "phone", phone="6025550175", email=f"{at}@x.example"))
    assert len(linker.resolve().customers) == 60


def test_a_household_mail_box_is_one_customer() -> None:
    box = {"email": "home@x.example"}
    assert len(link([reply("a", name="Rosa Delgado", **box), reply("b", name="Mateo Delgado", **box)])) == 1


def test_numbers_of_another_country_without_its_code() -> None:
    crm = [CrmRecord("C1", (), ("+353 87 123 4567",), ("Aoife Byrne",))]
    assert link([reply("a", "phone", phone="087 123 4567")], crm, "GB")["a"].key == "C1"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"customer_id": "C1", "email": "a@x.example"}, "C1"),
        ({"email": "A@x.example", "phone": "6025550175"}, "a@x.example"),
        ({"phone": "6025550175", "handle": "ann"}, "+16025550175"),
        ({"handle": "@Ann", "conversation_id": "7"}, "chat:ann"),
        ({"conversation_id": "7", "name": "Ann"}, "chat:7"),
        ({"conversation_id": "T-10007"}, "T-10007"),
        ({"name": "Ann Lee"}, "a"),
        ({}, "a"),
    ],
)
def test_keys_are_what_people_know_the_customer_by(fields: dict[str, str], key: str) -> None:
    assert link([reply("a", "chat", **fields)])["a"].key == key


def test_equal_keys_are_told_apart() -> None:
    crm = [CrmRecord("C1", ("a@x.example",)), CrmRecord("C2", ("a@x.example",))]
    replies = [reply(str(at), email="a@x.example", phone=f"60255501{at:02}") for at in range(3)]
    keys = [customer.key for customer in link(replies, crm).values()]
    assert keys == ["a@x.example", "a@x.example #2", "a@x.example #3"]


def test_the_most_complete_name_then_the_most_frequent() -> None:
    names = (
        "R. Delgado",
        "Rosa Delgado",
        "Rosie Delgado",
        "Rosie Delgado",
        "Rosa",
        "Customer",
        "Customer",
        "Customer",
    )
    (customer,) = link(
        [reply(str(at), email="a@x.example", name=name) for at, name in enumerate(names)]
    ).values()
    assert customer.name == "Rosie Delgado"


def test_equal_identities_are_one_node_and_replies_are_not_kept() -> None:
    linker = Linker()
    nodes = {linker.add(reply(str(at), email="A@x.example ", conversation_id=str(at))) for at in range(1000)}
    assert nodes == {0}
    (customer,) = linker.resolve().customers
    assert (customer.reply_ids, customer.linked_by) == ((), ("email",))


def test_no_replies() -> None:
    assert Linker([ROSA]).resolve().customers == ()
