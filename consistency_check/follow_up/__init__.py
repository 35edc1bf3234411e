"""The hall of an audit that goes on from what a ledger holds: only what is new is read, all is reported."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from consistency_check.events import Event, tell
from consistency_check.follow_up.fingerprints import take_fingerprints
from consistency_check.follow_up.judging import find_touched, judge_customers
from consistency_check.follow_up.linking import link_replies
from consistency_check.follow_up.reading import read_due
from consistency_check.follow_up.taking import take_replies
from consistency_check.follow_up.telling import tell_run
from consistency_check.intake import (
    AuditSettings,
    Omitted,
    Progress,
    SettingsError,
    build_linker,
    load_knowledge,
    make_terms,
)
from consistency_check.ledger import Ledger
from consistency_check.ledger.facts import load_fingerprints, write_fingerprints
from consistency_check.ledger.replies import Arrivals, find_last_moment, walk_replies
from consistency_check.ledger.runs import begin_run
from consistency_check.ledger.upkeep import retire
from consistency_check.model import Problem, Report
from consistency_check.stopwatch import spend_in

__all__ = ["FollowUp", "refuse_parts", "run_follow_up"]

PARTS = {
    "links": "--links",
    "since": "--since",
    "until": "--until",
    "channels": "--channel",
    "topics": "--topic",
}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A run's report, what it loaded, and how many replies it read and customers it looked at again."""

    report: Report
    run: int
    arrivals: Arrivals
    read: int
    customers: int


def run_follow_up(
    ledger: Ledger,
    settings: AuditSettings,
    today: date,
    progress: Progress | None = None,
    keep_from: date | None = None,
) -> FollowUp:
    """Audit all that the ledger knows and the sources bring, as an audit of all of it from scratch would.

    What was sent before the day `keep_from` leaves the ledger first.
    Raises what `run_audit` raises, and SettingsError for a setting that would make the ledger know a part.
    """
    refuse_parts(settings)
    knowledge = load_knowledge(settings)
    omitted = Omitted()
    run = begin_run(ledger, today.isoformat())
    if keep_from:
        erased = retire(ledger, keep_from)
        tell(Event.REPLIES_RETIRED, before=keep_from.isoformat(), replies=erased.replies)
    arrivals = take_replies(ledger, settings, omitted, run, progress)
    tell(Event.REPLIES_LOADED, **asdict(arrivals))
    in_crm: list[Problem] = []
    with spend_in("link"):  # before reading, whose libraries take as much memory as linking does
        grown = link_replies(ledger, settings, in_crm)
    tell(Event.CUSTOMERS_LINKED, identities=grown.reached)
    old, new = load_fingerprints(ledger), take_fingerprints(knowledge, settings)
    read = read_due(ledger, knowledge, settings, omitted, old, new)
    omitted.problems += in_crm
    tell(Event.REPLIES_READ, replies=read)
    touched = find_touched(ledger, grown, old, new)
    terms = make_terms(settings, knowledge, find_last_moment(ledger))
    with spend_in("judge"):
        tallies = judge_customers(ledger, grown, knowledge, terms, run)
    ledger.run("DELETE FROM unsettled")
    _introduce(ledger, settings)
    write_fingerprints(ledger, new)
    report = tell_run(ledger, knowledge, settings, omitted, tallies, run, today)
    counts = report.summary.by_status
    tell(
        Event.FINDINGS_JUDGED,
        customers=touched,
        findings=report.summary.findings,
        new=counts["new"] + counts["reopened"],
        fixed=counts["fixed"],
    )
    return FollowUp(report, run, arrivals, read, touched)


def _introduce(ledger: Ledger, settings: AuditSettings) -> None:
    """Tell whoever wants to meet them who the customers are: all are linked for it, which a ledger spares."""
    if settings.meet:
        linker = build_linker(settings, [])
        for page in walk_replies(ledger, "SELECT seq FROM replies"):
            for known in page:
                linker.add(known.reply)
        settings.meet(linker.resolve())


def refuse_parts(settings: AuditSettings) -> None:
    """Raises SettingsError for a setting that would make a ledger know a part only."""
    for name, option in PARTS.items():
        if getattr(settings, name):
            raise SettingsError(f"{option}: a ledger remembers all customers and replies; leave it out")
