"""Fingerprints of findings: what was said and when tells them apart, never the place where it stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consistency_check.checks import DEFAULT_TIMES, Terms, check_case
from consistency_check.checks.finding import identify_reply
from consistency_check.model import Asking, Contact, Customer, CustomerCase, Reply, Source

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TERMS = Terms({}, DEFAULT_TIMES, MONDAY + timedelta(days=30))
PLACES = [Source("mail.jsonl", 12), Source("chats.json#12"), Source("x.parquet#3"), Source("book.xlsx", 3, 2)]


def ask(place, day=0):
    reply = Reply(
        str(place), "email", "", "Where is it?", asked_at=MONDAY + timedelta(days=day), source=place
    )
    return Contact(reply, Asking(), is_answered=False)


def find_unanswered(*contacts):
    return check_case(CustomerCase(Customer("C", ()), (), contacts), ["no-answer"], TERMS)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_row_put_in_front_changes_no_id(place):
    moved = Source(place.path.replace("12", "13").replace("#3", "#4"), place.line and place.line + 1)
    assert [f.id for f in find_unanswered(ask(place))] == [f.id for f in find_unanswered(ask(moved))]


def test_two_questions_in_the_same_words_are_two_findings():
    found = find_unanswered(ask(Source("mail.jsonl", 1)), ask(Source("mail.jsonl", 2), 7))
    assert len({finding.id for finding in found}) == 2


def test_a_record_that_stands_twice_is_one_finding():
    assert len(find_unanswered(ask(Source("mail.jsonl", 1)), ask(Source("mail.jsonl", 2)))) == 1


def test_an_id_that_begins_like_the_file_is_an_id_all_the_same():
    reply = replace(ask(Source("T", 12)).reply, id="T:4711")
    assert identify_reply(reply, "words") == "T:4711"
