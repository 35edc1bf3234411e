"""What identifies a customer, written in one way: customer ids, e-mails, handles and conversations."""

from __future__ import annotations

import re
from functools import lru_cache

# A key of a million replies must not take a million cache entries; people come in runs.
CACHE_SIZE = 16384

# What systems write into a field that they cannot fill; the last is a Salesforce id that means null.
_NOTHING = frozenset(
    {
        "",
        "0",
        "-",
        "--",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "anonymous",
        "anon",
        "guest",
        "undefined",
    }
    | {"nan", "not set", "not given", "withheld", "private", "unavailable", "000000000000000aaa"}
)
# Mail boxes that no customer writes from.
_NO_ONES_BOX = re.compile(r"(?:no|do[-_.]?not)[-_.]?reply|mailer-daemon|postmaster|bounces?")
_ANGLED = re.compile(r"<([^<>]*)>")


def is_nothing(text: str) -> bool:
    """True for a placeholder such as "n/a", "unknown" or a row of zeros."""
    return text.strip().casefold() in _NOTHING or not text.strip("0 -")


@lru_cache(maxsize=CACHE_SIZE)
def normalise_customer_id(text: str) -> str:
    """The id as given, for ids may differ in case alone; "" for a placeholder."""
    return "" if is_nothing(text) else text.strip()


@lru_cache(maxsize=CACHE_SIZE)
def normalise_email(text: str) -> str:
    """The address in lower case, out of "Name <address>" where it is written so; "" if it is none."""
    angled = _ANGLED.search(text)
    address = (angled[1] if angled else text).strip().casefold().removeprefix("mailto:")
    box, at, domain = address.rpartition("@")
    if not (box and at and domain) or re.search(r"\s", address) or _NO_ONES_BOX.fullmatch(box):
        return ""
    return address


@lru_cache(maxsize=CACHE_SIZE)
def normalise_handle(text: str) -> str:
    """The handle in lower case without its @; "" for a placeholder."""
    handle = text.strip().removeprefix("@").casefold()
    return "" if is_nothing(handle) else handle


@lru_cache(maxsize=CACHE_SIZE)
def normalise_conversation(text: str, channel: str) -> str:
    """The conversation's key.

    An id of letters and at least four digits ("T-67700") is one thread in whatever channel: a ticket
    may begin by e-mail and end by phone. A plain number counts for its channel alone, since every
    system starts counting at 1.
    """
    conversation = text.strip()
    if is_nothing(conversation):
        return ""
    digits = sum(c.isdigit() for c in conversation)
    if digits >= 4 and any(c.isalpha() for c in conversation):
        return conversation
    return f"{channel}:{conversation}"
