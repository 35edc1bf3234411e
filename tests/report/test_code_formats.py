"""What other tools read: SARIF, JUnit, workflow commands, Code Quality, Markdown and CSV, by their rules."""

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import Advice, Level, Severity, Source, Status, Verdict
from consistency_check.report import OUTPUTS, ReportOptions, RuleText, write_report
from consistency_check.report.github import escape_data, escape_property
from consistency_check.report.markup import escape_text, show_code
from consistency_check.report.rows import COLUMNS, guard_cell
from consistency_check.report.sarif import MOST_SHOWN, build_uri
from consistency_check.report.sheet import build_advice_sheet, build_alert, parse_place
from tests.report.test_hostile_text import NASTY, build_known, build_report

RULE = RuleText("policy-conflict", "what it finds", "All of it.")
STEERING = [
    *NASTY,
    "=cmd|' /C calc'!A0",
    "::error file=x::y",
    "%0A::warning::z",
    "##[error]x",
    "| a | b |\n|---|---|",
    "```\ncode",
    "``",
    "<script>alert(1)</script><!--",
    "@everyone see #12 and !3",
    "[click](https://evil.example)",
    "]]> & <x/> \ufffe\uffff",
    "a,b;c:d%",
]


def render(name, report):
    stream = io.StringIO()
    write_report(name, report, stream, ReportOptions(rules=(RULE,)))
    return stream.getvalue()


# Every property that SARIF 2.1.0 demands of what is written here, and the type of each that may stand there.
TEXT, COUNT, FLAG = (str,), (int,), (bool,)
MESSAGE = {"text!": TEXT, "markdown": TEXT}
LOCATION = {
    "id": COUNT,
    "message": MESSAGE,
    "physicalLocation!": {
        "artifactLocation!": {"uri!": TEXT},
        "region": {"startLine!": COUNT, "startColumn": COUNT},
    },
}
NOTIFICATION = {
    "level!": ("note", "warning"),
    "message!": MESSAGE,
    "locations": [LOCATION],
}
RESULT = {
    "ruleId!": TEXT,
    "ruleIndex!": COUNT,
    "level!": ("error", "warning", "note"),
    "message!": MESSAGE,
    "locations!": [LOCATION],
    "relatedLocations": [LOCATION],
    "partialFingerprints!": {"consistencyCheck/v1!": TEXT, "primaryLocationLineHash!": TEXT},
    "properties": {"severity!": TEXT, "status!": TEXT},
    "baselineState": ("new", "unchanged"),
    "suppressions": [{"kind!": ("external",), "status": ("accepted",), "justification": TEXT}],
}
RULE_SHAPE = {"id!": TEXT, "shortDescription": MESSAGE, "fullDescription": MESSAGE, "help": MESSAGE}
SARIF = {
    "$schema": TEXT,
    "version!": ("2.1.0",),
    "runs!": [
        {
            "tool!": {"driver!": {"name!": TEXT, "version": TEXT, "rules": [RULE_SHAPE]}},
            "columnKind": ("unicodeCodePoints",),
            "invocations": [
                {"executionSuccessful!": FLAG, "toolExecutionNotifications": [NOTIFICATION]},
            ],
            "results!": [RESULT],
        }
    ],
}


def check_shape(found, shape, place="$"):
    """Whether a document has what the shape demands (`name!`) and nothing that it does not know."""
    if isinstance(shape, dict):
        names = {name.removesuffix("!"): below for name, below in shape.items()}
        assert isinstance(found, dict), place
        assert set(found) <= set(names), place
        assert {name[:-1] for name in shape if name.endswith("!")} <= set(found), place
        for name, each in found.items():
            check_shape(each, names[name], f"{place}.{name}")
    elif isinstance(shape, list):
        assert isinstance(found, list), place
        for number, each in enumerate(found):
            check_shape(each, shape[0], f"{place}[{number}]")
    elif isinstance(shape[0], type):
        assert type(found) is shape[0], place
        assert shape is not COUNT or found > (-1 if place.endswith("ruleIndex") else 0), place
    else:
        assert found in shape, place


