"""What a record says of a person beside keys and name, such as an address, and how far two records agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from consistency_check.identify.columns import DETAILS, GIVEN_NAMES, SURNAMES
from consistency_check.identify.identity import Evidence
from consistency_check.identify.keys import CACHE_SIZE, is_nothing
from consistency_check.identify.weights import CLOSE, DIFFERENT, SAME

Details = Mapping[Evidence, frozenset[str]]

# A town or a state alone is a branch's or a market's as well.
_TELLING = frozenset({Evidence.PERSON_ID, Evidence.BIRTH, Evidence.POSTCODE, Evidence.STREET})
# Jaro-Winkler from which two street names or towns are one, mistyped: "light setreet" is at 0.98.
_CLOSE_WORDS = 0.88
_STREET_WORDS = {
    "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr", "place": "pl", "court": "ct",
    "crescent": "cres", "close": "cl", "terrace": "tce", "circuit": "cct", "boulevard": "blvd",
}  # fmt: skip
# What systems fill in for a date that they do not know.
_NO_BIRTHS = frozenset({"00010101", "19000101", "19700101", "99991231", "00000000"})
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|[A-Z]\d[A-Z]\d[A-Z]\d|[A-Z]\d[\dW][A-Z\d]{4}")
_WRITTEN_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\dW]? ?[A-Z\d]{3,4}\b")
_ADDRESS = re.compile(
    r"\d{1,4}[A-Za-z]? (?:[A-Z][\w'’]{1,20} ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Place|Court|Crescent|Close|Terrace|Row|Rise|Way|Square|Gardens)\b"
)


def read_details(attributes: Mapping[str, str]) -> list[tuple[Evidence, str]]:
    """The details that a record's columns hold, normalised; several of one kind where several columns are."""
    found = []
    for name, text in attributes.items():
        kind = DETAILS.get(name)
        if kind is not None and text and not is_nothing(text) and (said := _normalise(kind, text)):
            found.append((kind, said))
    return found if any(kind in _TELLING for kind, _ in found) else []


def read_name(attributes: Mapping[str, str]) -> str:
    """The name that a record gives in two columns, given name and surname; "" where it does not."""
    given = next((attributes[name] for name in GIVEN_NAMES if attributes.get(name)), "")
    family = next((attributes[name] for name in SURNAMES if attributes.get(name)), "")
    return f"{family}, {given}" if given and family else given or (f"Mx {family}" if family else "")


def find_postcodes(text: str) -> Iterator[tuple[int, int, str]]:
    """Each postcode of Britain, Ireland or Canada in a text: where it stands, and how it is compared."""
    for found in _WRITTEN_POSTCODE.finditer(text):
        if is_postcode(said := _normalise(Evidence.POSTCODE, found[0])):
            yield *found.span(), said


def find_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Each house number with its street in a text: where it stands, and how it is compared."""
    for found in _ADDRESS.finditer(text):
        yield *found.span(), _normalise(Evidence.STREET, found[0])


def list_addresses(text: str, runs: Iterable[re.Match[str]]) -> Iterator[tuple[Evidence, str]]:
    """The addresses that begin with one of a text's runs of digits: house number and street."""
    for run in runs:
        end = run.end()
        may_be = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
        if may_be and (found := _ADDRESS.match(text, run.start())):
            yield Evidence.STREET, _normalise(Evidence.STREET, found[0])


def is_postcode(mention: str) -> bool:
    """True for what is built like a postcode of Britain, Ireland or Canada, without spaces."""
    return bool(_POSTCODE.fullmatch(mention))


@lru_cache(maxsize=CACHE_SIZE)
def _normalise(kind: Evidence, text: str) -> str:
    if kind == Evidence.BIRTH:
        return _normalise_birth(text)
    if kind in (Evidence.POSTCODE, Evidence.PERSON_ID):
        return re.sub(r"[\s-]", "", text).upper()
    words = re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", ""))
    return " ".join(_STREET_WORDS.get(word, word) for word in words)


def _normalise_birth(text: str) -> str:
    """Year, month and day in eight digits; "" where the order cannot be told."""
    parts = re.findall(r"\d+", text.partition("T")[0])
    born = ""
    if len(parts) == 1 and len(parts[0]) == 8:
        born = str(parts[0])
    elif len(parts) >= 3 and len(parts[0]) == 4:
        born = f"{parts[0]}{int(parts[1]):02d}{int(parts[2]):02d}"
    elif len(parts) == 3 and len(parts[2]) == 4 and int(parts[0]) > 12 >= int(parts[1]):
        born = f"{parts[2]}{int(parts[1]):02d}{int(parts[0]):02d}"
    return "" if born in _NO_BIRTHS else born


def compare_details(kind: Evidence, first: frozenset[str], second: frozenset[str]) -> tuple[str, str]:
    """The level at which what is said of two people agrees, and what of it does."""
    if shared := first & second:
        return SAME, min(shared)
    pairs = [(a, b) for a in sorted(first)[:4] for b in sorted(second)[:4]]
    if kind not in (Evidence.HOUSE, Evidence.STATE):
        for a, b in pairs:
            if _is_close(kind, a, b):
                return CLOSE, " / ".join(sorted((a, b)))
    return DIFFERENT, " / ".join(sorted((min(first), min(second))))


@lru_cache(maxsize=CACHE_SIZE)
def _is_close(kind: Evidence, a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA, JaroWinkler

    if kind in (Evidence.PERSON_ID, Evidence.BIRTH, Evidence.POSTCODE):
        return OSA.distance(a, b, score_cutoff=1) <= 1
    return bool(JaroWinkler.similarity(a, b) >= _CLOSE_WORDS)
