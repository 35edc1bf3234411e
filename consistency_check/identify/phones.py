"""Phone numbers in one way of writing: E.164, with the extension where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from consistency_check.identify.keys import CACHE_SIZE

# Fewer digits than this are an extension or a short code, not a line of a customer's.
MIN_DIGITS = 7
# E.164 whose first digits hold no zero: no trunk zero can have been left in after the country code.
_CLEAN_E164 = re.compile(r"\+[1-9]{4}\d{4,11}")
_NORTH_AMERICAN = re.compile(r"(?:\+?1[-. ]?)?\(?([2-9]\d\d)\)?[-. ]?([2-9]\d\d)[-. ]?(\d{4})")


@lru_cache(maxsize=CACHE_SIZE)
def normalise_phone(text: str, region: str) -> str:
    """The number in E.164 (";ext=12" added), read as a number of `region` where it names no country.

    A number that names no country and is none of the region's is its digits, without leading zeros:
    `find_abroad` may know where it belongs. "" for what is no number.
    """
    written = text.strip()
    # Most exports write E.164 or the North American way; both are read without the number plan.
    if region in ("US", "CA") and (match := _NORTH_AMERICAN.fullmatch(written)) and _is_area(match[1]):
        return f"+1{match[1]}{match[2]}{match[3]}"
    if _CLEAN_E164.fullmatch(plain := re.sub(r"[\s.()-]", "", written)):
        return plain
    digits = re.sub(r"\D", "", written)
    if len(digits) < MIN_DIGITS or not digits.strip("0"):
        return ""
    return _parse(written, region) or _parse(f"+{digits}", "") or digits.lstrip("0")


@cache
def _is_area(code: str) -> bool:
    """True for an area code that is given out; one that is not may begin another country's number."""
    import phonenumbers

    return phonenumbers.is_valid_number(phonenumbers.parse(f"+1{code}5550123"))


def _parse(written: str, region: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(written, region or None, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return ""
    # A country code that stands there is believed; one that is only assumed must fit the number plan.
    if region and number.country_code_source != phonenumbers.CountryCodeSource.FROM_DEFAULT_COUNTRY:
        fits = phonenumbers.is_possible_number(number)
    else:
        # The region's own plan is asked first: it is three times faster than a search through all.
        own = region and phonenumbers.is_valid_number_for_region(number, region)
        fits = own or phonenumbers.is_valid_number(number)
    if not fits:
        return ""
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{e164};ext={number.extension}" if number.extension else e164


def find_abroad(numbers: Iterable[str], region: str) -> dict[str, str]:
    """For numbers that name no country: the one number in E.164 among all of them that they must be.

    That is the number of `region` with these digits, else the only one of any country. It ends in the same
    digits (`find_tail`), so numbers with other ends need not be asked.
    """
    numbers = sorted(set(numbers))
    bare = [number for number in numbers if is_bare(number) and find_tail(number) is not None]
    if not bare:
        return {}
    import phonenumbers

    known: dict[str, list[str]] = {}
    for number in numbers:
        if number.startswith("+") and ";" not in number:
            codes = (
                n for n in (1, 2, 3) if int(number[1 : n + 1]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
            )
            for written in {number[next(codes, 0) + 1 :].lstrip("0"), number[1:]}:
                known.setdefault(written, []).append(number)
    home = f"+{phonenumbers.country_code_for_region(region)}"
    found = {}
    for number in bare:
        choices = known.get(number, [])
        choices = [choice for choice in choices if choice == home + number] or choices
        if len(choices) == 1:
            found[number] = choices[0]
    return found


def is_bare(number: str) -> bool:
    """True for a number that names no country."""
    return not number.startswith("+")


def find_tail(number: str) -> int | None:
    """The last digits of a number; None for one that `find_abroad` passes over: short, or an extension."""
    digits = number.removeprefix("+")
    return int(digits[-MIN_DIGITS:]) if ";" not in digits and len(digits) >= MIN_DIGITS else None


class UnknownRegionError(ValueError):
    """A region that no number plan is known for; the message says what to write instead."""


def find_region(name: str) -> str:
    """The two-letter region code of `name`. Raises UnknownRegionError."""
    region = {"UK": "GB"}.get(code := name.strip().upper(), code)
    if region == "US":
        return region
    import phonenumbers

    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise UnknownRegionError(
            f"{name!r}: no phone numbers are known of this region; write a country code such as US or GB"
        )
    return region
