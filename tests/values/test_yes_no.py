"""Yes or no."""

import pytest

from consistency_check.model import Relation
from consistency_check.values import ValueReadError, parse_value


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("yes", "yes"),
        (" No ", "no"),
        ("true", "yes"),
        ("FALSE", "no"),
        ("on", "yes"),
        ("off", "no"),
        ("y", "yes"),
        ("n", "no"),
    ],
)
def test_what_people_write_is_read_and_shown_in_one_way(shown, text, word):
    assert shown(text) == word


def test_anything_else_says_what_to_write():
    with pytest.raises(ValueReadError, match="'maybe' is neither yes nor no; write 'yes' or 'no'"):
        parse_value("yes_no", "maybe")


def test_yes_and_no_relate(related, agreed):
    assert related("yes", "true") is Relation.EQUAL
    assert related("yes", "no") is Relation.INCOMPATIBLE
    assert agreed("yes", "no") is False
