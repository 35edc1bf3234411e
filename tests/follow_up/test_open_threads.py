"""What was asked before a reply is the same in a ledger, in whatever parts a conversation comes."""

from __future__ import annotations

import pytest

from tests.ledger.nights import Company, strip

ASKED = "How long do I have to return an item?"


@pytest.fixture
def company(tmp_path):
    return Company(tmp_path)


def say(company, id_, text, question, thread="T"):
    company.records.append(
        {
            "id": id_,
            "channel": "chat",
            "sent_at": f"2026-04-02T10:{len(company.records):02}:00Z",
            "text": text,
            "question": question,
            "email": "dana@mail.example",
            "conversation_id": thread,
        }
    )


def list_asked(company):
    with company.read() as ledger:
        return dict(ledger.fetch("SELECT key, asked_before FROM replies"))


def test_a_conversation_goes_on_with_the_first_record_of_an_export(company):
    say(company, "R1", "Hello, how can I help?", "Hi there")
    company.night("2026-05-01")
    first, company.records = company.records, []
    say(company, "R2", "One moment please.", ASKED)
    say(company, "R3", "14 days.", "Are you there?")
    report = company.night("2026-05-02")
    assert list_asked(company) == {"R1": "", "R2": "Hi there", "R3": f"Hi there\n{ASKED}"}
    company.records = first + company.records
    assert strip(report.findings, places=False) == strip(company.audit(), places=False)
    assert report.findings


def test_a_reply_that_goes_to_another_conversation_comes_last_there(company):
    say(company, "R1", "Hello.", "one")
    say(company, "R2", "Hello.", "two")
    say(company, "R3", "Hello.", "three", thread="U")
    say(company, "R4", "Hello.", "four", thread="U")
    company.night("2026-05-01")
    company.records = [{**company.records[0], "conversation_id": "U"}]
    company.night("2026-05-02")
    assert list_asked(company) == {"R1": "three\nfour", "R2": "", "R3": "", "R4": "three"}


def test_thousands_of_conversations_may_come_between(company):
    say(company, "R0", "One moment please.", ASKED)
    for number in range(2_100):
        company.tell(
            f"x{number}", "chat", "2026-04-01", "Hello.", question="Hi", conversation_id=f"C{number}"
        )
    say(company, "R-last", "14 days.", "Are you there?")
    company.records[-1]["sent_at"] = "2026-04-02T11:00:00Z"
    report = company.night()
    assert list_asked(company)["R-last"] == ASKED
    assert strip(report.findings) == strip(company.audit())
    assert [each.customer for each in report.findings] == ["dana@mail.example"]
