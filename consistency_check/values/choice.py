"""One of a policy's options, by the option's name."""

from __future__ import annotations

from consistency_check.model import Value
from consistency_check.values.compare import agrees_words, relate_words
from consistency_check.values.kinds import ValueReadError, ValueType


def parse_choice(text: str) -> Value:
    """Read an option's name; whether the policy has it is for the knowledge base to say."""
    word = " ".join(text.split())
    if word:
        return Value("choice", word=word)
    raise ValueReadError("the choice is empty; write the name of one of the options")


def show_choice(value: Value) -> str:
    """The option's name."""
    return value.word


def _same(a: Value, b: Value) -> bool:
    return a.word.casefold() == b.word.casefold()


VALUE_TYPE = ValueType("choice", parse_choice, show_choice, relate_words(_same), agrees_words(_same))
