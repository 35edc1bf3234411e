"""Salesforce: the tables of one export joined, chats taken apart, quirks of ids, and broken files."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest

from consistency_check.load.format import Fit
from consistency_check.load.formats.salesforce import FORMAT
from tests.load.loaded import load, write

CASE = "5003000000D8cuI"
NOBODY = "000000000000000AAA"


def table(*rows: dict[str, str]) -> str:
    """Every field in quotes, as the weekly export has it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


CASES = {
    "Id": f"{CASE}AAR", "IsDeleted": "0", "CaseNumber": "00001026", "ContactId": "0033000000AbcdeAAC",
    "Origin": "Email", "Type": "Returns", "Priority": "High", "Tier__c": "gold", "SuppliedEmail": "",
    "Description": "How long?", "CreatedDate": "2023-01-20 17:50:00",
}  # fmt: skip
CONTACT = {
    "Id": "0033000000AbcdeAAC", "AccountId": "0013000000XyzAAA", "LastName": "Ode", "FirstName": "Sam",
    "Email": "sam@mail.example", "MobilePhone": "0044 20 7946 0018", "Region__c": "north",
}  # fmt: skip
USER = {"Id": "0053000000UserAAAA", "Username": "noor@acme.example", "ProfileId": "00e", "LastName": "Bakker",
        "FirstName": "Noor", "UserType": "Standard", "Email": "noor@acme.example"}  # fmt: skip
ASKED = {
    "Id": "02s1", "ParentId": f"{CASE}AAR", "Incoming": "1", "Status": "1",
    "MessageDate": "2023-01-20 17:50:00",
    "FromAddress": "sam@mail.example", "FromName": "Sam Ode", "ToAddress": "help@acme.example",
    "TextBody": "How long can I return a sofa?", "HtmlBody": "", "IsDeleted": "0",
}  # fmt: skip
ANSWERED = {
    **ASKED, "Id": "02s2", "Incoming": "0", "Status": "3", "MessageDate": "2023-01-20 17:59:40",
    "FromAddress": "help@acme.example", "FromName": "Noor",
    "ToAddress": "sam@mail.example; boss@mail.example",
    "TextBody": "You have 30 days.  It costs $25.50.",
    "HtmlBody": "<p>You have 30 days.</p><p>It costs $25.50.</p><p>ref:_00D30Mxs._50030D8cuI:ref</p>",
}  # fmt: skip
COMMENT = {
    "Id": "00a1", "ParentId": f"{CASE}AAR", "IsPublished": "1", "CommentBody": "Chairs: 60 days.",
    "CreatedById": "0053000000UserAAAA", "CreatedDate": "2023-01-21T08:00:00.000+0000",
}  # fmt: skip
BODY = (
    '<p align="center">Chat Started: Tuesday, March 03, 2026, 09:12:40 (+0000)</p>'
    '<p align="center">Chat Origin: Web</p><p align="center">Agent Noor B</p>'
    "( 12s ) Noor B: Hello &amp; welcome<br>( 1m 4s ) Sam: How long?<br>and what does it cost?<br>"
    "( 1m 30s ) Noor B: 30 days: it costs $25.50<br>"
    '<p align="center">Chat Transferred From Noor B To Ada</p>'
    "( 1h 0m 2s ) Ada: Anything else?<br>"
)
CHAT = {
    "Id": "5701", "LiveChatVisitorId": "5701V", "CaseId": NOBODY, "ContactId": "0033000000AbcdeAAC",
    "Body": BODY, "StartTime": "2026-03-03T09:12:40.000Z",
}  # fmt: skip
WHOLE = {
    "Case_csv": table(CASES),
    "Contact_csv": table(CONTACT),
    "User_csv": table(USER),
    "EmailMessage_csv": table(ANSWERED, ASKED),
    "CaseComment_csv": table(COMMENT, {**COMMENT, "Id": "00a2", "IsPublished": "0", "CommentBody": "hm"}),
}


