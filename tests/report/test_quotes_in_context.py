"""Quotes in their contexts, and texts cut between words, or within one where there is no other place."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Claim, Passage, Report, Summary, Value, cut_after, cut_before
from consistency_check.report import ReportOptions, write_report
from consistency_check.report.headline import say_question
from consistency_check.report.reading import say_value
from tests.report.test_hostile_text import build_report

CHINESE = "退货期限是三十天" * 40
TEXTS = st.text(st.sampled_from("ab 期\n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "most", "after", "before"),
    [
        ("one two", 7, "one two", "one two"),
        ("one two three", 8, "one two …", "… three"),
        ("one two three", 7, "one two …", "… three"),
        ("one two three", 9, "one two …", "… two three"),
        ("退货期限是三十天", 4, "退货期限…", "…是三十天"),
        ("extraordinary", 5, "extra…", "…inary"),
        ("one two", 0, "", ""),
        ("   one", 2, "", "…ne"),
        ("", 0, "", ""),
    ],
)
def test_a_text_is_cut_between_words_where_it_can_be(text, most, after, before):
    assert (cut_after(text, most), cut_before(text, most)) == (after, before)


@given(TEXTS, st.integers(0, 40))
def test_what_is_kept_is_no_more_than_was_asked_for_and_not_nothing(text, most):
    after, before = cut_after(text, most), cut_before(text, most)
    if len(text) <= most:
        assert after == before == text
        return
    kept, end = after.removesuffix("…").rstrip(), before.removeprefix("…").lstrip()
    assert len(kept) <= most >= len(end)
    assert text.startswith(kept)
    assert text.endswith(end)
    assert bool(after) == bool(text[:most].strip())
    assert bool(before) == bool(text[len(text) - most :].strip())


def render(name, report):
    stream = io.StringIO()
    write_report(name, report, stream, ReportOptions(width=1000))
    return stream.getvalue()


def test_words_without_spaces_are_shown_in_every_place_that_cuts():
    (finding,) = build_report("x").findings
    quoted = replace(finding.answers[0], context=f"{CHINESE}x{CHINESE}", start=len(CHINESE))
    asked = replace(finding.answers[0], quote="", question=CHINESE)
    report = Report(Summary(), (replace(finding, message=CHINESE, answers=(quoted, asked)),))
    full = render("full", report)
    assert f"…{CHINESE[-100:]}«x»{CHINESE[:100]}…" in full
    assert f"asked: “{CHINESE[:100]}…”" in full
    assert f"{CHINESE[:160]}…" in render("digest-markdown", report)
    assert say_question(asked) == f"asked “{CHINESE[:200]}…”"
    assert say_value(Value("text", word=CHINESE)) == f"{CHINESE[:60]}…"


def test_a_quote_is_found_where_it_stands():
    (answer,) = build_report("hello").findings[0].answers
    assert (answer.quote_at, answer.passage) == (3, Passage("abc", "hello", "def"))
    for moved in (replace(answer, start=4), replace(answer, context_start=9), replace(answer, context="")):
        assert (moved.quote_at, moved.passage) == (-1, Passage("", "hello", ""))
    claim = Claim("R", "p", Value("text"), "hello", 3, 8, 1.0, context="abchellodef")
    assert claim.quote_at == 3
    assert replace(claim, context_start=1).quote_at == -1
