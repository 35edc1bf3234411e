"""Numbers by which a company knows a case: orders, bookings, accounts, in columns and in texts.

A column is of references by its name (`order_id`, `booking_ref`); what looks like one in a text is noted, and
counts where a column, the CRM or a pattern of the user's knows such a number, or its shape.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from consistency_check.identify.columns import is_reference_column
from consistency_check.identify.keys import CACHE_SIZE, is_nothing

MIN_SIGNS = 5
"""Letters and digits that a reference has at least."""
MAX_SIGNS = 24
_TWO_DIGITS = re.compile(r"[0-9].*[0-9]")
_MIN_BARE_DIGITS = 6
"""Digits that a reference without letters has at least: shorter ones are sums, years and times."""
MOST_CHUNKS = 6
"""Pieces of a run in a text that a reference may be put together of."""
_SEPARATORS = re.compile(r"[\s./_:#-]+")
_WRITTEN = re.compile(r"[A-Za-z0-9]+(?:[\s./_:#-]{1,2}[A-Za-z0-9]+){0,5}")
# A run of chunks with digits, one separator between them: "SWR 4471 9920", "26/00318/HOU", "(LK10080)". It is
# searched for from its first digit, which is ten times as fast as from its first letter.
_FROM_DIGIT = re.compile(
    r"[0-9][A-Za-z0-9]{0,23}(?:[ ./-][A-Za-z]{0,6}[0-9][A-Za-z0-9]{0,23}){0,5}(?:[/-][A-Z]{1,5}(?![A-Za-z]))?"
)
_BEFORE_DIGIT = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]{1,5}[ /-])?(?<![A-Za-z])[A-Za-z]{0,6}\Z")
_LONGEST_BEFORE = 14
_EMAIL_IN_TEXT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_DIGIT_WORD = rf"(?:{'|'.join(_DIGIT_WORDS)})"
_SPOKEN_DIGIT = rf"(?:(?:double|triple)[ -])?{_DIGIT_WORD}"
_SPOKEN = re.compile(rf"\b{_SPOKEN_DIGIT}(?:[ ,-]{{1,2}}{_SPOKEN_DIGIT}){{3,15}}\b")
_LETTERS_BEFORE = re.compile(r"(?:\b[A-Z][ ,-]{1,2}){1,4}\Z")
# Those that do not stand in other words, as "one" does in "phone".
_RARER_DIGITS = ("zero", "nought", "three", "four", "five", "six", "seven", "eight", "nine")
_MIN_SPOKEN = 2


def strip_separators(written: str) -> str:
    """In capitals, without what stands between the parts of a reference."""
    return _SEPARATORS.sub("", written).upper()


@lru_cache(maxsize=CACHE_SIZE)
def normalise_reference(text: str) -> str:
    """The reference in capitals without separators; "" for what is none, such as a word or a year."""
    written = text.strip()
    if not _WRITTEN.fullmatch(written) or is_nothing(written):
        return ""
    return _accept(strip_separators(written))


def _accept(signs: str) -> str:
    if not MIN_SIGNS <= len(signs) <= MAX_SIGNS or not signs.isascii():
        return ""
    fits = (
        len(signs) >= _MIN_BARE_DIGITS and signs.strip("0") if signs.isdigit() else _TWO_DIGITS.search(signs)
    )
    return signs if fits else ""


def list_column_references(attributes: Mapping[str, str]) -> Iterator[str]:
    """The references that a record's columns hold."""
    for name, text in attributes.items():
        if text and is_reference_column(name):
            for part in text.split(";"):
                if reference := normalise_reference(part):
                    yield reference


def find_runs(text: str) -> list[re.Match[str]]:
    """Each run of chunks with digits; most texts have few."""
    return list(_FROM_DIGIT.finditer(text))


def list_mentions(text: str, runs: Iterable[re.Match[str]]) -> Iterator[str]:
    """What the runs of a text may be, references or phone numbers, and e-mail addresses beside them."""
    for _, written in find_written(text, runs):
        chunks = [written] if written.isalnum() else _SEPARATORS.split(written)[:MOST_CHUNKS]
        yield from _list_joined(chunks)
    if "@" in text:
        yield from (said for _, _, said in find_emails(text))


def find_written(text: str, runs: Iterable[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """Where each run begins with the letters before it, and all of it; shorter ones are no reference."""
    for found in runs:
        start, written = found.start(), found[0]
        if start and (
            len(written) >= MIN_SIGNS or text[start - 1].isalpha() or text[start - 2 : start - 1].isupper()
        ):
            before = _BEFORE_DIGIT.search(text[max(start - _LONGEST_BEFORE, 0) : start])
            if before:
                start, written = start - len(before[0]), before[0] + written
        if len(written) >= MIN_SIGNS:
            yield start, written


def find_emails(text: str) -> Iterator[tuple[int, int, str]]:
    """Each e-mail address: where it stands, and how it is compared."""
    for found in _EMAIL_IN_TEXT.finditer(text):
        said = found[0].rstrip(".")
        yield found.start(), found.start() + len(said), said.casefold()


def may_be_spoken(text: str) -> bool:
    """True where the words for several digits occur, which costs less to tell than what they say."""
    return len([word for word in _RARER_DIGITS if word in text]) >= _MIN_SPOKEN


def _list_joined(chunks: Sequence[str]) -> Iterator[str]:
    """Every row of neighbouring chunks, since a text tells not where a reference ends."""
    for start in range(len(chunks)):
        for end in range(start + 1, len(chunks) + 1):
            if reference := _accept("".join(chunks[start:end]).upper()):
                yield reference


def list_spoken(text: str) -> Iterator[str]:
    """ "S W R, double four seven one" as SWR4471."""
    for _, _, digits, letters in find_spoken(text):
        yield from filter(None, {_accept(digits), _accept(letters + digits)})


def find_spoken(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where digits are spoken one by one, those digits, and the letters spoken before them."""
    for found in _SPOKEN.finditer(text):
        digits, times = "", 1
        for word in re.findall(r"[a-z]+", found[0]):
            times = {"double": 2, "triple": 3}.get(word) or times
            if word in _DIGIT_WORDS:
                digits, times = digits + _DIGIT_WORDS[word] * times, 1
        before = _LETTERS_BEFORE.search(text[max(found.start() - _LONGEST_BEFORE, 0) : found.start()])
        start = found.start() - len(before[0]) if before else found.start()
        yield start, found.end(), digits, re.sub(r"[^A-Z]", "", before[0]) if before else ""


def find_shape(reference: str) -> str:
    """How a reference is built: FO486630 is L2D6."""
    if reference.isdigit():
        return f"D{len(reference)}"
    runs = groupby(reference, lambda sign: "D" if sign.isdigit() else "L")
    return "".join(f"{kind}{len(list(run))}" for kind, run in runs)


def learn_shapes(references: Iterable[str]) -> frozenset[str]:
    """The shapes of at least two references that have letters; bare digits in a text may be anything."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for reference in references:
        shape = find_shape(reference)
        if "L" in shape and len(seen[shape]) < 2:
            seen[shape].add(reference)
    return frozenset(shape for shape, examples in seen.items() if len(examples) > 1)
