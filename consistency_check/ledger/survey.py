"""What a ledger holds, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consistency_check.ledger.belongings import HOMES
from consistency_check.ledger.decisions import list_decisions
from consistency_check.ledger.findings import walk_findings
from consistency_check.ledger.forgotten import read_retired
from consistency_check.ledger.rewriting import ERASED
from consistency_check.ledger.schema import VERSION
from consistency_check.ledger.store import Ledger
from consistency_check.model import Status


@dataclass(frozen=True, slots=True)
class ChannelSurvey:
    """The replies of one channel; the days (ISO 8601) are empty where none has one."""

    channel: str
    replies: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of a ledger: `size` and `free` in bytes, days as ISO 8601, empty before the first run.

    `gone` are findings of earlier runs, `forgotten` replies that are left out when they come again, as all
    are from before the day `retired`; `has_traces` where erased bytes are still in the file.
    """

    schema: int
    size: int
    free: int
    runs: int
    first_day: str
    last_day: str
    channels: tuple[ChannelSurvey, ...]
    claims: int
    customers: int
    findings: Mapping[str, int]
    gone: int
    decisions: Mapping[str, int]
    forgotten: int
    retired: str
    has_traces: bool

    @property
    def replies(self) -> int:
        """Of all channels."""
        return sum(each.replies for each in self.channels)


def survey_ledger(ledger: Ledger, today: date) -> Survey:
    """Count what is there; acceptances expire as of `today`."""
    runs = ledger.fetch("SELECT count(*), coalesce(min(day), ''), coalesce(max(day), '') FROM runs")
    channels = ledger.fetch(
        """
        SELECT channel, count(*), coalesce(min(NULLIF(day, '')), ''), coalesce(max(NULLIF(day, '')), '')
        FROM replies GROUP BY channel ORDER BY channel
        """
    )
    found = walk_findings(ledger, ledger.last_run, today) if ledger.last_run else ()
    statuses = Counter(each.status for each in found)
    decided = Counter(each.kind.value for each in list_decisions(ledger))
    block, free = ledger.fetch("SELECT block_size, free_blocks FROM pragma_database_size()")[0]
    return Survey(
        schema=VERSION,
        size=ledger.path.stat().st_size,
        free=block * free,
        runs=runs[0][0],
        first_day=runs[0][1],
        last_day=runs[0][2],
        channels=tuple(ChannelSurvey(*row) for row in channels),
        claims=int(
            ledger.fetch_one(
                "SELECT coalesce(sum(json_array_length(claims)), 0) FROM readings WHERE claims <> ''"
            )
        ),
        customers=ledger.fetch_one(f"SELECT count(DISTINCT customer) FROM {HOMES}"),
        findings={status.value: statuses[status] for status in Status if statuses[status]},
        gone=ledger.fetch_one("SELECT count(*) FROM findings WHERE gone_run IS NOT NULL"),
        decisions=dict(sorted(decided.items())),
        forgotten=ledger.fetch_one("SELECT count(*) FROM forgotten"),
        retired=read_retired(ledger),
        has_traces=bool(ledger.read_fact(ERASED)),
    )
