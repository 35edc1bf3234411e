"""Where a text names what identifies somebody: e-mails, phones, references, postcodes and addresses.

Linking asks what two records share, and is strict: what nobody is known by counts for nothing. Taking people
out of a text asks what might be somebody's, so here a number counts by its look as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consistency_check.identify.columns import (
    DETAILS,
    GIVEN_NAMES,
    SURNAMES,
    is_reference_column,
    names_reference,
)
from consistency_check.identify.details import find_addresses, find_postcodes
from consistency_check.identify.identity import Evidence
from consistency_check.identify.mentions import LONGEST_PHONE, Known, find_last_digits
from consistency_check.identify.patterns import LONGEST_SEARCHED
from consistency_check.identify.phones import MIN_DIGITS
from consistency_check.identify.references import (
    MOST_CHUNKS,
    find_emails,
    find_runs,
    find_spoken,
    find_written,
    may_be_spoken,
    strip_separators,
)
from consistency_check.identify.resolution import Resolution

EMAIL, PHONE, REFERENCE, POSTCODE, ADDRESS = "email", "phone", "reference", "postcode", "address"
_FIGURE = re.compile(r"[0-9]")
_CHUNK = re.compile(r"[A-Za-z0-9]+")
_WRITTEN_PHONE = re.compile(
    r"(?<![\w.,/£$€+-])(?:\+|00)?\(?\d(?:[ .()/-]{0,2}\d){6,14}(?:;ext=\d{1,6})?(?!\w|[.,:]\d)"
)
_DATE_LIKE = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{2,4}")
_NORTH_AMERICAN = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]+\d{3}[-. ]\d{4}")
# Letters and digits in one piece, and not a number with its unit: RT7K2M, KK47750, LK-10080, not 30days, 4x4.
_MIXED = re.compile(r"(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){3})[A-Z0-9]{6,24}|[A-Z]{1,6}-[0-9]{4,12}")
_BARE = re.compile(r"[0-9]{7,19}")
# fmt: off
_NO_PREFIX = frozenset((
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "MARCH", "APRIL",
    "JUNE", "JULY", "EUR", "GBP", "USD", "AUD", "CAD", "NZD", "CHF", "IN", "BY", "ON", "TO", "OF", "FOR",
    "THE", "FROM", "UNTIL", "TILL", "SINCE", "AFTER", "NO", "ISO", "EN",
))
# fmt: on
# "booking RT7K2M", "order number is 4471", "Ref: HX-12": what a word such as `order` names.
_NAMED = re.compile(
    r"\b(?P<word>[A-Za-z]{2,12})(?: (?:id|no|number|ref|reference|code|is)\b\.?){0,3}(?: ?[:#]| is| was)? ?#?"
    r"(?P<said>(?=[A-Za-z]*[-/]?[0-9])[A-Za-z0-9]{1,12}(?:[-/][A-Za-z0-9]{1,12}){0,4})\b"
)
_MIN_NAMED = 4
_ENDING_IN = re.compile(
    r"\b(?:ending|ends|last four(?: digits)?)(?: (?:in|with|on|are|is))? (?P<said>\d{4})\b"
)


class Sighting(NamedTuple):
    """`text[start:end]` is somebody's, of one `kind`; `said` is how it is compared.

    `is_known` where a record or a customer bears it: then it is personal whatever stands around it.
    """

    start: int
    end: int
    kind: str
    said: str
    is_known: bool


class Spotter:
    """Finds what the customers of a resolution may be known by; `patterns` are of the user's references."""

    def __init__(self, resolution: Resolution, patterns: Sequence[re.Pattern[str]] = ()) -> None:
        self._known = Known(resolution.nodes)
        self._patterns = patterns

    def find(self, text: str) -> list[Sighting]:
        """All of a text, from left to right; where two overlap, the surer one."""
        found: list[Sighting] = []
        taken: list[tuple[int, int]] = []
        for each in self._list_all(text):
            if all(each.end <= start or end <= each.start for start, end in taken):
                taken.append((each.start, each.end))
                found.append(each)
        return sorted(found)

    def _list_all(self, text: str) -> Iterator[Sighting]:
        """The surest kind first."""
        if "@" in text:
            for start, end, said in find_emails(text):
                yield Sighting(start, end, EMAIL, said, said in self._known.emails)
        for pattern in self._patterns:
            for found in pattern.finditer(text[:LONGEST_SEARCHED]):
                group = 1 if pattern.groups and found[1] else 0
                yield Sighting(*found.span(group), REFERENCE, strip_separators(found[group]), True)
        if figures := len(_FIGURE.findall(text)):
            yield from self._list_figures(text, figures)
        if may_be_spoken(text):
            for start, end, digits, letters in find_spoken(text):
                yield from self._judge_spoken(start, end, letters + digits)

    def _list_figures(self, text: str, figures: int) -> Iterator[Sighting]:
        """What has digits in it, of which the text has so many."""
        written = list(find_written(text, find_runs(text)))
        phones = list(self._list_phones(text)) if figures >= MIN_DIGITS else []
        yield from (phone for phone in phones if phone.is_known)
        for start, run in written:
            yield from self._find_known(start, run)
        yield from phones
        yield from find_named(text)
        for start, end, said in find_postcodes(text):
            yield Sighting(start, end, POSTCODE, said, False)
        for start, end, said in find_addresses(text):
            yield Sighting(start, end, ADDRESS, said, False)
        for start, run in written:
            yield from find_built(start, run)

    def _find_known(self, start: int, run: str) -> Iterator[Sighting]:
        """The longest rows of neighbouring chunks that somebody is known by."""
        chunks = list(_CHUNK.finditer(run))[:MOST_CHUNKS]
        first = 0
        while first < len(chunks):
            for last in range(len(chunks) - 1, first - 1, -1):
                signs = "".join(chunk[0] for chunk in chunks[first : last + 1]).upper()
                if kind := self._know(signs, chunks[first][0], is_row=last > first):
                    begin, end = chunks[first].start(), chunks[last].end()
                    yield Sighting(start + begin, start + end, kind, self._name(kind, signs), True)
                    first = last
                    break
            first += 1

    def _know(self, signs: str, begins: str, *, is_row: bool) -> str:
        known = self._known
        if signs in known.owners or signs in known.references:
            return REFERENCE
        if find_last_digits(signs) in known.phones:
            return PHONE
        like = known.knows_shape(signs) and any(sign.isdigit() for sign in signs)
        in_capitals = begins.upper() == begins and begins not in _NO_PREFIX
        return REFERENCE if like and (in_capitals or not is_row) else ""

    def _name(self, kind: str, signs: str) -> str:
        if kind == PHONE:
            return self._known.phones[find_last_digits(signs)]
        return self._known.owners.get(signs, signs)

    def _list_phones(self, text: str) -> Iterator[Sighting]:
        for found in _WRITTEN_PHONE.finditer(text):
            digits = re.sub(r"\D", "", found[0].partition(";")[0])
            known = self._known.phones.get(find_last_digits(digits), "")
            if known or _is_phone(found[0], digits):
                yield Sighting(*found.span(), PHONE, known or digits.lstrip("0"), bool(known))

    def _judge_spoken(self, start: int, end: int, said: str) -> Iterator[Sighting]:
        digits = re.sub(r"\D", "", said)
        if known := self._known.phones.get(find_last_digits(digits), ""):
            yield Sighting(start, end, PHONE, known, True)
        elif said in self._known.owners or said in self._known.references:
            yield Sighting(start, end, REFERENCE, said, True)
        elif len(digits) >= MIN_DIGITS and digits == said:
            yield Sighting(start, end, PHONE, digits.lstrip("0"), False)
        elif len(digits) >= _MIN_NAMED:
            yield Sighting(start, end, REFERENCE, said, False)


