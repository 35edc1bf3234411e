"""What a change reaches and what it leaves alone, each case held to the linking of all replies."""

from __future__ import annotations

import pytest

from consistency_check.model import Reply
from tests.identify.company import Company, make_company


@pytest.fixture
def company():
    with make_company() as company:
        yield company


def write(id_: str, text: str = "t", **fields: str) -> Reply:
    """A reply of that id; an `order` is a column of it."""
    attributes = {"order_id": fields.pop("order")} if "order" in fields else {}
    return Reply(id_, "email", text, attributes=attributes, **fields)


def write_many(count: int, text: str = "t", **fields: str) -> list[Reply]:
    """Replies to so many people, who share nothing but text and fields."""
    return [write(f"m{at}", text, email=f"m{at}@x.example", **fields) for at in range(count)]


def test_an_order_that_too_many_name_already_links_nobody_who_comes(company: Company):
    company.meet(*write_many(12, name="Ann Lee", order="FO-502266"))
    new = [write(each, email=f"{each}@x.example", name="Ann Lee", order="FO-502266") for each in "ab"]
    assert company.meet(*new).reached == 2
    assert len(company.customers) == 14


def test_orders_that_make_a_shape_known_link_those_who_named_one(company: Company):
    company.meet(*write_many(2, "about FO-502266", name="Ann Lee"))
    assert len(company.customers) == 2
    orders = {"a": "FO-111111", "b": "FO-222222"}
    company.meet(*(write(each, email=f"{each}@x.example", order=orders[each]) for each in orders))
    assert len(company.customers) == 3
    company.meet(went=["b"])
    assert len(company.customers) == 3


CLAIMED = "ref 602_555_0175"
ROSA = write("rosa", "please call 6025550175", email="rosa@x.example", name="Rosa Delgado")
HER_PHONE = write("phone", phone="602-555-0175", name="Rosa Delgado")


def test_digits_that_too_many_claim_are_still_a_phone_to_others(company: Company):
    company.meet(*write_many(10, CLAIMED), HER_PHONE)
    assert company.meet(ROSA).reached == 2
    assert company.customers["rosa@x.example"][0].linked_by == ("phone in text",)


def test_digits_that_too_many_claim_are_no_phone_once_one_names_them(company: Company):
    company.meet(*write_many(10, CLAIMED), HER_PHONE, ROSA)
    company.meet(write("order", email="o@x.example", order="6025550175"))
    assert company.customers["rosa@x.example"][0].linked_by == ()
    company.meet(went=["order"])
    assert company.customers["rosa@x.example"][0].linked_by == ("phone in text",)


def test_digits_that_too_many_claim_and_one_names_are_no_phone_to_who_comes(company: Company):
    company.meet(*write_many(10, CLAIMED), HER_PHONE, write("order", email="o@x.example", order="6025550175"))
    company.meet(ROSA)
    assert company.customers["rosa@x.example"][0].linked_by == ()


def test_who_claims_what_too_many_claim_reaches_nobody(company: Company):
    company.meet(*write_many(10, CLAIMED))
    assert company.meet(write("new", CLAIMED, email="new@x.example")).reached == 1


def test_known_people_who_write_again_are_left_alone_beside_one_who_comes(company: Company):
    company.meet(
        *(write(f"a{at}", email=f"e{at}@x.example", conversation_id=f"T-1000{at}") for at in range(9))
    )
    again = [write(f"b{at}", email=f"e{at}@x.example", conversation_id=f"T-2000{at}") for at in range(9)]
    assert company.meet(*again[:4]).reached == 0
    assert company.meet(*again[4:], write("new", email="new@x.example")).reached == 1


def test_a_phone_that_becomes_a_crowds_one_is_nobodys_while_its_owner_writes_again(company: Company):
    crowd = write_many(40, phone="+33612345678")
    spain = write("es", email="es@x.example", phone="+34612345678")
    bare = {"phone": "612345678", "name": "R D"}
    company.meet(
        *crowd,
        spain,
        write("x", **bare, conversation_id="T-10001"),
        write("y", phone="602-555-0175", conversation_id="T-10001"),
    )
    assert "612345678" in company.customers
    company.meet(write("again", **bare), went=["es"])
    assert company.customers["+16025550175"][0].name == "R D"


def test_who_was_met_twice_and_is_once_is_linked_by_nothing(company: Company):
    company.meet(write("a", email="a@x.example"), write("b", email="a@x.example"))
    assert company.customers["a@x.example"][0].linked_by == ("email",)
    company.meet(went=["b"])
    assert company.customers["a@x.example"][0].linked_by == ()


def test_who_was_one_with_a_person_that_goes_is_found_by_their_details(company: Company):
    rosa = {"name": "Rosa Delgado", "dob": "1980-03-12", "postcode": "SW1A 1AA"}
    company.meet(describe("a", email="a@x.example", **rosa), describe("b", phone="602-555-0175", **rosa))
    assert len(company.customers) == 1
    company.meet(went=["a"])
    assert list(company.customers) == ["+16025550175"]


def describe(id_: str, **fields: str) -> Reply:
    """A reply in whose columns there are details of the person."""
    keys = {name: fields.pop(name) for name in ("email", "phone", "handle", "name") if name in fields}
    return Reply(id_, "email", "t", attributes=fields, **keys)


SOUNDS = "bdfgklmnprstvz"
"""Letters that begin syllables, so that no two of the names below sound alike."""
ONE_ADDRESS = {"dob": "1980-03-12", "address": "12 High Street", "street_number": "7", "city": "London"}
TWO_ALIKE = [describe("a", handle="anna", **ONE_ADDRESS), describe("b", phone="602-555-0175", **ONE_ADDRESS)]


def describe_born(count: int) -> list[Reply]:
    """People of whom no two are alike but for the day that they were born on."""
    pairs = [(SOUNDS[at % len(SOUNDS)], SOUNDS[at // len(SOUNDS)]) for at in range(count)]
    return [
        describe(f"p{at}", email=f"p{at}@x.example", name=f"{a.upper()}o{b}ai Zz{a}{b}", dob="1980-03-12")
        for at, (a, b) in enumerate(pairs)
    ]


def test_two_are_compared_once_few_enough_share_their_day(company: Company):
    company.meet(*describe_born(59), *TWO_ALIKE)
    assert len(company.customers) == 61
    company.meet(went=["p3"])
    assert len(company.customers) == 59


def test_two_are_compared_no_more_once_too_many_share_their_day(company: Company):
    people = describe_born(59)
    company.meet(*people[:-1], *TWO_ALIKE)
    assert len(company.customers) == 59
    company.meet(people[-1])
    assert len(company.customers) == 61
