"""On the pages about reading, too, nothing that comes from the input can steer the terminal."""

import io
import json
from datetime import date

import pytest
from test_hostile_text import NASTY, is_plain

from consistency_check.model import (
    Answer,
    Claim,
    Considered,
    Customer,
    DatedValue,
    ExampleReport,
    ExampleResult,
    Expectation,
    ExplainedReply,
    Explanation,
    JudgedClaim,
    Judgement,
    Mention,
    MetCue,
    Policy,
    Reply,
    Source,
    Value,
    Verdict,
)
from consistency_check.report import ReportOptions
from consistency_check.report.examples import write_examples
from consistency_check.report.examples_document import write_examples_document
from consistency_check.report.explained import write_explained


def build_explained(text):
    """A reply in which every text that can come from the input is `text`."""
    value = Value("text", word=text)
    policy = Policy(text, text, text, "text", (DatedValue(None, value),), source=Source(text, 1))
    reply = Reply(
        id=text, channel=text, text=text, question=text, agent=text, attributes={text: text},
        source=Source(text, 2), asked_before=text,
    )  # fmt: skip
    claim = Claim(text, text, value, text, 0, len(text), 0.9, ((text, text),), own_case=((text, text),))
    customer = Customer(text, (text,), (text,), text, {text: text})
    judgement = Judgement(Verdict.CONFLICTS, Answer(value), text)
    explanation = Explanation(
        ((Mention(0, len(text), value), text),),
        (MetCue("cue", text, 0, len(text), text), MetCue("other", text, 0, len(text), "")),
        (Considered(text, value, text, 0, len(text), 0.5, 0.5, text),),
        (claim,),
    )
    return ExplainedReply(
        reply, customer, explanation, (JudgedClaim(claim, reply, customer, policy, judgement),), 0.5
    )


def build_examples(text):
    """The same read as an example of its own policy, and as one of a policy that it says nothing about."""
    explained = build_explained(text)
    own = explained.judged[0].policy
    other = Policy(f"{text}x", text, text, "text", own.values, source=own.source)
    results = tuple(ExampleResult(p, Expectation.SILENT, False, explained) for p in (own, other))
    return ExampleReport(date(2026, 4, 1), 0.5, 2, results, (text,))


def write_pages(text):
    for verbose in (False, True):
        for look in (ReportOptions(), ReportOptions(width=40)):
            stream = io.StringIO()
            write_explained(build_explained(text), stream, look, verbose=verbose)
            write_examples(build_examples(text), stream, look, verbose=verbose)
            yield stream.getvalue()
    stream = io.StringIO()
    write_examples_document(build_examples(text), stream)
    yield stream.getvalue()


@pytest.mark.parametrize("text", NASTY)
def test_nothing_steers_the_terminal(text):
    for written in write_pages(text):
        assert all(is_plain(character) for character in written)
        assert not set(written) & set(
            "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\U000e0041"
        )
        written.encode("utf-8")


@pytest.mark.parametrize("text", ["[bold red]markup[/bold red]", "[/]", ":smile:", "{value} %s"])
def test_markup_is_shown_as_it_was_written(text):
    for written in write_pages(text):
        assert text in written


@pytest.mark.parametrize("text", NASTY)
def test_a_script_reads_what_was_written(text):
    *_, written = write_pages(text)
    assert json.loads(written)["examples"][0]["text"] == text
