"""Patterns that users give for their references, refused where one may take for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consistency_check.identify.references import strip_separators

LONGEST_PATTERN = 200
LONGEST_SEARCHED = 5000
"""Characters of a text that a pattern is tried on."""
LONGEST_FOUND = 64
# A repeat of something that repeats takes time that doubles with each sign: (\d+)+, (a|b*)*.
_NESTED_REPEAT = re.compile(r"[*+}?]\)[*+{]|[*+}][^()]*\)\s*[*+{]|\)\s*[*+{][^()]*\)\s*[*+{]")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_MOST_UNBOUNDED = 1
"""Each further one multiplies the time by the length of the text."""
_BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")


class PatternError(ValueError):
    """A pattern that cannot be used; the message says what to write instead."""


def compile_pattern(text: str) -> re.Pattern[str]:
    r"""A pattern such as `REF-\d{6}`. Raises PatternError for one that is wrong or may take for ever."""
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"the pattern has {len(text)} signs; write at most {LONGEST_PATTERN}")
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"{text!r} is no regular expression ({error}); write one such as REF-\\d{{6}}"
        raise PatternError(message) from None
    many = len(_UNBOUNDED.findall(text)) > _MOST_UNBOUNDED
    if many or _NESTED_REPEAT.search(text) or _BACK_REFERENCE.search(text):
        raise PatternError(f"{text!r} may take for ever; bound each repeat, as in REF-\\d{{4,10}}")
    if pattern.search(""):
        raise PatternError(f"{text!r} also fits no text at all; write one such as REF-\\d{{6}}")
    return pattern


def list_patterned(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """What the patterns find, in capitals without separators; a group in a pattern is what counts."""
    for pattern in patterns:
        for found in pattern.finditer(text[:LONGEST_SEARCHED]):
            written = found[1] if pattern.groups and found[1] else found[0]
            if signs := strip_separators(written[:LONGEST_FOUND]):
                yield signs