@pytest.mark.parametrize("text", STEERING)
@pytest.mark.parametrize("status", [Status.KNOWN, Status.ACCEPTED])
def test_sarif_has_its_shape_whatever_is_in_it(text, status):
    document = json.loads(render("sarif", build_known(text, status)))
    check_shape(document, SARIF)
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == ["policy-conflict"] * 2
    assert ["suppressions" in result for result in run["results"]] == [False, True]
    for result in run["results"]:
        links = re.sub(r"\\[\\\[\]]", "", result["message"]["text"])
        assert not set(links) & set("[]")


def test_sarif_says_what_is_known_only_where_something_is():
    (run,) = json.loads(render("sarif", build_report("x")))["runs"]
    assert "baselineState" not in run["results"][0]
    (run,) = json.loads(render("sarif", build_known("x")))["runs"]
    assert [result["baselineState"] for result in run["results"]] == ["new", "unchanged"]


def test_sarif_carries_the_explanation_of_a_check():
    (run,) = json.loads(render("sarif", build_report("x")))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["text"] == "All of it."


def test_sarif_says_that_github_shows_no_more():
    report = build_report("x")
    for count, told in ((MOST_SHOWN, False), (MOST_SHOWN + 1, True)):
        text = render("sarif", replace(report, findings=report.findings * count))
        assert ("5,000 of these" in text) is told
        assert text.count('"ruleId"') == count, "all of them are written"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("exports/a b.jsonl", "exports/a%20b.jsonl"),
        ("C:x#1?.csv", "C%3Ax%231%3F.csv"),
        ("/data/é.csv", "file:///data/%C3%A9.csv"),
        ("../x.csv", "../x.csv"),
    ],
)
def test_a_path_is_a_uri(path, uri):
    assert build_uri(path) == uri


@pytest.mark.parametrize("text", STEERING)
def test_junit_is_xml_whose_counts_are_right(text):
    root = ElementTree.fromstring(render("junit", build_known(text)))
    cases = list(root.iter("testcase"))
    assert int(root.get("tests")) == len(cases)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(root.get(name)) == len(list(root.iter(tag)))
    assert (root.get("failures"), root.get("errors")) == ("1", "0")
    assert {case.get("classname") for case in cases} == {"policy-conflict", "input"}


@pytest.mark.parametrize("text", STEERING)
def test_every_line_for_github_is_one_command(text):
    lines = render("github", build_known(text)).splitlines()
    assert [line.split("::")[1].split(" ")[0] for line in lines] == [
        "notice",
        "notice",
        "warning",
        "notice",
        "notice",
        "notice",
    ]
    for line in lines:
        properties = line.split("::")[1].partition(" ")[2]
        assert re.fullmatch(r"\w+=[^,:\r\n]*(,\w+=[^,:\r\n]*)*", properties)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_a_workflow_command_cannot_be_left(text):
    assert not re.search(r"[\r\n]|%(?!25|0A|0D)", escape_data(text))
    assert not re.search(r"[\r\n:,]|%(?!25|0A|0D|3A|2C)", escape_property(text))


@pytest.mark.parametrize("text", STEERING)
def test_gitlab_reads_a_list_of_issues(text):
    issues = json.loads(render("gitlab", build_known(text)))
    assert [issue["severity"] for issue in issues] == ["minor", "info"]
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == 2