def find_named(text: str) -> Iterator[Sighting]:
    """What stands behind a word that names references, and the last digits of a card."""
    for found in _NAMED.finditer(text):
        said = strip_separators(found["said"])
        if len(said) >= _MIN_NAMED and names_reference(found["word"]) and not _is_year(said):
            yield Sighting(*found.span("said"), REFERENCE, said, False)
    for found in _ENDING_IN.finditer(text):
        yield Sighting(*found.span("said"), REFERENCE, found["said"], False)


def find_built(start: int, run: str) -> Iterator[Sighting]:
    """What is built like a reference, whoever's: letters and digits in one piece, or many digits."""
    for found in re.finditer(r"[A-Za-z0-9]+(?:-[0-9]+)?", run):
        if (_MIXED.fullmatch(found[0]) or _BARE.fullmatch(found[0])) and not _is_decimal(run, found):
            yield Sighting(
                start + found.start(), start + found.end(), REFERENCE, strip_separators(found[0]), False
            )


def _is_decimal(run: str, found: re.Match[str]) -> bool:
    return run[: found.start()].endswith(".") or run[found.end() :].startswith(".")


def _is_phone(written: str, digits: str) -> bool:
    """Tells a phone number by its look from a date or a sum; a bare one begins with 0."""
    if not MIN_DIGITS <= len(digits) <= LONGEST_PHONE or _DATE_LIKE.fullmatch(written):
        return False
    begins = written.startswith(("+", "(", "0"))
    return (begins and len(digits) > MIN_DIGITS) or bool(_NORTH_AMERICAN.fullmatch(written))


def _is_year(said: str) -> bool:
    return len(said) == 4 and said.startswith(("19", "20"))


def list_called(resolution: Resolution) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """For each customer, and each record without replies: the key, the names, and ids and handles."""
    for members in resolution.clusters.list_members():
        profile = resolution.clusters[resolution.clusters.find(members[0])]
        key = resolution.name_customer(members[0])
        handles = {handle.partition(":")[2] for handle in profile.handles}
        keys = handles | ({profile.owner} if profile.owner else set())
        yield key, tuple(sorted(profile.names)), tuple(sorted(keys))


def find_personal(column: str) -> str:
    """What a column holds of a person, as a kind of sighting; towns and states are too many people's."""
    if column in _NAME_COLUMNS:
        return "person"
    if is_reference_column(column):
        return REFERENCE
    kind = DETAILS.get(column)
    return _SIGHTED.get(kind, "") if kind is not None else ""


_NAME_COLUMNS = frozenset(
    (*GIVEN_NAMES, *SURNAMES, "full_name", "customer_name", "contact_name", "caller_name")
)
_SIGHTED = {
    Evidence.POSTCODE: POSTCODE,
    Evidence.STREET: ADDRESS,
    Evidence.HOUSE: ADDRESS,
    Evidence.BIRTH: "birth",
    Evidence.PERSON_ID: REFERENCE,
}
