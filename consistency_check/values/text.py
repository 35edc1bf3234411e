"""Prose. Whether two texts mean the same is not decided here: only the same words are equal."""

from __future__ import annotations

from consistency_check.model import Relation, Value
from consistency_check.values.kinds import ValueReadError, ValueType


def parse_text(text: str) -> Value:
    """Read prose, with every run of spaces and line breaks made one space."""
    word = " ".join(text.split())
    if word:
        return Value("text", word=word)
    raise ValueReadError("the text is empty; write the answer in words")


def show_text(value: Value) -> str:
    """The prose itself."""
    return value.word


def relate_text(a: Value, b: Value, tolerance: Value | None) -> Relation:
    """Equal where the words are; otherwise not comparable, because other words may mean the same."""
    same = a.word.casefold() == b.word.casefold()
    return Relation.EQUAL if same else Relation.NOT_COMPARABLE


def agrees_text(stated: Value, expected: Value, compare: str, tolerance: Value | None) -> bool | None:
    """True for the same words, None for others."""
    return True if relate_text(stated, expected, tolerance) is Relation.EQUAL else None


VALUE_TYPE = ValueType("text", parse_text, show_text, relate_text, agrees_text)