def test_an_export_joined(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, **WHOLE))
    mail, comment = loaded.replies
    assert mail.question == "How long can I return a sofa?"
    assert [line for line in mail.text.splitlines() if line] == ["You have 30 days.", "It costs $25.50."]
    assert (mail.id, mail.conversation_id) == ("salesforce:02s2", "salesforce:00001026")
    assert mail.channel == "email"
    assert (str(mail.sent_at), mail.agent) == ("2023-01-20 17:59:40+00:00", "Noor")
    assert (mail.customer_id, mail.name, mail.email, mail.phone) == (
        "0033000000AbcdeAAC",
        "Sam Ode",
        "sam@mail.example",
        "0044 20 7946 0018",
    )
    assert mail.attributes == {"region": "north", "tier": "gold", "type": "Returns", "priority": "High"}
    assert (comment.text, comment.channel, comment.agent) == ("Chairs: 60 days.", "portal", "Noor Bakker")
    assert (comment.conversation_id, comment.customer_id) == (mail.conversation_id, mail.customer_id)
    assert loaded.left_out == {"internal notes": 1}
    assert not loaded.problems


def test_tables_may_lie_in_several_folders(tmp_path: Path) -> None:
    """The weekly export comes in several archives."""
    write(tmp_path / "1", **{name: text for name, text in WHOLE.items() if name != "EmailMessage_csv"})
    write(tmp_path / "2", EmailMessage_csv=WHOLE["EmailMessage_csv"])
    assert {reply.customer_id for reply in load(tmp_path).replies} == {"0033000000AbcdeAAC"}


def test_what_the_source_is(tmp_path: Path) -> None:
    mail, _ = load(write(tmp_path, **WHOLE)).replies
    assert mail.source.path.endswith("EmailMessage.csv")
    assert mail.source.line == 2


def test_mails_alone_without_cases(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, EmailMessage_csv=table(ASKED, ANSWERED)))
    assert (loaded.reply.conversation_id, loaded.reply.email) == (f"salesforce:{CASE}", "sam@mail.example")
    assert loaded.reply.question == "How long can I return a sofa?"


def test_ids_of_reports_are_15_characters_long(tmp_path: Path) -> None:
    mails = table({**ASKED, "ParentId": CASE}, {**ANSWERED, "ParentId": CASE})
    replies = load(write(tmp_path, **{**WHOLE, "EmailMessage_csv": mails})).replies
    assert replies[0].conversation_id == "salesforce:00001026"


def test_a_mail_of_no_case_stands_alone(tmp_path: Path) -> None:
    mails = table({**ASKED, "ParentId": NOBODY}, {**ANSWERED, "ParentId": NOBODY})
    loaded = load(write(tmp_path, EmailMessage_csv=mails))
    assert (loaded.reply.question, loaded.reply.conversation_id) == ("", "salesforce:02s2")


def test_data_loader_writes_a_mark_and_an_offset(tmp_path: Path) -> None:
    mails = table({**ANSWERED, "MessageDate": "2023-01-20T14:46:15.000+0000"})
    reply = load(write(tmp_path, extract_csv="\ufeff" + mails), timezone="America/Bogota").reply
    assert str(reply.sent_at) == "2023-01-20 14:46:15+00:00"


def test_drafts_and_the_recycle_bin_are_left_out(tmp_path: Path) -> None:
    mails = table({**ANSWERED, "Status": "5"}, {**ANSWERED, "IsDeleted": "true"})
    loaded = load(write(tmp_path, EmailMessage_csv=mails))
    assert (loaded.left_out, loaded.replies) == ({"drafts": 1, "deleted": 1}, [])


@pytest.mark.parametrize(
    ("origin", "question", "left_out"),
    [("Web", "How long?", {}), ("Phone", "", {"internal notes": 1}), ("Email", "How long?", {})],
)
def test_the_description_of_a_case(
    tmp_path: Path, origin: str, question: str, left_out: dict[str, int]
) -> None:
    folder = write(
        tmp_path, Case_csv=table({**CASES, "Origin": origin}), User_csv=table(USER), c_csv=table(COMMENT)
    )
    loaded = load(folder)
    assert (loaded.reply.question, loaded.left_out) == (question, left_out)


def test_what_a_machine_commented_is_no_answer(tmp_path: Path) -> None:
    folder = write(
        tmp_path, User_csv=table({**USER, "UserType": "AutomatedProcess"}), CaseComment_csv=table(COMMENT)
    )
    assert load(folder).left_out == {"bot messages": 1}


def test_users_of_the_portal_are_customers(tmp_path: Path) -> None:
    users = table(USER, {**USER, "Id": "0053000000UserBAAA", "UserType": "CspLitePortal"})
    asked = {**COMMENT, "Id": "00a0", "CreatedById": "0053000000UserBAAA", "CommentBody": "And chairs?",
             "CreatedDate": "2023-01-21 07:00:00"}  # fmt: skip
    loaded = load(write(tmp_path, User_csv=users, CaseComment_csv=table(COMMENT, asked)))
    assert loaded.said == [("And chairs?", "Chairs: 60 days.")]


