"""What was read of each reply, and with which wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consistency_check.ledger.packing import pack_asking, pack_claims, unpack_asking, unpack_reply
from consistency_check.ledger.store import Ledger
from consistency_check.model import Asking, Claim, Reply

AT_ONCE = 8192
"""Readings that are settled at once."""


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


def drop_readings(ledger: Ledger, numbers: Sequence[int]) -> None:
    """Forget what was read of these replies."""
    ledger.run("DELETE FROM readings WHERE seq IN (SELECT unnest(?))", [numbers])


def write_readings(ledger: Ledger, readings: Sequence[StoredReading]) -> None:
    """Keep what was read of replies of which nothing is known."""
    ledger.insert(
        "readings",
        {
            "seq": [each.seq for each in readings],
            "claims": [pack_claims(each.claims) for each in readings],
            "asking": [pack_asking(each.asking) for each in readings],
            "policies": [list_policies(each.claims, each.asking) for each in readings],
            "kept": [each.kept for each in readings],
            "met": [list(each.met) for each in readings],
        },
    )


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reply as settling needs it (id, text, time), and what is kept of its reading.

    `claims` and `asking` are as stored.
    """

    seq: int
    reply: Reply
    kept: bytes
    claims: str
    asking: str


def walk_kept(ledger: Ledger, policies: Sequence[str]) -> Iterator[list[KeptReading]]:
    """In pages, what is kept of each reading in which one of these policies had a part."""
    which = "SELECT seq FROM readings WHERE list_has_any(met, ?) ORDER BY seq"
    numbers = ledger.fetch_numbers(which, [list(policies)])
    for at in range(0, len(numbers), AT_ONCE):
        page = ledger.fetch(
            """
            SELECT seq, head, place, text, kept, claims, asking
            FROM readings JOIN replies USING (seq) JOIN (SELECT unnest(?) AS seq) AS wanted USING (seq)
            ORDER BY seq
            """,
            [numbers[at : at + AT_ONCE].tolist()],
        )
        yield [
            KeptReading(seq, unpack_reply(head, place, text), kept, claims, asking)
            for seq, head, place, text, kept, claims, asking in page
        ]


def list_resettled(
    settled: Iterable[tuple[KeptReading, Sequence[Claim]]],
) -> list[tuple[int, str, list[str]]]:
    """Those that claim something else than is stored: their numbers, claims as stored, and policies."""
    packed = ((known, pack_claims(claims), claims) for known, claims in settled)
    return [
        (known.seq, said, list_policies(claims, unpack_asking(known.asking)))
        for known, said, claims in packed
        if said != known.claims
    ]


def write_settled(ledger: Ledger, resettled: Sequence[tuple[int, str, list[str]]]) -> None:
    """Put other claims in the place of those of some readings, and name them in the table `settled`."""
    if not resettled:
        return
    numbers, claims, policies = (list(column) for column in zip(*resettled, strict=True))
    ledger.run(
        """
        UPDATE readings SET claims = given.claims, policies = given.policies
        FROM (SELECT unnest(?) AS seq, unnest(?) AS claims, unnest(?) AS policies) AS given
        WHERE given.seq = readings.seq
        """,
        [numbers, claims, policies],
    )
    ledger.insert("settled", {"seq": numbers})


def list_policies(claims: Sequence[Claim], asking: Asking) -> list[str]:
    """The policies that claims or their question are about, sorted: a finding may rest on either."""
    return sorted({*(claim.policy for claim in claims), *asking.policies})
