"""`policies`: work on the knowledge base itself."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from consistency_check.cli import difference, given, impact, lint, options, show, writing
from consistency_check.cli.configured import Configured
from consistency_check.cli.door import CANNOT_AUDIT

app = typer.Typer(
    help="Work on the knowledge base.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The knowledge base.")]


class ResultFormat(StrEnum):
    """How tested examples are printed."""

    FULL = "full"
    JSON = "json"
    JUNIT = "junit"


@app.callback()
def _group() -> None:
    pass


@app.command("check", cls=Configured)
def check(folder: Folder = Path("policies")) -> None:
    """Load the knowledge base; every problem of every file is named with its place and its remedy."""
    from consistency_check.policies import load_policies
    from consistency_check.report.headline import say_count

    knowledge = load_policies(folder)
    topics, policies = len(knowledge.topics), len(knowledge.policies)
    exceptions = sum(len(policy.exceptions) for policy in knowledge.policies.values())
    said = f"{say_count(topics, 'topic')}, {say_count(policies, 'policy', 'policies')}"
    typer.echo(f"{folder}: {said}, {say_count(exceptions, 'exception')}; no problem found.")


app.command(
    "lint",
    cls=Configured,
    epilog="Exit status: 0 nothing as grave as --fail-on; 1 some advice is; 2 it cannot be loaded.",
)(lint.lint)
app.command(
    "diff", epilog="Exit status: 0; with --exit-code, 1 where anything changed; 2 a version cannot be loaded."
)(difference.diff)
app.command(
    "impact",
    cls=Configured,
    epilog="Exit status: 0 no more than --max-new become wrong; 1 more do; 2 nothing could be compared.",
)(impact.impact)
app.command("show", cls=Configured)(show.show)
app.command("new", cls=Configured)(writing.new)
app.command("schema")(writing.schema)


@app.command(
    "test", cls=Configured, epilog="Exit status: 0 all passed; 1 some failed; 2 there was nothing to test."
)
def run_test(
    folder: Folder = Path("policies"),
    day: Annotated[
        str | None,
        typer.Option(
            "--day", metavar="DAY", help="Judge by what is in force on this day (2026-03-01); else today."
        ),
    ] = None,
    topic: options.Topics = None,
    min_confidence: options.MinConfidence = None,
    format_name: Annotated[
        ResultFormat,
        typer.Option("--format", "-f", help="For people, one JSON document, or JUnit's XML for CI."),
    ] = ResultFormat.FULL,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Name the values and exceptions that no test touches.")
    ] = False,
    output_file: options.OutputFile = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what passed too.")] = False,
    no_color: options.NoColour = False,
) -> None:
    """Read every policy's examples and tests as replies.

    An example of `agrees` must be read as a claim about its policy that agrees with what is in force,
    one of `conflicts` as a claim that conflicts, is outdated or is meant for another case, one of
    `silent` as no claim about it. The tests in `*.test.yaml` files say themselves which claims must be read.
    """
    judged_on = given.read_day("--day", day) or date.today()
    least = given.read_confidence(min_confidence)
    from consistency_check.cli.output import check_output, has_colour, measure_width, open_output
    from consistency_check.examples import run_examples
    from consistency_check.policies import load_policies, load_tests
    from consistency_check.report import ReportOptions
    from consistency_check.report.examples import write_examples
    from consistency_check.report.examples_document import write_examples_document
    from consistency_check.report.examples_junit import write_examples_junit

    check_output(output_file)
    knowledge = load_policies(folder)
    topics = given.read_names("--topic", topic, knowledge.topics)
    report = run_examples(knowledge, judged_on, topics, least, load_tests(folder, knowledge))
    with open_output(output_file) as stream:
        if format_name is ResultFormat.JSON:
            write_examples_document(report, stream)
        elif format_name is ResultFormat.JUNIT:
            write_examples_junit(report, stream)
        else:
            look = ReportOptions(measure_width(), has_colour(no_color, output_file))
            write_examples(report, stream, look, verbose=verbose, coverage=coverage)
    if not report.results and not report.tests:
        advice = "write sentences below a policy's `examples:`, as agrees, conflicts or silent"
        typer.echo(f"Nothing was tested: no policy asked for has an example; {advice}.", err=True)
        raise typer.Exit(CANNOT_AUDIT)
    raise typer.Exit(int(bool(report.failed or report.failed_tests)))
