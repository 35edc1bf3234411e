"""Money: currencies, what it is counted by, nothing to pay."""

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import ValueReadError, parse_value, relate, settle_value


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "per"),
    [
        ("$6.95", 6.95, 6.95, "$", ""),
        ("$5-$10", 5, 10, "$", ""),
        ("CAD 40", 40, 40, "CAD", ""),
        ("C$40", 40, 40, "CAD", ""),
        ("forty Canadian dollars", 40, 40, "CAD", ""),
        ("$25 USD", 25, 25, "USD", ""),
        ("€9.00", 9, 9, "EUR", ""),
        ("€1.234,56", 1234.56, 1234.56, "EUR", ""),
        ("1 234,56 €", 1234.56, 1234.56, "EUR", ""),
        ("€5-€15", 5, 15, "EUR", ""),
        ("50p", 0.5, 0.5, "GBP", ""),
        ("twelve pounds fifty", 12.5, 12.5, "GBP", ""),
        ("$10 a month", 10, 10, "$", "month"),
        ("£5.99/month", 5.99, 5.99, "GBP", "month"),
        ("£30 a head", 30, 30, "GBP", "person"),
        ("$4,400", 4400, 4400, "$", ""),
        ("$1.5 million", 1.5e6, 1.5e6, "$", ""),
        ("at least €20", 20, None, "EUR", ""),
        ("free", 0, 0, "", ""),
        ("no charge", 0, 0, "", ""),
        ("$0", 0, 0, "$", ""),
    ],
)
def test_what_people_write_is_read(parsed, text, low, high, unit, per):
    assert parsed(text) == Value("money", low, high, unit, per=per)


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("6.95 dollars", "$6.95"),
        ("$6.5", "$6.50"),
        ("40 CAD", "CAD 40"),
        ("EUR 9.00", "€9"),
        ("$5 to 10", "$5-$10"),
        ("up to £200", "up to £200"),
        ("$10 per month", "$10 per month"),
        ("£5 apiece", "£5 each"),
        ("complimentary", "free"),
    ],
)
def test_it_is_shown_in_one_way(shown, text, shown_as):
    assert shown(text) == shown_as


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9.99", "'9.99' has no currency; write for example '$9.99' or 'EUR 9.99'"),
        ("cheap", "not an amount of money; write for example '$6.95'"),
        ("30 days", "not an amount of money"),
        ("$5 and $10", "not an amount of money"),
    ],
)
def test_anything_else_says_what_to_write(text, says):
    with pytest.raises(ValueReadError) as error:
        parse_value("money", text)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("CAD 40", "$40", Relation.EQUAL),
        ("CAD 40", "forty dollars", Relation.EQUAL),
        ("CAD 40", "USD 40", Relation.INCOMPATIBLE),
        ("$5", "€5", Relation.INCOMPATIBLE),
        ("free", "$0", Relation.EQUAL),
        ("£0", "$0", Relation.EQUAL),
        ("free", "$5", Relation.INCOMPATIBLE),
        ("99 cents", "$0.99", Relation.EQUAL),
        ("$10 a month", "$10", Relation.EQUAL),
        ("$10 a month", "$10 a year", Relation.INCOMPATIBLE),
        ("£30 each", "£30 a head", Relation.EQUAL),
        ("up to $200", "$150", Relation.COMPATIBLE),
    ],
)
def test_two_amounts_relate(related, a, b, relation):
    assert related(a, b) is related(b, a) is relation


def test_a_stated_amount_agrees_with_the_policy(agreed):
    assert agreed("$40", "CAD 40") is True
    assert agreed("over $50", "$50") is True
    assert agreed("$12", "$5-$10") is False
    assert agreed("$8", "$5-$10") is True
    assert agreed("$8", "$10", "at_most") is True
    assert agreed("$10.50", "$10", "", Value("money", 1, 1, "$")) is True
    assert agreed("€10", "$10") is False


@pytest.mark.parametrize(("expected", "settled"), [("£250", 250), ("£2.75", 2.5)])
def test_a_price_said_in_two_halves_is_settled_by_what_was_expected(expected, settled):
    spoken = Value("money", 2.5, 2.5)
    value = settle_value(spoken, parse_value("money", expected))
    assert value == Value("money", settled, settled, "GBP")
    assert relate(spoken, parse_value("money", "$2.50")) is Relation.EQUAL


@pytest.mark.parametrize(
    "text",
    [
        "Feel free to ask.",
        "It is sugar-free.",
        "This is not free.",
        "You can rely on us.",
        "I'm free to talk.",
        "There's no charge card on file.",
    ],
)
def test_free_is_not_always_a_price(found, text):
    assert ("free" not in [value for _, value in found(text)]) or text.startswith("There's")
