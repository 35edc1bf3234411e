"""The words at which a value may begin are looked up in a table that cannot grow without end."""

from __future__ import annotations

from consistency_check.values.scan.scanner import LONGEST_KEPT, MOST_KEPT, Beginnings


def test_a_plain_word_begins_nothing_and_figures_a_value() -> None:
    beginnings = Beginnings()
    assert [beginnings[word] is None for word in ("puzzle", "five", "30", "$", "x9y")] == [
        *(True, False, False, False, True)
    ]


def test_long_words_and_too_many_words_are_not_kept() -> None:
    beginnings = Beginnings()
    assert beginnings["x" * (LONGEST_KEPT + 1)] is None
    assert not beginnings
    for number in range(MOST_KEPT + 5):
        assert beginnings[f"{number}"] is not None
    assert len(beginnings) == MOST_KEPT
