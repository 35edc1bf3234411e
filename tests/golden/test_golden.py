"""Exact bytes of each output format. UPDATE_GOLDEN=1 writes them anew: read the difference first."""

import io
import os
from pathlib import Path

import pytest
from golden_morning import build_morning
from golden_report import EMPTY, REPORT

from consistency_check import __version__
from consistency_check.report import GROUPINGS, OUTPUTS, ReportOptions, RuleText, write_report

HERE = Path(__file__).parent
NAMES = {
    "full": "full.txt",
    "concise": "concise.txt",
    "markdown": "report.md",
    "csv": "report.csv",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "sarif": "report.sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "html": "report.html",
    "digest-markdown": "digest.md",
    "digest-json": "digest.json",
}
RULES = (
    RuleText(
        "channel-conflict", "answers that cannot both hold", "Finds `answers`.\n\nWhy it matters: they do."
    ),
)


def compare(name, text):
    path = HERE / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="")
    assert text.encode() == path.read_bytes()


def render(name, report, options=None):
    stream = io.StringIO()
    write_report(name, report, stream, options or ReportOptions(rules=RULES))
    return stream.getvalue().replace(f'"version": "{__version__}"', '"version": "VERSION"')


def test_every_output_has_its_bytes():
    assert set(NAMES) == set(OUTPUTS)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_output(name):
    compare(NAMES[name], render(name, REPORT))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_output_of_an_audit_that_compared_nothing(name):
    compare(f"empty-{NAMES[name]}", render(name, EMPTY))


@pytest.mark.parametrize("group_by", [name for name in GROUPINGS if name != "customer"])
def test_groupings(group_by):
    compare(f"full-by-{group_by}.txt", render("full", REPORT, ReportOptions(group_by=group_by)))


def test_colour():
    compare("full-in-colour.txt", render("full", REPORT, ReportOptions(colour=True)))


def test_narrow():
    compare("full-narrow.txt", render("full", REPORT, ReportOptions(width=50)))


@pytest.mark.parametrize("name", ["html", "digest-markdown", "digest-json"])
def test_a_morning(name):
    """Two weeks of nights, findings of every status, some without a customer, a policy or a quote."""
    compare(f"morning-{NAMES[name]}", render(name, build_morning(8)))
