"""Options by name."""

from consistency_check.model import Relation


def test_a_name_is_read_without_extra_spaces(shown):
    assert shown("  original\n payment  method ") == "original payment method"


def test_two_names_relate(related, agreed):
    assert related("Store credit", "store credit") is Relation.EQUAL
    assert related("store credit", "original payment method") is Relation.INCOMPATIBLE
    assert agreed("store credit", "original payment method") is False
