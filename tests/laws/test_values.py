"""Laws that every value and every text obey."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from consistency_check.model import Relation, Value
from consistency_check.values import (
    VALUE_TYPES,
    agrees,
    find_mentions,
    parse_value,
    relate,
    settle_value,
    show_value,
)
from consistency_check.values.duration import MINUTES
from consistency_check.values.money import PERIODS
from consistency_check.values.scan.units import MEASURE_SIZES

COUNTS = st.integers(0, 10**6).map(float) | st.integers(0, 10**8).map(lambda n: n / 100)
MEASURED = COUNTS | st.floats(1e-4, 1e9).map(lambda x: round(x, 6))


@st.composite
def ranged(draw, type_name, numbers, units, pers=("",)):
    """A point, a range, an upper or a lower bound."""
    low, high = sorted((draw(numbers), draw(numbers)))
    kind = draw(st.sampled_from(("point", "range", "max", "min")))
    if kind == "point":
        high = low
    return Value(
        type_name,
        None if kind == "max" else low,
        None if kind == "min" else high,
        draw(st.sampled_from(units)),
        per=draw(st.sampled_from(pers)),
    )


def is_leap_day(number: float) -> bool:
    return number % 100 <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(number) // 100 - 1]


YEARLESS = st.builds(lambda m, d: float(m * 100 + d), st.integers(1, 12), st.integers(1, 31)).filter(
    is_leap_day
)
FULL = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: float(day.toordinal()))
CLOCKS = st.integers(0, 1439).map(float)
WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1).map(
    lambda text: " ".join(text.split())
)
DURATIONS = ranged("duration", MEASURED, VALUE_TYPES["duration"].units)
MONEY = ranged("money", COUNTS, VALUE_TYPES["money"].units, ("", *PERIODS))
PERCENTS = ranged("percent", MEASURED, ("%",))
NUMBERS = ranged("number", MEASURED, VALUE_TYPES["number"].units)
DATES = ranged("date", FULL, ("day",)) | ranged("date", YEARLESS, ("month-day",))
TIMES = ranged("time", CLOCKS, ("", "12h"), ("", "daily", "mon-fri", "sat"))
PLAIN = st.builds(lambda word: Value("yes_no", word=word), st.sampled_from(("yes", "no")))
NAMED = st.builds(
    lambda kind, word: Value(kind, word=word), st.sampled_from(("choice", "text")), WORDS.filter(bool)
)
CONTACTS = st.builds(
    lambda word: Value("contact", word=word),
    st.from_regex(r"\+?[1-9][0-9]{8,12}|0[1-9][0-9]{8,9}|[a-z]{1,9}@[a-z]{2,9}\.example", fullmatch=True),
)
QUANTITIES = DURATIONS | MONEY | PERCENTS | NUMBERS | DATES | TIMES
VALUES = QUANTITIES | PLAIN | NAMED | CONTACTS
SAME_TYPE = st.sampled_from((DURATIONS, MONEY, PERCENTS, NUMBERS, DATES, TIMES)).flatmap(
    lambda s: st.tuples(s, s)
)
SLACK = st.none() | st.sampled_from([Value("duration", 1, 1, "day"), Value("duration", 15, 15, "minute")])
WORDS_OF_VALUES = (
    "30 thirty days hours per cent % $ £5 € 09:30 to - and half past five up within no more than max ( ) , ."
    " 31/12 a an the next Friday May 5th 2026 free charge oh double dot at @ call 0800 week 36 kg k's first"
    " last of one hundred quarter point 1/2 ½ + # order midnight pm p grand ten not on us nothing waived each"
)
PIECES = st.sampled_from(WORDS_OF_VALUES.split())
TEXTS = st.text() | st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join)


@given(VALUES)
@settings(max_examples=400, deadline=None)
@example(Value("money", 4.5, 4.5, ""))
@example(Value("money", 0.0, 0.0))
@example(Value("time", 0.0, 1439.0, "12h"))
def test_what_is_shown_reads_back(value):
    assert parse_value(value.type, show_value(value)) == value


@given(SAME_TYPE, SLACK)
def test_relate_is_symmetric(pair, tolerance):
    a, b = pair
    tolerance = tolerance if a.type in ("duration", "date", "time") else None
    assert relate(a, b, tolerance) is relate(b, a, tolerance)


@given(VALUES)
def test_a_value_equals_and_agrees_with_itself(value):
    assert relate(value, value) is Relation.EQUAL
    assert agrees(value, value) is True
    assert settle_value(value, value) is not None


@given(VALUES, VALUES)
def test_two_types_never_compare(a, b):
    if a.type != b.type:
        assert relate(a, b) is Relation.NOT_COMPARABLE
        assert agrees(a, b) is None


@given(
    st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(list(MINUTES)), st.sampled_from(list(MINUTES))
)
def test_converted_durations_relate_as_their_originals(a, b, unit, other):
    first, second = Value("duration", a, a, unit), Value("duration", b, b, unit)
    converted = Value(
        "duration", b * MINUTES[unit] / MINUTES[other], b * MINUTES[unit] / MINUTES[other], other
    )
    assert relate(first, second) is relate(first, converted)


@given(st.integers(0, 1000), st.integers(0, 1000), st.data())
def test_converted_measures_relate_as_their_originals(a, b, data):
    unit = data.draw(st.sampled_from(list(MEASURE_SIZES)))
    dimension, size = MEASURE_SIZES[unit]
    others = [
        name for name, (kind, _) in MEASURE_SIZES.items() if kind == dimension and kind != "temperature"
    ]
    other = data.draw(st.sampled_from(others or [unit]))
    converted = b * size / MEASURE_SIZES[other][1]
    first, second = Value("number", a, a, unit), Value("number", b, b, unit)
    assert relate(first, second) is relate(first, Value("number", converted, converted, other))


@given(TEXTS, st.none() | st.dates(), st.booleans())
@settings(max_examples=400, deadline=None)
@example("ten past " * 400, None, False)
@example("one " * 2000, date(2026, 1, 1), False)
@example("(" * 500 + "İ$5 up to ½", date.max, True)
@example("2026-02-30 31/02/2026 99:99 24:00 0/0 1/0 $1e9 " + "9" * 400, date.min, False)
def test_scanning_finds_ordered_passages_of_any_text(text, day, month_first):
    found = find_mentions(text, day, month_first=month_first)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for mention in found:
        assert text[mention.start : mention.end].strip()
        assert parse_value(mention.value.type, show_value(mention.value)) == mention.value


@given(st.sampled_from(list(VALUE_TYPES)), TEXTS)
def test_parsing_reads_or_explains(type_name, text):
    try:
        value = parse_value(type_name, text)
    except ValueError as error:
        assert "; write" in str(error) or "; set" in str(error)
    else:
        assert value.type == type_name
        assert parse_value(type_name, show_value(value)) == value
