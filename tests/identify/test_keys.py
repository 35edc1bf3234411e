"""Keys in one way of writing: customer ids, e-mails, handles, conversations, phone numbers."""

from __future__ import annotations

import pytest

from consistency_check.identify import UnknownRegionError
from consistency_check.identify.keys import (
    normalise_conversation,
    normalise_customer_id,
    normalise_email,
    normalise_handle,
)
from consistency_check.identify.phones import find_abroad, find_region, normalise_phone


@pytest.mark.parametrize(
    ("written", "email"),
    [
        (" Ann.Lee@Mail.EXAMPLE ", "ann.lee@mail.example"),
        ("Ann Lee <ann.lee@mail.example>", "ann.lee@mail.example"),
        ('"Lee, Ann" <ann.lee@mail.example>', "ann.lee@mail.example"),
        ("mailto:ann@mail.example", "ann@mail.example"),
        ("a.n.n+shop@mail.example", "a.n.n+shop@mail.example"),
        ("no-reply@shop.example", ""),
        ("DoNotReply@shop.example", ""),
        ("MAILER-DAEMON@shop.example", ""),
        ("ann", ""),
        ("ann@", ""),
        ("a@x.example, b@x.example", ""),
        ("unknown", ""),
    ],
)
def test_emails(written: str, email: str) -> None:
    assert normalise_email(written) == email


@pytest.mark.parametrize(
    "nothing",
    ["n/a", "N/A", "-", "0", "0000", "null", "None", "unknown", "Anonymous", "000000000000000AAA", " "],
)
def test_placeholders_are_no_keys(nothing: str) -> None:
    assert normalise_customer_id(nothing) == ""
    assert normalise_handle(nothing) == ""
    assert normalise_conversation(nothing, "chat") == ""
    assert normalise_phone(nothing, "US") == ""
    assert normalise_email(nothing) == ""


def test_customer_ids_keep_their_case_and_zeros() -> None:
    assert normalise_customer_id(" 00aB ") == "00aB"


def test_handles() -> None:
    assert normalise_handle(" @Ann_Lee ") == "ann_lee"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("T-67700", "T-67700"),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ("67700", "chat:67700"),
        ("T-1", "chat:T-1"),
        ("thread", "chat:thread"),
    ],
)
def test_plain_conversation_ids_count_for_their_channel(written: str, key: str) -> None:
    assert normalise_conversation(written, "chat") == key


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("(602) 555-0175", "US", "+16025550175"),
        ("602.555.0175", "US", "+16025550175"),
        ("1-602-555-0175", "US", "+16025550175"),
        ("+1 602 555 0175", "GB", "+16025550175"),
        ("6025550175", "CA", "+16025550175"),
        ("602-555-0175 x12", "US", "+16025550175;ext=12"),
        ("07911 123456", "GB", "+447911123456"),
        ("0044 7911 123456", "GB", "+447911123456"),
        ("+44 (0)7911 123456", "US", "+447911123456"),
        ("+4407911123456", "GB", "+447911123456"),
        ("447911123456", "GB", "+447911123456"),
        ("447911123456", "US", "+447911123456"),
        ("+49 171 5550199", "GB", "+491715550199"),
        ("+39 06 1234 5678", "IT", "+390612345678"),
        ("087 123 4567", "GB", "871234567"),
        ("12345", "US", ""),
        ("anonymous", "US", ""),
        ("0000000000", "US", ""),
    ],
)
def test_phones(written: str, region: str, number: str) -> None:
    assert normalise_phone(written, region) == number


def test_a_number_without_a_country_belongs_where_it_is_known() -> None:
    assert find_abroad(["871234567", "+353871234567", "+16025550175"], "GB") == {"871234567": "+353871234567"}
    assert find_abroad(["7700900112", "+447700900112", "+497700900112"], "GB") == {
        "7700900112": "+447700900112"
    }
    assert find_abroad(["447700900112", "+447700900112"], "US") == {"447700900112": "+447700900112"}
    assert find_abroad(["871234567", "+353871234567", "+39871234567"], "GB") == {}
    assert find_abroad(["871234567"], "GB") == {}
    assert find_abroad(["+999123456789", "871234567"], "GB") == {}


def test_regions() -> None:
    assert [find_region(name) for name in ("us", " gb ", "UK", "IE")] == ["US", "GB", "GB", "IE"]
    with pytest.raises(UnknownRegionError, match=r"'Britain': .*write a country code such as US or GB"):
        find_region("Britain")
