"""E-mails, phones, references, cards, IBANs, postcodes, addresses, handles: and the values that stay."""

import pytest

from consistency_check.model import CrmRecord, Value
from consistency_check.redaction.numbers import has_iban_check, has_luhn
from consistency_check.values import parse_value

DANA = {
    "customer_id": "TB-1001",
    "email": "dana@mail.example",
    "phone": "+44 7700 900123",
    "name": "Dana",
    "handle": "@danawhit",
    "attributes": {"order_id": "FO-330871", "booking_ref": "84417"},
}
MASTERCARD = "5555 5555 5555 4444"
IBAN = "GB82 WEST 1234 5698 7654 32"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to Dana@Mail.example.", "email"),
        ("or to somebody.else+x@shop.example", "email"),
        ("ring 07700 900123", "phone"),
        ("ring +44 (0)7700 900 123", "phone"),
        ("ring 020 7946 0999", "phone"),
        ("call 206-555-0101", "phone"),
        ("oh seven seven double oh, nine oh oh one two three", "phone"),
        ("your order FO330871", "reference"),
        ("order 84417 is late", "reference"),
        ("parcel SWR77410 left", "reference"),
        ("account number 4471 now", "reference"),
        ("the card ending in 4471", "reference"),
        (f"my card {MASTERCARD}", "card"),
        ("card 5555\u00a05555\u00a05555\u00a04444.", "card"),
        ("card 5555.5555.5555.4444", "card"),
        ("card 5555  5555  5555  4444", "card"),
        ("card 5555–5555–5555–4444", "card"),
        ("card 5555 5555\n5555 4444, thanks", "card"),
        ("amex 3782 822463 10005", "card"),
        (f"pay to {IBAN}", "iban"),
        (f"pay to {IBAN.replace(' ', chr(0xA0))} today", "iban"),
        (f"pay to {IBAN.replace(' ', '-')}", "iban"),
        (f"pay to {IBAN.replace(' 1234', chr(10) + '1234')}, then", "iban"),
        ("to LS6 3HN", "postcode"),
        ("at 12 Mill Lane", "address"),
        ("born 12/03/1984", "birth"),
        ("date of birth: March 12, 1984", "birth"),
        ("my birthday is Mar 12th 1984", "birth"),
        ("for @somebody_else", "handle"),
        ("hi @DanaWhit", "customer"),
        ("you are TB-1001", "customer"),
        ("danawhit was it", "customer"),
    ],
)
def test_what_is_personal(make_redactor, text, kind):
    shown = make_redactor(DANA).redact_text(text, "TB-1001")
    assert f"{kind}-" in shown
    kept = {word for word in text.split() if any(sign.isdigit() or sign == "@" for sign in word)}
    assert not kept & set(shown.split())


@pytest.mark.parametrize(
    "text",
    [
        "within 30 days, 10000 mAh, £1,000,000 or 1234.50",
        "from 2026-03-01 to 01/04/2026, at 10:30-18:00",
        "24h or 48 hours, 4x4, B2B, 100ml, 3-5 business days",
        "in May 2026, since March 2024, until 2025",
        "a 12 month policy of 2026",
        "bands of 20. 30. 40. 50. 60. 65",
        "2026-03-01  2026-04-12",
        "200\n300\n350\n375\n400",
        "1.000.000.000.009 in all",
    ],
)
def test_what_is_a_value_stays(make_redactor, text):
    """The last four would be cards by their check digit alone."""
    assert make_redactor(DANA).redact_text(text, "TB-1001") == text


def test_one_number_however_it_is_written(make_redactor):
    redactor = make_redactor(DANA)
    ways = ("07700 900123", "+447700900123", "+44 7700-900-123")
    assert len({redactor.redact_text(way, "TB-1001") for way in ways}) == 1
    assert redactor.redact_text("DANA@mail.example", "TB-1001") == redactor.redact_text(
        "dana@mail.example", ""
    )


def test_the_companys_own_contacts_stay(make_redactor):
    policies = [
        ("help.line", "contact", "+44 20 7946 0142", "Call {value}."),
        ("help.mail", "contact", "help@shop.example", "Write to {value}, not to post@shop.example."),
    ]
    redactor = make_redactor(DANA, policies=policies)
    text = "call 020 7946 0142, write to help@shop.example or post@shop.example"
    assert redactor.redact_text(text, "TB-1001") == text


