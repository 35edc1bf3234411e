"""Five lines for a chat: what they say, how many there are, and that nothing of the input acts in them."""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from consistency_check.cli.audit import show_new
from consistency_check.model import Report, Severity, Status, Summary
from consistency_check.report import ReportOptions, write_report
from consistency_check.report.digest import build_digest, say_news
from tests.golden.golden_morning import MORNING
from tests.report.test_code_formats import STEERING, split_code
from tests.report.test_hostile_text import build_known, build_report


def render(name, report):
    stream = io.StringIO()
    write_report(f"digest-{name}", report, stream, ReportOptions())
    return stream.getvalue()


def test_a_digest_has_five_lines():
    assert len(render("markdown", MORNING).splitlines()) == 5
    assert len(render("json", MORNING).splitlines()) == 1
    assert len(render("markdown", Report(Summary(), ())).splitlines()) == 2


def test_the_worst_of_the_new_is_named_first_and_nothing_old():
    (finding,) = build_report("x").findings
    found = [
        replace(finding, id=f"{status}-{severity}", status=status, severity=severity)
        for severity in Severity
        for status in reversed(Status)
    ]
    report = replace(build_report("x"), findings=tuple(found))
    digest = build_digest(report)
    assert [f.id for f in digest.findings] == ["new-critical", "reopened-critical", "new-high"]
    assert digest.more == 5
    assert build_digest(replace(report, findings=tuple(found[:1]))).findings == ()


def test_what_is_not_shown_is_counted():
    shown = show_new(MORNING)
    assert not shown.fixed
    assert json.loads(render("json", shown)) == json.loads(render("json", MORNING))
    assert render("markdown", shown) == render("markdown", MORNING)


def test_nobody_told_different_things_is_said_in_a_word():
    none = replace(MORNING, headline=replace(MORNING.headline, told_different=0))
    assert build_digest(none).twice == "Of 259 customers who asked twice, none were told different things."


def test_the_document_says_what_the_lines_say():
    document = json.loads(render("json", MORNING))
    lines = render("markdown", MORNING)
    assert document["headline"] in lines
    assert [finding["id"] in lines for finding in document["findings"]] == [True] * 3
    assert document["by_status"] == {
        status.value: sum(f.status is status for f in MORNING.findings) for status in Status
    } | {"fixed": len(MORNING.fixed)}
    assert document["more"] == sum(f.status.is_open for f in MORNING.findings) - 3
    assert (document["asked_twice"], document["told_different"]) == (259, 34)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((), "Nothing new since 2026-03-21."),
        ((Status.KNOWN,), "Nothing new since 2026-03-21."),
        ((Status.NEW,), "1 new finding since 2026-03-21."),
        ((Status.REOPENED,), "1 reopened finding since 2026-03-21."),
        ((Status.NEW, Status.REOPENED, Status.NEW), "2 new and 1 reopened findings since 2026-03-21."),
    ],
)
def test_the_first_sentence(statuses, said):
    (finding,) = build_report("x").findings
    findings = tuple(replace(finding, status=status) for status in statuses)
    assert say_news(replace(MORNING, findings=findings)) == said
    first = replace(MORNING, findings=findings, nights=MORNING.nights[:1])
    assert say_news(first) == said.replace(" since 2026-03-21", "")
    grave = replace(first, findings=tuple(replace(f, severity=Severity.HIGH) for f in findings))
    assert ("high or critical" in say_news(grave)) == any(status.is_open for status in statuses)


def test_a_night_in_which_nothing_was_compared_says_so_first():
    nothing = replace(MORNING, notes=("Nothing was compared: …",), summary=Summary())
    assert say_news(nothing) == "Nothing was compared: …"
    assert say_news(replace(MORNING, notes=("A note.",))) != "A note."


@pytest.mark.parametrize("text", STEERING)
def test_nothing_of_the_input_acts_in_the_lines(text):
    lines = render("markdown", build_known(text, Status.REOPENED)).splitlines()
    assert len(lines) == 4
    assert [line[:2] for line in lines] == ["**", "- ", "- ", "- "]
    for line in lines[2:]:
        assert not any(mark in split_code(line[2:]) for mark in ("<", "](", "://", "@e", "#1", "|"))


def test_a_long_sentence_is_cut():
    (finding,) = build_report("word " * 200).findings
    (line,) = render("markdown", Report(Summary(), (replace(finding, policy="", customer=""),))).splitlines()[
        2:
    ]
    assert len(line) < 200
    assert " …" in line


def test_jinja_is_imported_only_for_the_page():
    code = "import sys, consistency_check.report; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
