"""What was read of each reply, and with which wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consistency_check.ledger.packing import pack_asking, pack_claims
from consistency_check.ledger.store import Ledger
from consistency_check.model import Asking, Claim


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reply's number, its claims, what it asked, and what its claims can be settled anew with.

    `met` are the policies whose answers had a part in it.
    """

    seq: int
    claims: tuple[Claim, ...]
    asking: Asking
    kept: bytes = b""
    met: tuple[str, ...] = ()


def write_readings(ledger: Ledger, readings: Sequence[StoredReading]) -> None:
    """Put readings in the place of what was read of these replies before."""
    if not readings:
        return
    numbers = [each.seq for each in readings]
    ledger.run("DELETE FROM readings WHERE seq IN (SELECT unnest(?))", [numbers])
    ledger.insert(
        "readings",
        {
            "seq": numbers,
            "claims": [pack_claims(each.claims) for each in readings],
            "asking": [pack_asking(each.asking) for each in readings],
            "policies": [sorted({claim.policy for claim in each.claims}) for each in readings],
            "kept": [each.kept for each in readings],
            "met": [list(each.met) for each in readings],
        },
    )


def walk_kept(
    ledger: Ledger, policies: Sequence[str], at_once: int = 8192
) -> Iterator[list[tuple[Any, ...]]]:
    """In pages, of each reply in whose reading one of these policies had a part: number, head, place,

    text, question, what was asked before, what is kept of it, its claims and its asking as they are stored.
    """
    numbers = ledger.fetch(
        "SELECT seq FROM readings WHERE list_has_any(met, ?) ORDER BY seq", [list(policies)]
    )
    for at in range(0, len(numbers), at_once):
        page = [seq for (seq,) in numbers[at : at + at_once]]
        yield ledger.fetch(
            """
            SELECT seq, head, place, text, question, asked_before, kept, claims, asking, met
            FROM readings JOIN replies USING (seq) JOIN (SELECT unnest(?) AS seq) USING (seq) ORDER BY seq
            """,
            [page],
        )