def quote_whole(redactor, quote, type_name, value):
    return redactor.redact_quoted(quote, quote, 0, "TB-1001", "", (type_name, value))[1]


def test_a_wrong_number_that_was_told_stays_in_its_quote(make_redactor):
    redactor = make_redactor(DANA)
    quote = "Dana, call 020 7946 0999"
    shown = quote_whole(redactor, quote, "contact", parse_value("contact", "020 7946 0999"))
    assert shown.endswith("call 020 7946 0999") and not shown.startswith("Dana")
    assert "020 7946 0999" not in quote_whole(redactor, quote, "duration", None)


def test_the_customers_own_number_goes_even_where_it_was_taken_for_a_value(make_redactor):
    redactor = make_redactor(DANA)
    value = parse_value("contact", "07700 900123")
    assert "900123" not in quote_whole(redactor, "I will ring 07700 900123", "contact", value)
    assert redactor.redact_value("07700900123", "contact", "TB-1001", "").startswith("phone-")


def test_a_value_that_looks_like_a_reference_stays_in_its_quote(make_redactor):
    redactor = make_redactor({**DANA, "name": "May", "attributes": {"order_id": "123456"}})
    value, quote = parse_value("number", "123456"), "you have 123456 points"
    assert quote_whole(redactor, quote, "number", value) == quote != redactor.redact_text(quote, "TB-1001")
    day = Value("date", 501, 501, "month-day")
    assert quote_whole(redactor, "by 1 May", "date", day) == "by 1 May"
    assert quote_whole(
        redactor, "order 1234567: 30 days", "duration", parse_value("duration", "30 days")
    ).endswith(": 30 days")


def test_a_card_is_no_value_where_the_one_claimed_is_not_found(make_redactor):
    redactor = make_redactor({**DANA, "name": "May"})
    for card in (MASTERCARD, MASTERCARD.replace(" ", "")):
        quote = f"Your card {card} has several attempts"
        assert "5555" not in quote_whole(redactor, quote, "number", None)
        assert "5555" not in quote_whole(redactor, quote, "number", parse_value("number", "3"))
    assert quote_whole(redactor, "call by 1 May or so", "date", None) == "call by 1 May or so"
    points = "you have 123456 points"
    assert quote_whole(redactor, points, "number", None) == points


def test_check_digits():
    assert has_luhn("5555555555554444") and not has_luhn("5555555555554445") and not has_luhn("000000000000")
    assert has_iban_check("GB82WEST12345698765432") and not has_iban_check("GB83WEST12345698765432")


def test_attributes_are_pseudonyms_where_they_describe_a_person(make_redactor):
    redactor = make_redactor(DANA, crm=[CrmRecord("TB-1001", names=("Dana Whitfield",))])
    given = [
        ("tier", "gold"),
        ("postcode", "LS6 3HN"),
        ("order_id", "FO-330871"),
        ("surname", "Whitfield"),
        ("dob", ""),
    ]
    shown = redactor.redact_attributes(given, "TB-1001")
    assert [*shown] == [name for name, _ in given]
    assert shown["tier"] == "gold" and shown["dob"] == ""
    assert shown["postcode"].startswith("postcode-") and shown["order_id"].startswith("reference-")
    assert shown["surname"] == redactor.name_person("TB-1001", "Dana")


def test_ids_and_paths_lose_only_what_somebody_is_known_by(make_redactor):
    redactor = make_redactor(DANA)
    assert redactor.redact_id("exports/chat.jsonl:17", "TB-1001") == "exports/chat.jsonl:17"
    assert redactor.redact_id("CH-15201", "TB-1001") == "CH-15201"
    emily = make_redactor({**DANA, "name": "Emily Reed"})
    assert emily.redact_id("EM0114", "TB-1001") == "EM0114"
    assert "Em" not in emily.redact_id("Chat with Em.txt", "TB-1001")
    assert "Dana" not in redactor.redact_id("exports/WhatsApp Chat with Dana.txt:3", "TB-1001")
    assert "900123" not in redactor.redact_id("sms/+447700900123-1", "TB-1001")
