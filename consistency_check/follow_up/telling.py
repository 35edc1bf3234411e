"""What a run reports: all findings that hold, what became of earlier ones, and the counts of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from consistency_check.checks import rank_finding
from consistency_check.figures import build_headline
from consistency_check.intake import AuditSettings, Omitted
from consistency_check.ledger import Ledger
from consistency_check.ledger.findings import load_gone, walk_findings
from consistency_check.ledger.runs import load_nights, write_night
from consistency_check.ledger.volume import Volume
from consistency_check.model import KnowledgeBase, Night, Report, Status, Tally
from consistency_check.summary import list_notes, sum_up


def tell_run(
    ledger: Ledger,
    knowledge: KnowledgeBase,
    settings: AuditSettings,
    omitted: Omitted,
    tallies: Sequence[Tally],
    run: int,
    today: date,
) -> Report:
    """The report of a run that is done, whose figures are remembered for the next ones."""
    held = Volume()
    gone = [each for each in load_gone(ledger, run) if each.check in settings.checks]
    found = (each for each in walk_findings(ledger, run, today) if each.check in settings.checks)
    summary = sum_up(tallies, held.take(found), settings.checks, omitted.left_out, len(gone))
    headline = build_headline(tallies)
    new = sum(summary.by_status[each.value] for each in Status if each.is_open)
    night = Night(run, today.isoformat(), summary.replies, len(held), new, len(gone), headline)
    write_night(ledger, night)
    return Report(
        summary=summary,
        findings=held,
        problems=tuple(omitted.problems),
        notes=tuple(list_notes(knowledge, summary, settings.sources, settings.topics)),
        fixed=tuple(sorted(gone, key=rank_finding)),
        headline=headline,
        nights=tuple(load_nights(ledger)),
    )
