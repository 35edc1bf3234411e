"""The findings of all runs: which are there, since when, and what became of the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from consistency_check.ledger.decisions import load_decisions, sign_words
from consistency_check.ledger.packing import (
    dump,
    hash_text,
    pack_finding,
    pack_samples,
    unpack_finding,
    unpack_samples,
)
from consistency_check.ledger.shown import Shown
from consistency_check.ledger.store import Ledger
from consistency_check.model import Decision, DecisionKind, Finding, Severity, Status, Tally

AT_ONCE = 512
"""Findings that are looked up at once."""
EVERYBODY = ""
"""In the place of a customer: findings about the whole company."""
MOST_SAMPLES = 5
"""Customers whose answers are looked at behind a count of the whole company: as many as a sum shows."""


class Outcome(NamedTuple):
    """What was found for one customer, or of everybody, and counted; `shown` knows the replies of it."""

    customer: str
    findings: Sequence[Finding]
    tallies: Sequence[Tally]
    shown: Shown


def begin_outcomes(ledger: Ledger) -> None:
    """Make room for what is found for the customers in `touched`, and forget what was counted for them."""
    ledger.run(
        "CREATE OR REPLACE TEMP TABLE found AS "
        "SELECT id, customer, lineage, content, body, shown FROM findings LIMIT 0"
    )
    ledger.run("DELETE FROM tallies WHERE customer IN (SELECT customer FROM touched)")


def add_outcomes(ledger: Ledger, outcomes: Sequence[Outcome]) -> None:
    """What was found for some of them, and counted; `settle_outcomes` makes it known."""
    found = [(outcome, each) for outcome in outcomes for each in outcome.findings]
    ledger.insert(
        "found",
        {
            "id": [each.id for _, each in found],
            "customer": [outcome.customer for outcome, _ in found],
            "lineage": [sign_lineage(each) for _, each in found],
            "content": [sign_words(each) for _, each in found],
            "body": [pack_finding(each) for _, each in found],
            "shown": [numbers for each in outcomes for numbers in each.shown.find(each.findings)],
        },
    )
    counted = [(outcome.customer, each) for outcome in outcomes for each in outcome.tallies]
    ledger.insert(
        "tallies",
        {
            "customer": [customer for customer, _ in counted],
            "name": [each.check for _, each in counted],
            "parts": [_pack_group(each.group) for _, each in counted],
            "count": [each.count for _, each in counted],
            "earliest": [list(each.samples[0].rank) if each.samples else [] for _, each in counted],
            "samples": [pack_samples(each) for _, each in counted],
        },
    )


@lru_cache(10_000)
def _pack_group(group: tuple[str, ...]) -> str:
    """The parts of a group, which are the same for many customers."""
    return dump(group)


def settle_outcomes(ledger: Ledger, run: int) -> None:
    """Put what was found for the customers in `touched`, and for everybody, in the place of what was before.

    Findings that are there again keep their first run; those that are not are gone since this one.
    """
    ledger.run(
        """
        UPDATE findings SET gone_run = ? WHERE gone_run IS NULL AND id NOT IN (SELECT id FROM found)
            AND (customer = ? OR customer IN (SELECT customer FROM touched))
        """,
        [run, EVERYBODY],
    )
    ledger.run(
        """
        UPDATE findings SET customer = found.customer, lineage = found.lineage, content = found.content,
            body = found.body, shown = found.shown, gone_run = NULL,
            reopened_run = CASE WHEN gone_run IS NULL OR gone_run = ? THEN reopened_run ELSE ? END
        FROM found WHERE found.id = findings.id
        """,
        [run, run],
    )
    ledger.run(
        """
        INSERT INTO findings
        SELECT id, customer, lineage, content, body, shown, ?, NULL, NULL FROM found
        WHERE id NOT IN (SELECT id FROM findings)
        """,
        [run],
    )
    for table in ("found", "touched"):
        ledger.run(f"DROP TABLE {table}")


def sign_lineage(finding: Finding) -> str:
    """What a finding is about, whatever was said: check, customer and policy."""
    return hash_text(dump([finding.check, finding.customer, finding.policy]))


def drop_absent(ledger: Ledger, run: int) -> None:
    """Findings and counts of customers who are no longer there, as they are one with others or have gone."""
    absent = "customer <> ? AND customer NOT IN (SELECT key FROM link_customers)"
    ledger.run(f"UPDATE findings SET gone_run = ? WHERE gone_run IS NULL AND {absent}", [run, EVERYBODY])
    ledger.run(f"DELETE FROM tallies WHERE {absent}", [EVERYBODY])


def walk_findings(ledger: Ledger, run: int, today: date) -> Iterator[Finding]:
    """The findings of the latest run, each with its status and its days, in the order of a report.

    What the first run of `today` found first, or a later one of that day, is new.
    """
    decisions = load_decisions(ledger)
    days = load_days(ledger)
    first = find_first_run(days, run)
    settled = _list_settled(ledger, first)
    for id_, lineage, content, body, first_run, reopened_run in _walk_ranked(ledger):
        since, reopened = days.get(first_run, ""), days.get(reopened_run, "")
        decided = [each for each in (decisions.get(id_), decisions.get(content)) if each]
        status, reason = _find_decided(decided, today, reopened)
        if status is Status.NEW:
            status, reason = _find_standing(first, first_run, reopened_run, since, lineage in settled)
        yield unpack_finding(
            body,
            status=status,
            status_reason=reason,
            first_seen=since,
            last_seen=max(since, days.get(run, "")),
        )


def _walk_ranked(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    """The findings that are there, as they are stored, in the order of a report.

    Only their names are sorted: to sort what they say takes memory that grows with them.
    """
    ledger.run(
        """
        CREATE OR REPLACE TEMP TABLE ranked AS
        SELECT id, row_number() OVER (
            ORDER BY list_position(?, said[1]) DESC, customer, said[2], said[3], id
        ) AS place
        FROM (
            SELECT id, customer, json_extract_string(body, ['$.severity', '$.policy', '$.check']) AS said
            FROM findings WHERE gone_run IS NULL
        )
        """,
        [[each.value for each in Severity]],
    )
    query = """
        SELECT place, id, lineage, content, body, first_run, reopened_run
        FROM findings JOIN (SELECT * FROM ranked WHERE place > ? AND place <= ?) USING (id)
    """
    for page in ledger.walk(query, ledger.fetch_one("SELECT count(*) FROM ranked"), AT_ONCE):
        yield from page
    ledger.run("DROP TABLE ranked")


def load_days(ledger: Ledger) -> dict[int, str]:
    """The day of every run by its number."""
    return dict(ledger.fetch("SELECT run, day FROM runs"))


def find_first_run(days: Mapping[int, str], run: int) -> int:
    """The first run of the day of `run`: what that day's first run found is new all day.

    A day to which `--today` went back begins anew: what was found since is known.
    """
    first = run
    while days.get(first - 1) == days[run]:
        first -= 1
    return first


def _list_settled(ledger: Ledger, run: int) -> set[str]:
    """What was put right before, as somebody has said: when it is found with other answers, it is back."""
    rows = ledger.fetch(
        "SELECT lineage FROM findings JOIN decisions ON finding = id WHERE kind = 'fixed' AND first_run < ?",
        [run],
    )
    return {lineage for (lineage,) in rows}


def _find_decided(decided: Sequence[Decision], today: date, reopened: str) -> tuple[Status, str]:
    """What people say of a finding; what they accepted until a day is open again after it.

    So is what they put right that was there again on a later day, `reopened` (ISO 8601, or empty).
    """
    decided = [
        each for each in decided if each.kind is not DecisionKind.FIXED or each.day.isoformat() >= reopened
    ]
    for decision in decided:
        if decision.holds(today):
            return Status(decision.kind.value), str(decision)
    if decided:
        return Status.REOPENED, f"it was accepted until {decided[0].expires}, which is over"
    return Status.NEW, ""


def _find_standing(
    first: int, first_run: int, reopened_run: int | None, since: str, was_settled: bool
) -> tuple[Status, str]:
    """Where a finding stands on which nobody has decided; `first` is the first run of the day."""
    if reopened_run is not None and reopened_run >= first:
        return Status.REOPENED, f"it was gone, and was first found on {since}"
    if first_run < first:
        return Status.KNOWN, f"found since {since}"
    if was_settled:
        return Status.REOPENED, "the same was put right for this customer before"
    return Status.NEW, ""


def load_gone(ledger: Ledger, run: int) -> list[Finding]:
    """The findings that are gone since the day before.

    One that only grew by an answer, or whose customer has another key now, is none of them: a finding of
    today, of the same check and policy, shows one of its replies.
    """
    days = load_days(ledger)
    first = find_first_run(days, run)
    rows = ledger.fetch(
        """
        WITH shows AS (
            SELECT id, gone_run, json_extract_string(body, ['$.check', '$.policy']) AS about,
                unnest(flatten(shown)) AS seq
            FROM findings WHERE greatest(first_run, gone_run, reopened_run) >= ?
        )
        SELECT body, first_run, gone_run FROM findings WHERE gone_run >= ? AND first_run < ?
            AND id NOT IN (
                SELECT gone.id FROM shows AS gone JOIN shows AS new USING (about, seq)
                WHERE gone.gone_run IS NOT NULL AND new.gone_run IS NULL
            )
        ORDER BY id
        """,
        [first, first, first],
    )
    return [
        unpack_finding(
            body,
            status=Status.FIXED,
            status_reason="no longer found",
            first_seen=days.get(first_run, ""),
            last_seen=days.get(gone_run - 1, ""),
        )
        for body, first_run, gone_run in rows
    ]


def load_tallies(ledger: Ledger) -> Iterator[Tally]:
    """What all customers add up to: a tally for each check and group, with the samples heard first of all."""
    rows = ledger.fetch(
        """
        SELECT name, parts, sum(count)::BIGINT,
            min({'earliest': earliest, 'samples': samples}, ?) FILTER (samples <> '')
        FROM tallies GROUP BY name, parts ORDER BY name, parts
        """,
        [MOST_SAMPLES],
    )
    for name, parts, count, first in rows:
        answers = dict.fromkeys(each for one in first or () for each in unpack_samples(one["samples"]))
        yield Tally(name, tuple(json.loads(parts)), count, tuple(answers))
