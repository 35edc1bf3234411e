"""Yes or no."""

from __future__ import annotations

from consistency_check.model import Value
from consistency_check.values.compare import agrees_words, relate_words
from consistency_check.values.kinds import ValueReadError, ValueType

_WORDS = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "on": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
    "off": "no",
}
"""What YAML 1.1 takes for a truth value, and people write for one."""


def parse_yes_no(text: str) -> Value:
    """Read 'yes', 'no' and the other words of YAML."""
    word = _WORDS.get(text.strip().lower())
    if word:
        return Value("yes_no", word=word)
    raise ValueReadError(f"'{text}' is neither yes nor no; write 'yes' or 'no'")


def show_yes_no(value: Value) -> str:
    """'yes' or 'no'."""
    return value.word


def _same(a: Value, b: Value) -> bool:
    return a.word == b.word


VALUE_TYPE = ValueType("yes_no", parse_yes_no, show_yes_no, relate_words(_same), agrees_words(_same))
