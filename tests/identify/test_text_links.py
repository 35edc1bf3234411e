"""Who is one customer by what texts and columns say, and by details of the person."""

from __future__ import annotations

import re

import pytest

from consistency_check.model import CrmRecord, Reply
from tests.identify.test_linker import link


def said(id_: str, text: str = "t", channel: str = "chat", **fields: object) -> Reply:
    attributes = {name: value for name, value in fields.items() if name not in Reply.__dataclass_fields__}
    known = {name: value for name, value in fields.items() if name in Reply.__dataclass_fields__}
    return Reply(id=id_, channel=channel, text=text, attributes=attributes, **known)  # type: ignore[arg-type]


COLUMN = said("a", email="ann@x.example", order_id="FO-502266")


@pytest.mark.parametrize(
    "other",
    [
        said("b", "Your order FO-502266 is late", phone="6025550175"),
        said("b", question="where is fo 502266??", handle="@annie"),
        said("b", order_id="fo502266", handle="@annie"),
    ],
)
def test_a_column_and_a_text_name_one_order(other: Reply) -> None:
    customers = link([COLUMN, other])
    assert list(customers) == ["a b"]
    assert customers["a b"].linked_by == ("reference",)
    assert 0.9 < customers["a b"].certainty < 0.99


def test_two_texts_name_one_order_of_a_learned_shape() -> None:
    teachers = [said(f"t{n}", email=f"t{n}@x.example", order_id=f"FO-60000{n}") for n in range(2)]
    texts = [said("a", "about FO-502266", handle="@ann"), said("b", "FO-502266 again", phone="6025550175")]
    assert len(link(texts)) == 2
    assert "a b" in link([*teachers, *texts])


def test_a_reference_does_not_link_two_names() -> None:
    couple = [
        said("a", name="Rosa Delgado", email="rosa@x.example", booking_ref="RT7K2M"),
        said("b", name="Mateo Delgado", email="mateo@x.example", booking_ref="RT7K2M"),
        said("c", "RT7K2M: yes", name="R. Delgado"),
        said("d", "RT7K2M: no"),
    ]
    assert sorted(link(couple)) == ["a c", "b", "d"]


def test_what_many_customers_name_is_no_reference() -> None:
    text = "Our policy no. AB-123456"
    many = [said(str(n), text, channel=f"site{n}", handle="@ann", policy_no="AB-123456") for n in range(9)]
    assert len(link(many)) == 9
    assert len(link(many[:8])) == 1


def test_two_who_write_about_one_thing_are_two() -> None:
    about = {"application_ref": "26/00391/FUL"}
    assert len(link([said("a", email="a@x.example", **about), said("b", email="b@x.example", **about)])) == 2


def test_the_columns_of_the_crm_are_known_too() -> None:
    crm = [CrmRecord("C1", ("ann@x.example",), attributes={"account_no": "70411829"})]
    customers = link([said("a", "Account 70411829", name="Mrs Lee", channel="letter")], crm)
    assert customers["a"].key == "C1"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our ref. FW10601", "customer id in text"),
        ("is ann.lee@x.example still right?", "email in text"),
        ("we rang 07700 900219", "phone in text"),
    ],
)
def test_texts_that_name_a_key(text: str, kind: str) -> None:
    crm = [CrmRecord("FW10601", ("ann.lee@x.example",), ("07700 900219",), ("Ann Lee",))]
    customers = link([said("a", text, name="Ann Lee", channel="letter")], crm, "GB")
    assert customers["a"].key == "FW10601"
    assert kind in customers["a"].linked_by
    assert link([said("a", text, name="Bob Lee", channel="letter")], crm, "GB")["a"].key == "a"


def test_an_address_of_the_company_links_nobody() -> None:
    text = "Write to claims@company.example or ring 0800 555 0123"
    assert len(link([said(str(n), text, handle=f"@n{n}") for n in range(2)])) == 2


def test_a_pattern_of_the_users() -> None:
    texts = [said("a", "job zz/abc", handle="@ann"), said("b", "ZZ-ABC", phone="6025550175")]
    assert len(link(texts)) == 2
    assert list(link(texts, references=[re.compile("zz.[a-z]{3}", re.I)])) == ["a b"]


def test_texts_to_a_shared_phone_go_to_whose_order_it_is() -> None:
    line = {"channel": "sms", "phone": "6025550175"}
    family = [
        said("a", name="Rosa Delgado", order_id="FO-502266", **line),
        said("b", name="Mateo Delgado", order_id="FO-502299", **line),
        said("c", order_id="FO-502266", **line),
        said("d", order_id="FO-502300", **line),
        said("e", order_id="FO-502301", **line),
    ]
    assert sorted(link(family)) == ["a c", "b", "d", "e"]


def test_details_of_the_person_add_up_and_a_name_beside_one_of_them_does_not() -> None:
    ann = {"name": "Ann Lee", "dob": "1980-03-12", "postcode": "LS1 4AB"}
    assert list(link([said("a", **ann), said("b", **ann)])) == ["a b"]
    assert (
        len(
            link(
                [said("a", name="Ann Lee", postcode="LS1 4AB"), said("b", name="Ann Lee", postcode="LS1 4AB")]
            )
        )
        == 2
    )
    twin = {**ann, "name": "Bob Lee"}
    assert len(link([said("a", **ann), said("b", **twin)])) == 2


def test_an_address_in_a_text_counts_beside_other_evidence() -> None:
    known = said("a", name="Ann Lee", address="9 Quarry Rise", postcode="LS1 4AB")
    letter = said("b", "Property: 9 Quarry Rise, LS1 4AB", name="Ann Lee", channel="letter")
    assert list(link([known, letter])) == ["a b"]
    assert (
        len(link([known, said("b", "Property: 9 Quarry Rise, LS1 4AB", name="Bob Lee", channel="letter")]))
        == 2
    )


def test_one_customer_over_four_channels_and_her_husband() -> None:
    replies = [
        said("a", channel="email", email="k.nowak@mail.example", name="K. Nowak", case_ref="QX-4471"),
        said("b", "Is 07700 900123 still your number, Kasia?", name="Kasia", question="it's about QX 4471"),
        said("c", channel="phone", phone="07700 900123", name="Kasia Nowak"),
        said("d", "Dear Ms Nowak, ref. QX-4471", channel="letter", name="Katarzyna Nowak"),
        said("e", "Dear Mr Nowak, ref. QX-4471", channel="letter", name="Jan Nowak"),
        said("f", channel="phone", phone="07700 900123", name="Jan Nowak"),
    ]
    assert sorted(link(replies, region="GB")) == ["a b c d", "e", "f"]
