"""The tables of a Salesforce export that hold what was said: mails, comments and chats."""

from __future__ import annotations

from collections.abc import Iterator

from consistency_check.load.format import Item
from consistency_check.load.people import NOBODY, Person, Role, merge_people
from consistency_check.load.records import Record
from consistency_check.load.salesforce.chats import read_chat
from consistency_check.load.salesforce.fields import find_handle, find_id, find_key, find_time, is_true
from consistency_check.load.salesforce.joined import Case, Joined, make_person
from consistency_check.load.turns import Conversation, Turn
from consistency_check.load.wordings import choose_words
from consistency_check.model import LeftOut, Problem

_DRAFT = "5"
"""EmailMessage.Status of a mail that was never sent."""


def take_email(row: Record, joined: Joined) -> Iterator[Item]:
    """A mail that was sent, as a turn of its case."""
    fields = row.fields
    if fields.get("status") == _DRAFT:
        yield LeftOut(row.source, "drafts")
        return
    case = joined.find_case(row, "parentid")
    sender = Person(name=fields.get("fromname", ""), email=fields.get("fromaddress", ""))
    incoming = is_true(row, "incoming")
    to = Person(email=fields.get("toaddress", "").partition(";")[0].strip())
    yield Turn(
        _name_thread(row, "parentid", case) or find_id(row, "id"),
        Role.CUSTOMER if incoming else Role.AGENT,
        # Line ends of TextBody may have become spaces, with which quoted mail cannot be told any more.
        choose_words(fields.get("htmlbody", ""), fields.get("textbody", ""), mail=True),
        row.source,
        id=find_id(row, "id"),
        sent_at=find_time(row, "messagedate", "createddate"),
        channel="email",
        speaker=merge_people(sender, case.customer) if incoming else sender,
        addressee=NOBODY if incoming else merge_people(to, case.customer),
        attributes=case.attributes,
    )


def take_comment(row: Record, joined: Joined) -> Iterator[Item]:
    """A comment as a turn of its case: the customer sees the published ones alone."""
    case = joined.find_case(row, "parentid")
    stranger = Person(name=row.fields.get("creatorname", ""), handle=find_handle(row, "createdbyid"))
    user = joined.users.get(find_key(row, "createdbyid"))
    role = Role(user["role"]) if user else Role.UNKNOWN
    yield Turn(
        _name_thread(row, "parentid", case) or find_id(row, "id"),
        role if is_true(row, "ispublished") else Role.INTERNAL,
        row.fields.get("commentbody", ""),
        row.source,
        id=find_id(row, "id"),
        sent_at=find_time(row, "createddate"),
        channel="portal",
        speaker=make_person(user) if user else stranger,
        addressee=case.customer,
        attributes=case.attributes,
    )


def take_chat(row: Record, joined: Joined) -> Iterator[Item]:
    """A chat is a conversation of its own, and the case is what came of it; one that was missed is empty."""
    if not (body := row.fields.get("body", "")):
        yield LeftOut(row.source, "without words")
        return
    case = joined.find_case(row, "caseid")
    contact, attributes = joined.find_contact(row)
    id_ = find_id(row, "id")
    customer = merge_people(contact, case.customer)
    turns = tuple(read_chat(body, id_, customer, row.source))
    if not turns:
        message = (
            "the Body of the chat has no messages such as `( 12s ) Name: …`; left out; export it as HTML"
        )
        yield Problem(row.source, message)
        return
    yield Conversation(
        id_,
        turns,
        row.source,
        channel="chat",
        customer=customer,
        started_at=find_time(row, "starttime", "createddate"),
        attributes={**attributes, **case.attributes},
    )


def _name_thread(row: Record, name: str, case: Case) -> str:
    """The case's number, which people know it by, or else its id."""
    return case.number or find_key(row, name)
