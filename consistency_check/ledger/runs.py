"""The runs of a ledger and their figures, night by night."""

from __future__ import annotations

from consistency_check.ledger.packing import pack_headline, unpack_headline
from consistency_check.ledger.store import Ledger
from consistency_check.model import Night


def begin_run(ledger: Ledger, day: str) -> int:
    """The number of a new run, which ISO 8601 day it is of being given."""
    run = ledger.last_run + 1
    ledger.insert("runs", {"run": [run], "day": [day], "headline": [""]})
    return run


def write_night(ledger: Ledger, night: Night) -> None:
    """The figures of a run that has begun."""
    ledger.run(
        "UPDATE runs SET replies = ?, findings = ?, new = ?, fixed = ?, headline = ? WHERE run = ?",
        [night.replies, night.findings, night.new, night.fixed, pack_headline(night.headline), night.run],
    )


def load_nights(ledger: Ledger) -> list[Night]:
    """The last run of every day, the oldest first."""
    rows = ledger.fetch(
        """
        SELECT run, day, replies, findings, new, fixed, headline FROM runs
        WHERE headline <> '' QUALIFY row_number() OVER (PARTITION BY day ORDER BY run DESC) = 1 ORDER BY run
        """
    )
    return [
        Night(run, day, replies, findings, new, fixed, unpack_headline(headline))
        for run, day, replies, findings, new, fixed, headline in rows
    ]
