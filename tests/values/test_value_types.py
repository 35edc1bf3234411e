"""The folder scan, and that every value type has its test."""

from pathlib import Path

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import VALUE_TYPES, ValueReadError, agrees, parse_value, relate

TYPES = ["choice", "contact", "date", "duration", "money", "number", "percent", "text", "time", "yes_no"]


def test_the_scan_finds_the_ten_types():
    assert list(VALUE_TYPES) == TYPES


@pytest.mark.parametrize("name", TYPES)
def test_no_type_is_without_a_test(name):
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", TYPES)
def test_an_empty_text_is_no_value_of_any_type(name):
    with pytest.raises(ValueReadError, match="; write"):
        parse_value(name, " ")


def test_an_unknown_type_is_an_error_that_lists_the_types():
    with pytest.raises(ValueReadError, match="no type 'weight'; use one of choice, contact"):
        parse_value("weight", "3 kg")


def test_values_of_two_types_do_not_compare():
    days, count = Value("duration", 3, 3, "day"), Value("number", 3, 3)
    assert relate(days, count) is Relation.NOT_COMPARABLE
    assert agrees(days, count) is None
