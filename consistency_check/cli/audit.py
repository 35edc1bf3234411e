"""`audit`: from exports and policies to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from consistency_check.cli import given, options
from consistency_check.cli.door import CANNOT_AUDIT
from consistency_check.cli.options import Engine, FailOn, GroupBy
from consistency_check.cli.privacy import Context, Redact, RedactKey, open_privacy
from consistency_check.cli.scope import takes_settings

if TYPE_CHECKING:
    from consistency_check.gate import Gate
    from consistency_check.intake import AuditSettings, Progress
    from consistency_check.model import Report
    from consistency_check.privacy import Privacy
    from consistency_check.report import ReportOptions

    Run = Callable[[AuditSettings, Progress | None], Report]


@takes_settings()
def audit(
    settings: AuditSettings,
    gate: Gate,
    format_name: options.Format = "full",
    digest: options.DigestOption = None,
    output_file: options.OutputFile = None,
    group_by: options.GroupByOption = GroupBy.CUSTOMER,
    fail_on: options.FailOnOption = FailOn.LOW,
    exit_zero: options.ExitZero = False,
    max_new: options.MaxNew = 0,
    ledger: options.LedgerFile = None,
    ledger_wait: options.LedgerWait = 0.0,
    new_only: options.NewOnly = False,
    engine: options.EngineOption = Engine.HERE,
    master: options.Master = None,
    output_parquet: options.OutputParquet = None,
    redact: Redact = False,
    redact_key: RedactKey = None,
    context: Context = None,
    log_format: options.LogFormatOption = None,
    log_level: options.LogLevelOption = options.LogLevel.INFO,
    profile: options.Profile = False,
    quiet: options.Quiet = False,
    no_color: options.NoColour = False,
) -> None:
    """Hold replies against the policies and each other.

    Finds the customers who were told different things, and the answers that contradict the policy in
    force on the day they were sent.
    """
    from consistency_check.cli.profile import show_profile

    del log_level  # heeded where the options are taken
    if profile and log_format:
        raise typer.BadParameter("the log has the seconds of each step; leave it out", param_hint="--profile")
    on_spark = choose_engine(engine, master, output_parquet, has_ledger=ledger is not None)
    run = follow_ledger(ledger, ledger_wait, gate.today) if ledger else on_spark
    with show_profile(profile) as profiled:
        report = print_audit(
            settings,
            f"digest-{digest}" if digest else format_name,
            output_file,
            group_by,
            privacy=open_privacy(settings, redact, redact_key),
            context=context,
            quiet=quiet or log_format is not None,
            no_color=no_color,
            gate=gate,
            fail_on=fail_on,
            new_only=new_only,
            run=run,
        )
        profiled.tell(report)
    raise typer.Exit(choose_exit_code(report, FailOn.NEVER if exit_zero else fail_on, max_new))


def choose_engine(engine: Engine, master: str | None, parquet: str | None, *, has_ledger: bool) -> Run | None:
    """An audit on Spark, where it is asked for; raises typer.BadParameter for what does not go with it."""
    if engine is Engine.HERE:
        for name, word in (("--master", master), ("--output-parquet", parquet)):
            if word:
                raise typer.BadParameter("it is for Spark; add --engine spark", param_hint=name)
        return None
    if has_ledger:
        raise typer.BadParameter(
            "a ledger is kept on one machine; leave one of them out", param_hint="--engine"
        )

    def run(settings: AuditSettings, progress: Progress | None) -> Report:
        from consistency_check.engines.spark import audit_sources

        del progress
        with closing(audit_sources(settings, master or "local[*]", parquet or "")) as audited:
            if parquet:
                audited.write_parquet(parquet)
            return audited.make_report()

    return run


def follow_ledger(path: Path, wait: float, day: date, keep_from: date | None = None) -> Run:
    """An audit that goes on from a ledger, all or nothing of which is remembered."""

    def run(settings: AuditSettings, progress: Progress | None) -> Report:
        from consistency_check.events import Event, tell
        from consistency_check.follow_up import run_follow_up
        from consistency_check.ledger import open_ledger
        from consistency_check.stopwatch import spend_in

        def tell_wait() -> None:
            tell(Event.LEDGER_AWAITED, path=str(path))

        with spend_in("ledger"), open_ledger(path, wait, on_wait=tell_wait) as ledger:
            found = run_follow_up(ledger, settings, day, progress, keep_from)
        tell(Event.LEDGER_WRITTEN, path=str(path), run=found.run)
        return found.report

    return run


def print_audit(
    settings: AuditSettings,
    format_name: str,
    output_file: Path | None,
    group_by: str,
    *,
    quiet: bool,
    no_color: bool,
    gate: Gate | None = None,
    fail_on: FailOn = FailOn.LOW,
    new_only: bool = False,
    run: Run | None = None,
    privacy: Privacy | None = None,
    context: int | None = None,
) -> Report:
    """Run the audit and write its report as the gate leaves it, without people where `privacy` is given.

    Whatever can be refused is refused before it starts.
    """
    from consistency_check.audit import run_audit
    from consistency_check.cli.output import check_output, has_colour, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.events import Event, tell
    from consistency_check.report import OUTPUTS, write_report
    from consistency_check.stopwatch import spend_in

    given.read_names("--format", [format_name], OUTPUTS)
    check_output(output_file)
    with show_progress(settings.sources, quiet) as progress:
        report = (run or run_audit)(privacy.settings if privacy else settings, progress)
    with spend_in("report"):
        report = shape_report(report, gate, privacy, context)
        shown = show_new(report) if new_only else report
        look = choose_look(group_by, fail_on, colour=has_colour(no_color, output_file))
        with open_output(output_file) as stream:
            write_report(format_name, shown, stream, look)
    tell(Event.OUTPUT_WRITTEN, path=str(output_file or "-"), format=format_name)
    tell_notes(report, report.notes)
    if not quiet and format_name not in ("full", "concise"):
        print_notes(report)
    return report


def shape_report(report: Report, gate: Gate | None, privacy: Privacy | None, context: int | None) -> Report:
    """The report as the gate leaves it, without people and with as few words around a quote as asked for."""
    from consistency_check.gate import settle_report
    from consistency_check.redaction import trim_report

    report = settle_report(report, gate) if gate else report
    report = privacy.redact_report(report) if privacy else report
    return report if context is None else trim_report(report, context)


def choose_look(group_by: str, fail_on: FailOn, *, colour: bool) -> ReportOptions:
    """How the report looks, whatever its format."""
    from consistency_check.checks import CHECKS
    from consistency_check.cli.output import measure_width
    from consistency_check.model import Severity
    from consistency_check.report import ReportOptions, RuleText

    rules = tuple(RuleText(each.name, each.summary, each.explanation) for each in CHECKS.values())
    least = None if fail_on is FailOn.NEVER else Severity(fail_on.value)
    return ReportOptions(measure_width(), colour, group_by, rules, least)


def show_new(report: Report) -> Report:
    """The report without the findings that nobody has to look at; its counts stay."""
    return replace(report, findings=tuple(each for each in report.findings if each.status.is_open), fixed=())


def print_notes(report: Report) -> None:
    """What a script would not show a person: notes and unusable records, on standard error."""
    from consistency_check.report.escape import show_text
    from consistency_check.report.headline import count_unusable, say_count

    for note in (*report.notes, *report.reminders):
        typer.echo(show_text(note), err=True)
    if report.problems:
        records = say_count(count_unusable(report), "record")
        typer.echo(f"{records} could not be used; see `problems`.", err=True)


def tell_notes(report: Report, notes: Iterable[str]) -> None:
    """Log what did not run, as a failure where nothing was compared at all."""
    from consistency_check.audit import was_compared
    from consistency_check.events import Event, tell

    event = Event.NOTE if was_compared(report) else Event.RUN_FAILED
    for note in notes:
        tell(event, message=note)


def choose_exit_code(report: Report, fail_on: FailOn, max_new: int = 0) -> int:
    """0 nothing new at or above `fail_on`, 1 more than `max_new` new findings are, 2 nothing was compared."""
    from consistency_check.audit import was_compared
    from consistency_check.model import Severity

    if not was_compared(report):
        return CANNOT_AUDIT
    if fail_on is FailOn.NEVER:
        return 0
    least = Severity(fail_on.value).rank
    new = (finding for finding in report.findings if finding.status.is_open)
    return int(sum(finding.severity.rank >= least for finding in new) > max_new)
