"""What comes from an export can neither steer the terminal nor hide in a report."""

import io
import json
import unicodedata
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from consistency_check.model import (
    Finding,
    FindingAnswer,
    Problem,
    Report,
    Severity,
    Source,
    Status,
    Summary,
    Verdict,
)
from consistency_check.report import OUTPUTS, ReportOptions, write_report
from consistency_check.report.escape import dump_json, show_text

NASTY = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x9b2J",
    "[bold red]markup[/bold red]",
    "[/]",
    "[link=file:///etc/passwd]x[/link]",
    ":smile:",
    "abc\u202etxt.exe",
    "zero\u200bwidth",
    "a\rb",
    "line\u2028separator",
    "null\x00byte",
    "\ud800",
    "\U000e0041tag",
]


def build_report(text):
    """A report in which every text that can come from the input is `text`."""
    answer = FindingAnswer(
        *([text] * 5), text, Verdict.CONFLICTS, text, 3, 3 + len(text), 0.5, text, f"abc{text}def", 0, text
    )
    finding = Finding(
        "id", "policy-conflict", Severity.LOW, text, text, text, text, text, (answer,), text, (text,), text
    )
    summary = Summary(1, 1, 1, 1, 1, {"policy-conflict": 1}, {}, {}, {text: 1}, {text: 1}, {text: 1})
    return Report(summary, (finding,), (Problem(Source(text, 1), text),), (text,))


def build_known(text, status=Status.KNOWN):
    """The same with a second finding that is not new, and all else that comes from the gate's files."""
    report = build_report(text)
    old = replace(report.findings[0], id="old", policy_source=text, status=status, status_reason=text)
    return replace(report, findings=(*report.findings, old), reminders=(text,))


def is_plain(character):
    return character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("name", sorted(OUTPUTS))
@pytest.mark.parametrize("build", [build_report, build_known])
@pytest.mark.parametrize("text", NASTY)
def test_nothing_steers_the_terminal(name, text, build):
    stream = io.StringIO()
    write_report(name, build(text), stream, ReportOptions())
    written = stream.getvalue()
    assert all(is_plain(character) for character in written)
    assert not set(written) & set(
        "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\U000e0041"
    )
    written.encode("utf-8")


@pytest.mark.parametrize("text", ["[bold red]markup[/bold red]", "[/]", ":smile:", "{value} %s"])
def test_markup_is_shown_as_it_was_written(text):
    stream = io.StringIO()
    write_report("full", build_report(text), stream, ReportOptions(width=120))
    assert f"«{text}»" in stream.getvalue()


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_json_is_read_back_unchanged(text):
    written = dump_json({"text": text, "list": [text]}, indent=2)
    assert all(is_plain(character) for character in written)
    assert json.loads(written) == {"text": text, "list": [text]}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_shown_text_is_one_plain_line(text):
    shown = show_text(text)
    assert "\n" not in shown
    assert all(is_plain(character) for character in shown)


INVISIBLE = "\xad\u034f\u115f\u1160\u17b4\u180b\u2800\u3164\uffa0\ufe0f\U000e0100\U000e0042"
HELD = (
    "❤️",
    "❤️\u200d🔥",
    "🏳️\u200d🌈",
    "1️⃣ and #️⃣",
    "👍🏽",
    "葛\U000e0100城",
    "☎\ufe0e",
    "ᠠ\u180b",
    "naïve",
    "e\u0301",
)


@pytest.mark.parametrize("hidden", INVISIBLE)
def test_what_cannot_be_seen_is_shown(hidden):
    shown = f"re‹U+{ord(hidden):04X}›fund"
    assert show_text(f"re{hidden}fund") == shown
    written = dump_json([f"re{hidden}fund"])
    assert hidden not in written
    assert json.loads(written) == [f"re{hidden}fund"]


@pytest.mark.parametrize("text", HELD)
def test_what_selectors_and_joiners_hold_together_stays(text):
    assert show_text(text) == text
    assert json.loads(dump_json(text)) == text


def test_words_hidden_behind_an_emoji_are_shown():
    hidden = "".join(chr(0xE0100 + ord(letter) - 16) for letter in "pay")
    assert show_text(f"😀{hidden}!") == f"😀{hidden[0]}‹U+E0151›‹U+E0169›!"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["customer", "policy", "channel", "check"]))
def test_full_never_fails_and_fits_its_width(text, group_by):
    stream = io.StringIO()
    write_report("full", build_report(text), stream, ReportOptions(60, group_by=group_by))
    lines = stream.getvalue().split("\n")
    assert all(line == line.rstrip(" ") for line in lines)
    assert all(cell_len(line) <= 60 for line in lines)


def test_words_that_do_not_stand_in_their_context_are_shown_alone():
    report = build_report("hello")
    (finding,) = report.findings
    moved = replace(finding.answers[0], context="something else", context_start=900)
    stream = io.StringIO()
    write_report(
        "full", replace(report, findings=(replace(finding, answers=(moved,)),)), stream, ReportOptions()
    )
    assert "«hello»" in stream.getvalue()
    assert "something else" not in stream.getvalue()


def test_json_holds_every_field_of_a_finding():
    stream = io.StringIO()
    write_report("json", build_report("x"), stream, ReportOptions())
    document = json.loads(stream.getvalue())
    names = ["schema_version", "summary", "findings", "fixed", "problems", "notes", "headline", "nights"]
    assert list(document) == names
    assert list(document["findings"][0]) == [field.name for field in fields(Finding)]
    assert list(document["findings"][0]["answers"][0]) == [field.name for field in fields(FindingAnswer)]
    assert document["findings"][0]["answers"][0]["verdict"] == "conflicts"


def test_jsonl_is_a_finding_a_line_and_then_the_summary():
    stream = io.StringIO()
    write_report("jsonl", build_report("x"), stream, ReportOptions())
    *findings, last = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [finding["check"] for finding in findings] == ["policy-conflict"]
    assert last["summary"]["findings"] == 1


@pytest.mark.parametrize("text", [*NASTY, "two\nlines", "\n", ""])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_document_in_parts_is_laid_out_as_one(text, count):
    report = build_known(text)
    shown = io.StringIO()
    write_report("json", replace(report, findings=report.findings[:count]), shown, ReportOptions())
    said = shown.getvalue()
    assert said == dump_json(json.loads(said), indent=2) + "\n"
    assert len(json.loads(said)["findings"]) == count
