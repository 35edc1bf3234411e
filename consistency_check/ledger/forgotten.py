"""What was erased and must not come again with the next export, remembered without any personal data."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import blake2b

from consistency_check.ledger.store import Ledger

FORGOTTEN = "forgotten"
"""Why such a reply is left out."""
_SALT = "salt"
_RETIRED = "retired"


def remember_forgotten(ledger: Ledger, keys: Iterable[str]) -> None:
    """Keep keyed hashes of the keys of replies: they tell nothing to anybody who has not got the key."""
    salt = ledger.read_fact(_SALT) or secrets.token_hex(32)
    ledger.write_fact(_SALT, salt)
    ledger.insert("forgotten", {"mark": sorted(_sign_key(bytes.fromhex(salt), key) for key in keys)})


def remember_retired(ledger: Ledger, before: date) -> None:
    """Replies sent before this day are not taken in again; an earlier day changes nothing."""
    ledger.write_fact(_RETIRED, max(read_retired(ledger), before.isoformat()))


def read_retired(ledger: Ledger) -> str:
    """The day (ISO 8601) before which replies are left out; empty for none."""
    return ledger.read_fact(_RETIRED)


def open_forgotten(ledger: Ledger) -> Callable[[str, str], str]:
    """A function from a reply's key and day (ISO 8601, or empty) to why it is left out, empty for nothing."""
    salt, retired = bytes.fromhex(ledger.read_fact(_SALT)), read_retired(ledger)
    marks = {mark for (mark,) in ledger.fetch("SELECT mark FROM forgotten")}

    def explain(key: str, day: str) -> str:
        if day and day < retired:
            return f"before {retired}"
        return FORGOTTEN if marks and _sign_key(salt, key) in marks else ""

    return explain


def _sign_key(salt: bytes, key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), key=salt, digest_size=16).hexdigest()
