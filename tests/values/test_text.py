"""Prose."""

from consistency_check.model import Relation


def test_prose_is_read_without_extra_spaces(shown):
    assert shown(" bring\n  your passport ") == "bring your passport"


def test_only_the_same_words_compare(related, agreed):
    assert related("Bring it.", "bring it.") is Relation.EQUAL
    assert related("Bring it.", "Carry it here.") is Relation.NOT_COMPARABLE
    assert agreed("Bring it.", "bring it.") is True
    assert agreed("Bring it.", "Carry it here.") is None
