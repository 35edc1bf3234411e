"""References: which columns hold them, how they are written, and what of a text may be one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify.columns import is_reference_column
from consistency_check.identify.patterns import PatternError, compile_pattern, list_patterned
from consistency_check.identify.references import (
    find_runs,
    find_shape,
    learn_shapes,
    list_column_references,
    list_mentions,
    list_spoken,
    may_be_spoken,
    normalise_reference,
)


def mentions(text: str) -> set[str]:
    return set(list_mentions(text, find_runs(text)))


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("order_id", True),
        ("booking_ref", True),
        ("account_no", True),
        ("reservation", True),
        ("Case_Number", True),
        ("product_id", False),
        ("agent_id", False),
        ("flight_no", False),
        ("order_date", False),
        ("order_total", False),
        ("tier", False),
        ("ssn", False),  # describes the person, and is weighed as that
    ],
)
def test_columns_by_name(name: str, is_one: bool) -> None:
    assert is_reference_column(name) is is_one


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("FO-502266", "FO502266"),
        ("swr 4471 9920", "SWR44719920"),
        ("26/00318/HOU", "2600318HOU"),
        ("RT7K2M", "RT7K2M"),
        ("70411829", "70411829"),
        ("12345", ""),  # bare digits so few are a sum or a year
        ("express", ""),
        ("n/a", ""),
        ("000000", ""),
        ("a parcel with 2 lamps and 3 shades in it", ""),
    ],
)
def test_a_reference_in_one_way(written: str, normal: str) -> None:
    assert normalise_reference(written) == normal


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Re: FO-502266, your boots", "FO502266"),
        ("I've got it up, SWR 4471 9920.", "SWR44719920"),
        ("booking RT7K2M, wheel destroyed", "RT7K2M"),
        ("found you kk51907 in the system", "KK51907"),
        ("Our ref.: BQ/SK103544/2", "SK103544"),
        ("26/00318/HOU: rear extension", "2600318HOU"),
        ("(card 2 4410 1187 3)", "2441011873"),
        ("call me on 07700 900219", "07700900219"),
        ("write to Jess.Eastham@post.example.", "jess.eastham@post.example"),
    ],
)
def test_what_a_text_may_mention(text: str, reference: str) -> None:
    assert reference in mentions(text)


@pytest.mark.parametrize("text", ["You have 14 days, or 30.", "It costs £1,200.", "", "Since 2024, yes."])
def test_numbers_that_are_no_references(text: str) -> None:
    assert mentions(text) == set()


def test_references_that_are_read_out() -> None:
    text = "so that's S W R, double four seven one, nine nine two zero, thank you"
    assert may_be_spoken(text)
    assert "SWR44719920" in set(list_spoken(text))
    assert not may_be_spoken("It takes three days, and one of us phones.")


def test_shapes_need_two_examples_and_letters() -> None:
    assert find_shape("FO486630") == "L2D6"
    assert learn_shapes(["FO486630", "FO502266", "FO502266", "RT7K2M", "70411829", "70422310"]) == {"L2D6"}


def test_a_column_with_several_references() -> None:
    assert list(list_column_references({"order_id": "FO-502266; FO-502267", "tier": "FO-502268"})) == [
        "FO502266",
        "FO502267",
    ]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(\d+)+x", "may take for ever"),
        (r"(a|b*)*c", "may take for ever"),
        (r"\w+\s*\w+", "may take for ever"),
        (r"(x{1,9}){1,9}", "may take for ever"),
        (r"(a)\1", "may take for ever"),
        (r"REF[", "no regular expression"),
        (r"x?", "fits no text"),
        ("x" * 201, "at most 200"),
    ],
)
def test_patterns_that_are_refused(pattern: str, words: str) -> None:
    with pytest.raises(PatternError, match=words):
        compile_pattern(pattern)


def test_patterns_of_the_user() -> None:
    patterns = [compile_pattern(r"ref\.? ?(\d{3,4})\b"), compile_pattern("ZZ-[A-Z]{3}")]
    assert list(list_patterned("Ref. 471, and zz-abc", patterns)) == ["471", "ZZABC"]


@given(st.text(alphabet="aA1 -/.@x9é", max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_searched(text: str) -> None:
    for mention in mentions(text):
        assert len(mention) >= 5


@pytest.mark.parametrize(
    "text",
    ["1 " * 10_000, "A1" * 10_000, "1-A-" * 5_000, "four " * 5_000, "a@" * 10_000, "a." * 10_000 + "@"],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    mentions(text)
    if may_be_spoken(text):
        list(list_spoken(text))
    assert time.process_time() - start < 1
