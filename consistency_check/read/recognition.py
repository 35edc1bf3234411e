"""Words by which an answer shows that its writer knew of an earlier contact of the customer.

Each sign (`signs.py`) has texts that it must and texts that it must not match; a test runs them all. What a
company says of every reply ("thank you for your e-mail"), and what it says of the message in hand ("I have
read your letter"), is no sign.

Of the 14,101 replies of tests/corpora and tests/lessons 157 match, and read one by one 154 of them are right;
the signs were written with these at hand, so elsewhere it will be fewer. The count is that of

    python -c "import glob, json; from consistency_check.read.recognition import recognises_contact as knows
    print(sum(knows(json.loads(line).get('text', '')) for name in glob.glob('tests/*/*/exports/*.jsonl')
        for line in open(name, encoding='utf-8')))"
"""

from __future__ import annotations

import re

from consistency_check.read.passages import find_quoted
from consistency_check.read.scene import lies_in
from consistency_check.read.signs import SIGNS

LONGEST_LOOK = 4_000
"""Characters looked at: who knows of an earlier contact says so near the beginning."""

_PART = re.compile(r"[^.!?\n]+")
"""What stands between the ends of sentences, or of lines: no sign goes beyond one."""
_PATTERNS = tuple((sign.list_needs(), re.compile(sign.pattern)) for sign in SIGNS)


def recognises_contact(text: str) -> bool:
    """Whether a reply shows that its writer knew of an earlier contact; what it quotes shows nothing."""
    low = text[:LONGEST_LOOK].replace("’", "'").lower()
    parts: list[tuple[int, int, str]] = []
    places: list[int] = []
    for needs, pattern in _PATTERNS:
        # To look for plain words takes a fraction of the time that the patterns take.
        met = [[word for word in words if word in low] for words in needs]
        if not all(met):
            continue
        parts = parts or [(*part.span(), part[0]) for part in _PART.finditer(low)]
        places += [
            found.start()
            for start, end, part in parts
            if has_each(part, met)
            for found in pattern.finditer(low, start, end)
        ]
    if not places:
        return False
    quoted = find_quoted(low)
    return any(not lies_in(place, quoted) for place in places)


def has_each(part: str, needs: list[list[str]]) -> bool:
    """Whether a part of a text holds a word of each of the needs."""
    for words in needs:
        for word in words:
            if word in part:
                break
        else:
            return False
    return True
