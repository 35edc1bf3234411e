"""`review`: people decide what becomes of findings, one after the other or by a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli import given, options
from consistency_check.cli.completion import complete, list_statuses
from consistency_check.cli.door import CANNOT_AUDIT, INTERRUPTED

if TYPE_CHECKING:
    from consistency_check.cli.deciding import Wish
    from consistency_check.model import Finding, Problem, Status

File = Annotated[Path, typer.Argument(metavar="FILE", help="The ledger.", show_default=False)]
WAIT = 30.0
"""Seconds: an audit may come in between, and is done in the meantime."""


def review(
    file: File,
    check: options.Checks = None,
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", metavar="ID", help="Only this policy or topic; may be repeated."),
    ] = None,
    customer: Annotated[
        list[str] | None,
        typer.Option("--customer", metavar="KEY", help="Only this customer; may be repeated."),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="NAME",
            autocompletion=complete(list_statuses),
            help="Only new, reopened, known, accepted, false or fixed; else the first three.",
        ),
    ] = None,
    decide: Annotated[
        list[str] | None,
        typer.Option(
            "--decide",
            metavar="ID=WORD",
            help="Do not ask: accepted, false or fixed, or open to take back; may be repeated.",
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Do not ask: CSV or JSON Lines with finding, decision, reason, expires and author.",
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for --decide.")] = "",
    expires: Annotated[
        str, typer.Option("--expires", metavar="DAY", help="Until when --decide accepts: a day, or 90d.")
    ] = "",
    author: Annotated[
        str | None,
        typer.Option("--author", metavar="NAME", help="Who decides; else as git or the system has it."),
    ] = None,
    today: options.Today = None,
    wait: options.LedgerWait = WAIT,
    no_color: options.NoColour = False,
) -> None:
    """Step through findings and decide on them.

    The new ones come first, the worst of them first. Each decision is kept at once.
    """
    from consistency_check.cli.deciding import find_author, read_wish, read_wishes
    from consistency_check.model import DecisionKind
    from consistency_check.report.escape import show_text

    day = given.read_day("--today", today) or date.today()
    wishes = [read_wish(each, reason, expires, day) for each in decide or ()]
    if expires and not any(each.kind is DecisionKind.ACCEPTED for each in wishes):
        message = "only what --decide accepts ends on a day; leave it out"
        raise typer.BadParameter(message, param_hint="--expires")
    problems: list[Problem] = []
    if decisions:
        read, problems = read_wishes(decisions, day)
        wishes += read
    by = find_author(author)
    if decide or decisions:
        problems += settle_wishes(file, wishes, by, day, wait)
        for problem in sorted(problems):
            typer.echo(show_text(str(problem)), err=True)
        raise typer.Exit(CANNOT_AUDIT if problems else 0)
    queue = load_queue(file, day, wait, check or (), policy or (), customer or (), status or ())
    raise typer.Exit(step_through(file, queue, by, day, wait, no_color))


def settle_wishes(file: Path, wishes: Sequence[Wish], author: str, day: date, wait: float) -> list[Problem]:
    """Write what can be decided, all of it at once; what cannot is returned."""
    from consistency_check.cli.deciding import match_wishes
    from consistency_check.ledger import open_ledger, read_ledger
    from consistency_check.ledger.decisions import decide, forget_decision, write_decision
    from consistency_check.ledger.findings import walk_findings
    from consistency_check.report.headline import say_count

    with read_ledger(file, wait):  # only one that is there
        pass
    with open_ledger(file, wait) as ledger:
        known = list(walk_findings(ledger, ledger.last_run, day)) if ledger.last_run else []
        matched, problems = match_wishes(wishes, {each.id: each for each in known})
        for finding, wish in matched:
            if wish.kind is None:
                forget_decision(ledger, finding)
            else:
                made = decide(wish.kind, finding, wish.reason, wish.author or author, day, wish.expires)
                write_decision(ledger, made)
    typer.echo(f"{say_count(len(matched), 'finding')} decided.")
    return problems


def load_queue(
    file: Path,
    day: date,
    wait: float,
    checks: Sequence[str],
    policies: Sequence[str],
    customers: Sequence[str],
    statuses: Sequence[str],
) -> list[Finding]:
    """The findings to decide on, the new ones first, the worst of them first."""
    from consistency_check.checks import CHECKS, rank_finding
    from consistency_check.ledger import read_ledger
    from consistency_check.ledger.findings import walk_findings
    from consistency_check.model import Status

    given.read_names("--check", checks, CHECKS)
    given.read_names("--status", statuses, list_statuses())
    wanted = set(statuses) or {Status.NEW, Status.REOPENED, Status.KNOWN}
    with read_ledger(file, wait) as ledger:
        known = list(walk_findings(ledger, ledger.last_run, day)) if ledger.last_run else []
    given.read_names("--policy", policies, {name for each in known for name in (each.policy, each.topic)})
    given.read_names("--customer", customers, {each.customer for each in known})
    order: list[Status] = list(Status)
    return sorted(
        (
            each
            for each in known
            if each.status in wanted
            and (not checks or each.check in checks)
            and (not policies or each.policy in policies or each.topic in policies)
            and (not customers or each.customer in customers)
        ),
        key=lambda each: (order.index(each.status), rank_finding(each)),
    )


def step_through(
    file: Path, queue: list[Finding], author: str, day: date, wait: float, no_color: bool
) -> int:
    """Ask about each finding; the exit status."""
    from consistency_check.cli.output import has_colour, measure_width
    from consistency_check.cli.reviewing import Review
    from consistency_check.report import ReportOptions

    if not queue:
        typer.echo("Nothing to decide: no finding of this ledger is asked for.")
        return 0
    look = ReportOptions(measure_width(), has_colour(no_color, None))
    under_way = Review(file, queue, author, day, wait, look)
    try:
        under_way.run()
    except KeyboardInterrupt:
        typer.echo(f"\n{under_way.sum_up()}")
        return INTERRUPTED
    typer.echo(under_way.sum_up())
    return 0
