"""Phone numbers, e-mail and web addresses."""

import pytest

from consistency_check.model import Relation
from consistency_check.values import ValueReadError, parse_value


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1-888-555-0142", "18885550142"),
        ("+353 1 555 0163", "+35315550163"),
        ("00353 1 555 0163", "+35315550163"),
        ("01632 960175", "01632960175"),
        ("(555) 010-1234", "5550101234"),
        ("1-800-GO-FENCE", "18004633623"),
        ("999", "999"),
        ("Help@Acme.EXAMPLE", "help@acme.example"),
        ("https://www.acme.example/help/", "acme.example/help"),
        ("acme.example", "acme.example"),
    ],
)
def test_what_people_write_is_read_and_shown_in_one_way(parsed, shown, text, word):
    assert parsed(text).word == shown(text) == word


@pytest.mark.parametrize("text", ["call us", "@acme", "12"])
def test_anything_else_says_what_to_write(text):
    with pytest.raises(ValueReadError, match="no phone number, e-mail or web address; write for example"):
        parse_value("contact", text)


def test_two_contacts_relate(related, agreed):
    assert related("+44 20 7946 0142", "020 7946 0142") is Relation.EQUAL
    assert related("020 7946 0142", "020 7946 0143") is Relation.INCOMPATIBLE
    assert related("HELP@acme.example", "help@acme.example") is Relation.EQUAL
    assert related("0800 111 222", "0800 111 223") is Relation.INCOMPATIBLE
    assert agreed("www.acme.example/", "http://acme.example") is True
    assert agreed("help@acme.example", "020 7946 0142") is False


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mail returns@acme.example.", "returns@acme.example"),
        ("Ring oh eight hundred, double two, three four five six.", "0800223456"),
        ("Write to repairs at acme dot example.", "repairs@acme.example"),
        ("Write to repairs, that's R-E-P-A-I-R-S, at acme dot co dot example", "repairs@acme.co.example"),
        ("Lines are on 0330 555 0146 until 5pm", "0330555 0146".replace(" ", "")),
        ("Call 555-0199.", "5550199"),
    ],
)
def test_contacts_are_found(found, text, word):
    assert word in [shown for _, shown in found(text)]


@pytest.mark.parametrize(
    "text", ["100-1000 litres", "2026-05-05", "Order 887612", "$1,234,567.89", "1 234 567 people"]
)
def test_other_figures_are_no_phone_numbers(found, text):
    assert all(not shown.isdecimal() or len(shown) < 9 for _, shown in found(text))