def test_authors_of_comments_are_asked_for_without_the_users(tmp_path: Path) -> None:
    folder = write(tmp_path, CaseComment_csv=table(COMMENT))
    loaded = load(folder)
    assert "nothing says whether 'salesforce:0053000000UserAAAA' is an agent" in loaded.problem
    assert load(folder, agents=("salesforce:005*",)).reply.text == "Chairs: 60 days."


def test_a_chat_is_taken_apart(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, Contact_csv=table(CONTACT), LiveChatTranscript_csv=table(CHAT)))
    assert loaded.said == [
        ("", "Hello & welcome"),
        ("How long?\nand what does it cost?", "30 days: it costs $25.50"),
        ("", "Anything else?"),
    ]
    second, third = loaded.replies[1:]
    assert (second.agent, third.agent, second.channel) == ("Noor B", "Ada", "chat")
    assert [str(reply.sent_at) for reply in (second, third)] == [
        "2026-03-03 09:14:10+00:00",
        "2026-03-03 10:12:42+00:00",
    ]
    assert (second.conversation_id, second.customer_id) == ("salesforce:5701", "0033000000AbcdeAAC")
    assert not loaded.problems


def test_a_chat_that_was_missed_and_one_that_is_none(tmp_path: Path) -> None:
    chats = table({**CHAT, "Body": ""}, {**CHAT, "Id": "5702", "Body": "<p>Chat Origin: Web</p>"})
    loaded = load(write(tmp_path, chats_csv=chats))
    assert loaded.left_out == {"without words": 1}
    assert "chats.csv:3: the Body of the chat has no messages" in loaded.problem


def test_a_team_that_speaks_under_its_own_name_is_asked_for(tmp_path: Path) -> None:
    folder = write(tmp_path, chats_csv=table({**CHAT, "Body": BODY.replace(") Noor B:", ") Acme Care:")}))
    loaded = load(folder)
    assert len(loaded.problems) == 2
    assert "'Acme Care' is an agent or a customer" in loaded.problems[0]
    assert len(load(folder, agents=("Acme Care",)).replies) == 3


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no time": ({"m_csv": table({**ANSWERED, "MessageDate": "noon"})}, "the time 'noon' is not ISO 8601"),
    "an empty time": ({"m_csv": table({**ANSWERED, "MessageDate": ""})}, "the row has no time"),
    "a quote left open": ({"m_csv": table(ASKED) + '"02s9","'}, "never closed"),
    "too few columns": ({"m_csv": table(ASKED) + '"02s9","x"\r\n'}, "the row has 2 columns"),
    "a column twice": ({"m_csv": table(ASKED).replace('"Status"', '"Id"')}, "stands twice"),
    "null bytes": ({"m_csv": table({**ANSWERED, "TextBody": "a\0b"})}, "NUL bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_tables_are_problems(tmp_path: Path, name: str) -> None:
    files, message = BROKEN[name]
    loaded = load(write(tmp_path, **files))
    assert message in loaded.problem
    assert not loaded.replies


def test_one_broken_table_leaves_the_others(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, **{**WHOLE, "Contact_csv": WHOLE["Contact_csv"] + '"x'}))
    assert len(loaded.problems) == 1
    assert len(loaded.replies) == 2


@pytest.mark.parametrize("hostile", ["( 1s ) ", "( 1h ", "<p", "Agent ", "Chat Transferred From a ", " "])
def test_hostile_chats_take_no_time(tmp_path: Path, hostile: str) -> None:
    body = BODY + hostile * (300_000 // len(hostile))
    begin = time.perf_counter()
    loaded = load(write(tmp_path, chats_csv=table({**CHAT, "Body": body})))
    assert time.perf_counter() - begin < 10
    assert loaded.replies[0].text == "Hello & welcome"


@pytest.mark.parametrize("rows", [ASKED, COMMENT, CASES, CONTACT, USER, CHAT])
def test_recognised_by_its_columns(rows: dict[str, str]) -> None:
    assert FORMAT.recognise(table(rows).encode(), "x") is Fit.EXACT
    assert FORMAT.recognise(b"id,text,parentid\n", "EmailMessage.csv") is Fit.NONE
