"""Zendesk: tickets with comments, audits, events, chats, macros, articles and the warehouse's tables, joined.

The author's role stands only among the users (`role`: end-user, agent, admin), wherever they are: a file of
their own, beside the tickets of a page, or a table. A ticket's requester is its customer without them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from consistency_check.load.documents import PAGE, read_pages
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, Scope, read_each
from consistency_check.load.options import LoadOptions
from consistency_check.load.streams import peek_head
from consistency_check.load.tables import HeaderError, read_table, split_header
from consistency_check.load.zendesk.answers import read_article, read_macro
from consistency_check.load.zendesk.chats import read_chat
from consistency_check.load.zendesk.known import KEY, Known, pick_ticket, pick_user, read_text
from consistency_check.load.zendesk.tickets import read_audit, read_comment, read_ticket
from consistency_check.model import LeftOut, Problem, Source

# Not `comments`: a ticket has a list of them too.
_LISTS = ("users", "tickets", "audits", "ticket_events", "chats", "macros", "articles")
# The keys of one record that tell its kind; of a page, the name of its list too.
_MARKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "users": (("role", "email", "time_zone"), ("role", "name", "external_id", "email")),
    "tickets": (("requester_id", "via"), ("requester_id", "subject", "status")),
    "comments": (("author_id", "public", "html_body"), ("author_id", "public", "plain_body")),
    "audits": (("ticket_id", "events", "author_id"),),
    "ticket_events": (("ticket_id", "child_events"),),
    "chats": (("visitor", "history"), ("visitor", "agent_names")),
    "macros": (("actions", "comment_value"), ("actions", "restriction", "title")),
    "articles": (("section_id", "locale", "body"),),
}
# The columns of the warehouse's tables.
_TABLES: Mapping[str, frozenset[str]] = {
    "users": frozenset({"id", "role", "email"}),
    "tickets": frozenset({"id", "requester_id", "subject"}),
    "comments": frozenset({"ticket_id", "user_id", "public", "body"}),
}


def _recognise(head: bytes, name: str) -> Fit:
    del name
    if head.lstrip()[:1] in (b"{", b"["):
        found = any(all(_holds(head, key) for key in keys) for marks in _MARKS.values() for keys in marks)
        return Fit.EXACT if found else Fit.NONE
    names = frozenset(split_header(head)[1])
    return (
        Fit.EXACT
        if any(columns <= names for columns in _TABLES.values()) and _is_warehouse(names)
        else Fit.NONE
    )


def _holds(head: bytes, key: str) -> bool:
    return re.search(rb'"%s"\s*:|"%s"' % (key.encode(), key.encode()), head) is not None


def _is_warehouse(names: frozenset[str]) -> bool:
    """A table of users has names that any table of customers may have; these it alone has."""
    return bool(
        names & {"user_id", "requester_id", "organization_id", "time_zone", "via_channel", "_fivetran_synced"}
    )


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    del options
    known = Known()
    # Problems are told in the second reading.
    for _ in read_each(files, partial(_learn, known)):
        pass
    yield from read_each(files, partial(_tell, known))
    if known.bare and not known.has_comments:
        message = "the tickets come without their comments; export the ticket audits or the comments too"
        yield Problem(known.bare, message)


def _learn(known: Known, file: ExportFile) -> Iterator[Item]:
    """Take in users and tickets; nothing is told."""
    if file.stream is None:
        quiet = ExportFile(file.path, file.location, file.encoding)
        for kind, record, _ in (place for place in _read_file(quiet) if not isinstance(place, Problem)):
            if kind == "users":
                known.users.put(read_text(record, "id"), pick_user(record))
            elif kind == "tickets":
                known.tickets.put(read_text(record, "id"), pick_ticket(record))
    yield from ()


def _tell(known: Known, file: ExportFile) -> Iterator[Item]:
    count = 0
    for place in _read_file(file):
        if isinstance(place, Problem):
            yield place
            continue
        kind, record, source = place
        if kind in ("users", "tickets") and file.stream is not None:
            register, pick = (known.users, pick_user) if kind == "users" else (known.tickets, pick_ticket)
            register.put(read_text(record, "id"), pick(record))
        try:
            yield from _READERS[kind](known, record, source) if kind in _READERS else ()
        except (AttributeError, TypeError, KeyError, ValueError) as error:
            yield Problem(
                source, f"the record has not the shape of Zendesk's {kind} ({error}); export it again"
            )
        count += kind == ""
    if count:
        yield LeftOut(Source(file.path), "records of other kinds", count)


def _read_file(file: ExportFile) -> Iterator[tuple[str, dict[str, Any], Source] | Problem]:
    """Each record with its kind; "" for one of a kind that holds no answers."""
    with file.open() as stream:
        head = peek_head(stream)
        if head.lstrip()[:1] not in (b"{", b"["):
            yield from _read_rows(stream, file, head)
            return
        for place in read_pages(stream, file.path, _LISTS):
            if isinstance(place, Problem):
                yield place
            elif not isinstance(place[1], dict):
                yield Problem(place[2], "the record is no object; export it again")
            else:
                yield from _open_record(*place)


def _open_record(
    kind: str, record: dict[str, Any], source: Source
) -> Iterator[tuple[str, dict[str, Any], Source]]:
    """The record with its kind, or the comments that a page of them holds."""
    comments = record.get("comments")
    if kind in ("", PAGE) and isinstance(comments, list) and "requester_id" not in record:
        for number, comment in enumerate(comments, 1):
            if isinstance(comment, dict):
                yield "comments", comment, Source(f"{source}#{number}")
    elif kind != PAGE:
        yield kind or _find_kind(record), record, source


def _read_rows(
    stream: Any, file: ExportFile, head: bytes
) -> Iterator[tuple[str, dict[str, Any], Source] | Problem]:
    names = frozenset(split_header(head)[1])
    kind = next((kind for kind in ("comments", "tickets", "users") if _TABLES[kind] <= names), "")
    try:
        for row in read_table(stream, file.path):
            yield row if isinstance(row, Problem) else (kind, dict(row.fields), row.source)
    except HeaderError as error:
        yield error.problem


def _find_kind(record: dict[str, Any]) -> str:
    """The kind of a record that stands alone, by its keys."""
    if "actions" in record and "title" in record:
        return "macros"
    for kind, marks in _MARKS.items():
        if any(set(keys) <= record.keys() for keys in marks):
            return kind
    return "users" if {"role", "email"} <= record.keys() else ""


_READERS: Mapping[str, Callable[[Known, dict[str, Any], Source], Iterator[Item]]] = {
    "tickets": read_ticket,
    "comments": read_comment,
    "audits": read_audit,
    "ticket_events": read_audit,
    "chats": read_chat,
    "macros": read_macro,
    "articles": read_article,
}

FORMAT = Format("Zendesk", _recognise, _read, key=KEY, scope=Scope.TREE, channel="email")