@pytest.mark.parametrize("text", STEERING)
def test_csv_has_a_row_an_answer_and_no_formula(text):
    heading, *rows = csv.reader(io.StringIO(render("csv", build_known(text))))
    assert heading == list(COLUMNS)
    assert [row[1] for row in rows] == ["new", "known"]
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(" \t'\"").startswith(("=", "+", "-", "@")) or cell.startswith("'")


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[\s'\"]{0,3}[=+\-@＝＠\t\r].{0,9}", fullmatch=True))
def test_no_cell_is_a_formula(text):
    assert not re.match(r"[\s\"]*[=+\-@＝＠]", guard_cell(text))


@pytest.mark.parametrize("text", ["14 days", "", "C-1042", "a = b", "10-12"])
def test_a_plain_cell_is_left_alone(text):
    assert guard_cell(text) == text


@pytest.mark.parametrize("text", STEERING)
def test_markdown_keeps_its_own_headings_and_nothing_else(text):
    lines = render("markdown", build_known(text)).splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings[0] == "## Consistency check"
    assert [line.split(" ")[1] for line in headings[1:]] == ["LOW:", "Known", "Records"]
    assert sum(line.startswith("|") for line in lines) == 3
    assert not [line for line in lines if line.lstrip().startswith(("<", "```\n"))]


def split_code(markdown):
    """A line without its code spans, found as CommonMark (6.1) finds them."""
    outside = re.sub(r"(?<![`\\])(`+)(?!`)(?:.*?[^`])\1(?!`)", "", markdown)
    return re.sub(r"\\[^\w\s]", "", outside)


@pytest.mark.parametrize("text", STEERING)
def test_markdown_shows_markup_as_it_was_written(text):
    for shown in (escape_text(text), show_code(text)):
        bare = split_code(shown)
        assert not re.search(r"[<>`|*\[\]]|@\w|#\d|://", bare), shown
        assert "\n" not in shown


@settings(max_examples=200, deadline=None)
@given(st.text("`| a\\", max_size=12))
def test_code_ends_where_it_should(text):
    shown = show_code(text)
    mark = re.match("`+", shown)[0]
    assert shown.endswith(mark)
    runs = re.findall("`+", shown[len(mark) : -len(mark)])
    assert mark not in runs


def test_an_alert_stands_at_the_first_answer_that_is_not_right():
    (finding,) = build_report("x").findings
    right = replace(finding.answers[0], verdict=Verdict.AGREES, source="mail.jsonl:1")
    wrong = replace(finding.answers[0], source="calls.csv:7")
    alert = build_alert(replace(finding, answers=(right, wrong), policy_source="policies/a.yaml:3:5"))
    assert alert.source == Source("calls.csv", 7)
    assert [place for place, _ in alert.related] == [Source("mail.jsonl", 1), Source("policies/a.yaml", 3, 5)]


def test_an_alert_about_standard_input_stands_at_its_policy():
    (finding,) = build_report("x").findings
    piped = replace(finding, answers=(replace(finding.answers[0], source="-:4"),))
    assert build_alert(replace(piped, policy_source="p.yaml:3:5")).source == Source("p.yaml", 3, 5)
    assert build_alert(piped).source is None


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=9), st.integers(0, 10**6), st.integers(0, 99))
def test_a_place_is_read_as_it_is_shown(path, line, column):
    source = Source(path, line, column if line else 0)
    if path != "-" and not re.search(r":\d+\Z|\A:", path):
        assert parse_place(str(source)) == source


def test_advice_has_a_fingerprint_that_moves_with_its_policy():
    def identify(*advice):
        return [alert.id for alert in build_advice_sheet(advice, (), {"r"}).alerts]

    first = Advice(Source("p.yaml", 3, 1), "r", Level.NOTE, "as in line 10; mend it")
    moved = Advice(Source("p.yaml", 9, 1), "r", Level.NOTE, "as in line 16; mend it")
    other = Advice(Source("p.yaml", 3, 1), "r", Level.NOTE, "as in line 10; delete it")
    assert identify(first) == identify(moved) != identify(other)
    assert len(set(identify(first, moved))) == 2


def test_formats_that_take_advice_are_those_for_code():
    assert {name for name, output in OUTPUTS.items() if output.write_sheet} == {
        "sarif",
        "junit",
        "github",
        "gitlab",
    }


@pytest.mark.parametrize(("least", "failures"), [(Severity.LOW, 1), (Severity.MEDIUM, 0), (None, 0)])
def test_junit_fails_where_the_exit_status_does(least, failures):
    stream = io.StringIO()
    write_report("junit", build_known("x"), stream, ReportOptions(least=least))
    root = ElementTree.fromstring(stream.getvalue())
    assert root.get("failures") == str(failures)
    assert len(list(root.iter("testcase"))) > 2, "nothing is dropped"


@pytest.mark.parametrize("first_seen", ["", "2026-03-01"])
def test_junit_says_why_a_new_finding_does_not_fail_with_a_ledger_and_without(first_seen):
    report = build_report("x")
    findings = tuple(replace(finding, first_seen=first_seen) for finding in report.findings)
    stream = io.StringIO()
    write_report("junit", replace(report, findings=findings), stream, ReportOptions(least=Severity.HIGH))
    root = ElementTree.fromstring(stream.getvalue())
    (skipped,) = root.findall("testsuite[@name='policy-conflict']/testcase/skipped")
    assert skipped.get("message") == "low, which does not fail; x"
