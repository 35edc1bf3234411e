"""Quotes stay in their context, whatever is taken out, and no more is shown than was asked for."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Finding, FindingAnswer, Report, Severity, Summary, Verdict
from consistency_check.redaction import trim_report
from consistency_check.redaction.edits import Edit, apply_edits, edit_quoted, settle_edits

TEXT = "Hi Dana, items can be returned within 14 days of delivery, so do it soon."
QUOTE = "within 14 days of delivery"
QUESTION = "Hello there. How long do I have to return it?"


def make_report(context=TEXT, quote=QUOTE, start=100, context_start=None, question=QUESTION):
    at = start - max(context.find(quote), 0) if context_start is None else context_start
    answer = FindingAnswer(
        *("R1", "chat", "Kim", "", "", "14 days", Verdict.CONFLICTS, quote, start, start + len(quote)),
        *(0.9, "chat.jsonl:1", context, at, question),
    )
    finding = Finding(
        *(
            "f1",
            "policy-conflict",
            Severity.HIGH,
            "C1",
            "returns",
            "returns.window",
            "30 days",
            "…",
            (answer,),
        )
    )
    return Report(Summary(), (finding,), fixed=(finding,))


def show(report, most):
    trimmed = trim_report(report, most)
    assert trimmed.fixed == trimmed.findings
    (answer,) = trimmed.findings[0].answers
    at = answer.start - answer.context_start
    assert answer.context[at : at + len(answer.quote)] == answer.quote
    return answer


@pytest.mark.parametrize(
    ("most", "context", "question"),
    [
        (0, QUOTE, ""),
        (3, f"…ed {QUOTE}, …", "Hel…"),
        (10, f"… returned {QUOTE}, so do it …", "Hello …"),
        (20, f"… can be returned {QUOTE}, so do it soon.", "Hello there. How …"),
        (300, TEXT, QUESTION),
    ],
)
def test_so_many_characters_cut_between_words(most, context, question):
    answer = show(make_report(), most)
    assert (answer.context, answer.question) == (context, question)
    assert (answer.start, answer.end) == (100, 100 + len(QUOTE))


def test_a_quote_that_does_not_stand_in_its_context_is_shown_alone():
    assert show(make_report(context="something else"), 40).context == QUOTE


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60), st.integers(0, 70))
def test_trimming_shows_the_quote_and_no_more(before, quote, after, most):
    report = make_report(f"{before}{quote}{after}", quote, 500, 500 - len(before), before)
    answer = show(report, most)
    assert answer.quote == quote
    assert len(answer.context) <= len(quote) + 2 * (most + len(" …"))
    assert len(answer.question) <= most + len(" …")
    shown = answer.context.removeprefix("…").removesuffix("…").strip()
    assert shown in f"{before}{quote}{after}"


PLACES = st.tuples(st.integers(0, 40), st.integers(1, 8))


@given(st.text("ab .", min_size=40, max_size=60), st.lists(PLACES, max_size=8), PLACES)
def test_a_quote_stands_in_its_context_after_any_edits(text, places, quoted):
    edits = settle_edits(Edit(start, min(start + length, len(text)), "person-1") for start, length in places)
    start, end = quoted[0], min(quoted[0] + quoted[1], len(text))
    whole, quote, at = edit_quoted(text, start, end, edits)
    assert whole == apply_edits(text, edits)
    assert whole[at : at + len(quote)] == quote
    if all(edit.end <= start or end <= edit.start for edit in edits):
        assert quote == text[start:end]


def test_of_two_edits_the_first_found_counts():
    first, second = Edit(2, 6, "x"), Edit(4, 9, "y")
    assert settle_edits([first, second]) == [first] and settle_edits([second, first]) == [second]
    beside = Edit(0, 2, "z")
    assert settle_edits([first, beside]) == [beside, first]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=30))
def test_settled_edits_are_the_first_found_that_fit(places):
    edits = [Edit(start, start + length, str(at)) for at, (start, length) in enumerate(places)]
    kept = []
    for edit in edits:
        if all(edit.end <= other.start or other.end <= edit.start for other in kept):
            kept.append(edit)
    assert settle_edits(edits) == sorted(kept)


def measure(work):
    took = []
    for _ in range(3):
        began = process_time()
        work()
        took.append(process_time() - began)
    return min(took)


@pytest.mark.parametrize("said", ["Samir Abara, ", "Dear Grace, ", "Mr Rose Quill, "])
def test_a_long_text_takes_time_by_its_length(make_redactor, said):
    """Eight times the text took 60 times as long where each name was held against all others."""
    people = (
        {"customer_id": "TB-1001", "name": "Samir Abara"},
        {"customer_id": "TB-1002", "name": "Grace Poe"},
    )
    short, long = (
        measure(lambda size=size: make_redactor(*people).redact_text(said * size, "TB-1001"))
        for size in (1000, 8000)
    )
    assert long < 20 * short
