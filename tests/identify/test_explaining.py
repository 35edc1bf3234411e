"""Why two are one customer or two: the evidence, the chain of links, and what forbids it."""

from __future__ import annotations

import pytest

from consistency_check.identify import LEAST, Linker, explain_places
from consistency_check.model import CrmRecord, LinkAnswer, Reply


def explain(replies: list[Reply], a: str, b: str, crm: list[CrmRecord] = []) -> LinkAnswer:  # noqa: B006
    linker = Linker(crm, keep_replies=True)
    nodes = {reply.id: linker.add(reply) for reply in replies}
    resolution = linker.resolve()
    answer = explain_places(
        resolution, (a, resolution.place_of(nodes[a])), (b, resolution.place_of(nodes[b])), LEAST
    )
    homes = [resolution.customer_of(nodes[each]).key for each in (a, b)]
    assert answer.customers == tuple(homes)
    for link in answer.links:
        assert link.bits == pytest.approx(link.prior + sum(step.bits for step in link.steps))
        assert (link.probability >= LEAST) or not answer.are_one
    return answer


def reply(id_: str, channel: str = "email", **fields: str) -> Reply:
    return Reply(id=id_, channel=channel, text="t", **fields)  # type: ignore[arg-type]


def test_a_link_is_a_waterfall() -> None:
    phone = {"channel": "phone", "phone": "6025550175"}
    answer = explain(
        [reply("a", name="Rosa Delgado", **phone), reply("b", name="R Delgado", **phone)], "a", "b"
    )
    (link,) = answer.links
    steps = [(step.evidence, step.level, step.bits) for step in link.steps]
    assert steps == [("phone", "same", 27.0), ("name", "initial", 6.0)]
    assert (link.prior, link.bits) == (-20.0, 13.0)


def test_a_chain_leads_over_others() -> None:
    replies = [
        reply("a", email="a@x.example"),
        reply("b", email="a@x.example", phone="6025550175"),
        reply("c", "chat", phone="6025550175", handle="@ann"),
        reply("d", "chat", handle="ann"),
    ]
    answer = explain(replies, "a", "d")
    assert [link.steps[0].evidence for link in answer.links] == ["email", "phone", "handle"]
    assert "chain of 3 links" in answer.reason


def test_the_same_keys_need_no_link() -> None:
    assert explain([reply("a", email="a@x.example"), reply("b", email="A@x.example")], "a", "b").links == ()


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"customer_id": "C1", "email": "a@x"}, {"customer_id": "C2", "email": "a@x"}, "never one customer"),
        (
            {"phone": "6025550175", "name": "Rosa Ray"},
            {"phone": "6025550175", "name": "Mateo Ray"},
            "name is different",
        ),
        ({"name": "Rosa Ray"}, {"name": "Rosa Ray"}, "too little"),
        ({"email": "a@x"}, {"phone": "6025550175"}, "nothing in common"),
    ],
)
def test_what_forbids_a_link(first: dict[str, str], second: dict[str, str], words: str) -> None:
    answer = explain([reply("a", **first), reply("b", **second)], "a", "b")
    assert not answer.are_one
    assert words in answer.reason


def test_what_leads_to_two_people_just_as_well() -> None:
    line = {"channel": "phone", "phone": "6025550175"}
    names = {"a": "Rosa Delgado", "b": "Mateo Delgado", "c": ""}
    answer = explain([reply(id_, name=name, **line) for id_, name in names.items()], "a", "c")
    assert "just as well" in answer.reason
