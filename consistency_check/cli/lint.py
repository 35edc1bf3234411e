"""`policies lint`: what is doubtful in a knowledge base that loads."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli import given, options


class LintFormat(StrEnum):
    """How advice is printed."""

    FULL = "full"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"


class LintFailOn(StrEnum):
    """The least level of advice that makes the exit status 1."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"
    NEVER = "never"


def lint(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The knowledge base.")] = Path("policies"),
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="NAME", help="Only this rule; may be repeated."),
    ] = None,
    skip_rule: Annotated[
        list[str] | None, typer.Option("--skip-rule", metavar="NAME", help="Not this rule; may be repeated.")
    ] = None,
    stale_after: Annotated[
        int,
        typer.Option("--stale-after", metavar="DAYS", min=0, help="A policy unchanged for longer is stale."),
    ] = 0,
    day: Annotated[
        str | None,
        typer.Option("--day", metavar="DAY", help="Reckon from this day (2026-03-01); else today."),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="First put keys in order, and mend indentation, quotes and line ends."),
    ] = False,
    fail_on: Annotated[
        LintFailOn, typer.Option("--fail-on", help="Exit 1 where advice is at least this grave.")
    ] = LintFailOn.WARNING,
    format_name: Annotated[
        LintFormat,
        typer.Option("--format", "-f", help="A line each; one JSON document; or what code tools take."),
    ] = LintFormat.FULL,
    output_file: options.OutputFile = None,
    no_color: options.NoColour = False,
) -> None:
    """Look for policies that contradict, repeat or shadow each other, and for what is missing.

    `explain RULE` tells what a rule finds and why it matters. missing-owner, missing-source and
    misread-phrasing, which reads every phrasing and takes longer, look only where --rule names them.
    """
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.misreading import ALL_RULES
    from consistency_check.model import Level
    from consistency_check.policies import load_policies
    from consistency_check.policies.lint import LintSettings, lint_policies
    from consistency_check.report import OUTPUTS, ReportOptions, RuleText
    from consistency_check.report.advice import write_advice, write_advice_document
    from consistency_check.report.sheet import build_advice_sheet

    wanted = given.read_names("--rule", rule, ALL_RULES) or [r.name for r in ALL_RULES.values() if r.always]
    names = set(wanted) - set(given.read_names("--skip-rule", skip_rule, ALL_RULES))
    today = given.read_day("--day", day) or date.today()
    check_output(output_file)
    if fix:
        fix_layout(folder)
    knowledge = load_policies(folder)
    advice = lint_policies(knowledge, names, LintSettings(today, stale_after), ALL_RULES)
    with open_output(output_file) as stream:
        if format_name is LintFormat.JSON:
            write_advice_document(advice, knowledge, stream)
        elif write_sheet := OUTPUTS[format_name].write_sheet if format_name in OUTPUTS else None:
            rules = [
                RuleText(each.name, each.finds, f"{each.finds} {each.why}") for each in ALL_RULES.values()
            ]
            level = None if fail_on is LintFailOn.NEVER else Level(fail_on.value)
            write_sheet(build_advice_sheet(advice, rules, names, level), stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, output_file))
            write_advice(advice, knowledge, stream, look)
    if fail_on is not LintFailOn.NEVER:
        least = list(LintFailOn).index(fail_on)
        raise typer.Exit(int(any(one.level.rank >= least for one in advice)))


def fix_layout(folder: Path) -> None:
    """Tidy the files of a knowledge base; what changed and what was left is told on standard error.

    Each file is replaced whole or not at all. Raises KnowledgeBaseError and typer.BadParameter.
    """
    from consistency_check.cli.output import open_output
    from consistency_check.policies.tidy import tidy_files
    from consistency_check.report.escape import show_text

    try:
        tidied = tidy_files(folder)
    except ImportError:
        message = "it needs ruamel.yaml; install it with: pip install 'consistency-check[fix]'"
        raise typer.BadParameter(message, param_hint="--fix") from None
    for file, text in tidied.texts.items():
        with open_output(file) as stream:
            stream.write(text)
        typer.echo(f"{show_text(str(file))}: tidied", err=True)
    for problem in tidied.left:
        typer.echo(show_text(str(problem)), err=True)
