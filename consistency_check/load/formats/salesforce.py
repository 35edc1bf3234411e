"""Salesforce: the CSVs of one data export, joined by their ids.

EmailMessage, CaseComment and LiveChatTranscript hold what was said; Case tells the customer and what the
case is about, Contact the customer's addresses, User which authors of comments are agents. Ids are compared
by their first 15 characters: reports leave off the checksum that makes them 18.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, Scope, read_each
from consistency_check.load.options import LoadOptions
from consistency_check.load.records import Record
from consistency_check.load.salesforce.fields import RowError, find_key, is_true
from consistency_check.load.salesforce.joined import Joined, take_case, take_contact, take_user
from consistency_check.load.salesforce.said import take_chat, take_comment, take_email
from consistency_check.load.streams import peek_head
from consistency_check.load.tables import HeaderError, read_table, split_header
from consistency_check.model import LeftOut, Problem, Source

# The columns by which each table is known; a table has many more, and an export may leave out the others.
_TABLES = {
    "LiveChatTranscript": {"id", "livechatvisitorid", "body"},
    "EmailMessage": {"id", "parentid", "incoming", "messagedate"},
    "CaseComment": {"id", "parentid", "commentbody"},
    "Case": {"id", "casenumber", "origin"},
    "Contact": {"id", "accountid", "lastname"},
    "User": {"id", "username", "profileid"},
}
_Take = Callable[[Record, Joined], Iterator[Item]]
# In the order in which they must be read.
_TAKERS: dict[str, _Take] = {
    "Contact": take_contact,
    "User": take_user,
    "Case": take_case,
    "EmailMessage": take_email,
    "CaseComment": take_comment,
    "LiveChatTranscript": take_chat,
}


def _recognise(head: bytes, name: str) -> Fit:
    return Fit.EXACT if _find_table(head) else Fit.NONE


def _find_table(head: bytes) -> str:
    names = set(split_header(head)[1])
    return next((table for table, columns in _TABLES.items() if columns <= names), "")


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    """Every table after those that it refers to."""
    by_table: dict[str, list[ExportFile]] = {table: [] for table in _TABLES}
    yield from read_each(files, partial(_sort_file, by_table=by_table))
    joined = Joined(mailed=bool(by_table["EmailMessage"]))
    for table, take in _TAKERS.items():
        yield from read_each(by_table[table], partial(_read_rows, take=take, joined=joined))


def _sort_file(file: ExportFile, by_table: dict[str, list[ExportFile]]) -> Iterator[Item]:
    # Its bytes are counted when it is read.
    with replace(file, on_bytes=None).open() as stream:
        table = _find_table(peek_head(stream))
    if table:
        by_table[table].append(file)
    else:
        message = f"has the columns of none of {', '.join(_TABLES)}; export the table with all of its fields"
        yield Problem(Source(file.path, 1), message)


def _read_rows(file: ExportFile, take: _Take, joined: Joined) -> Iterator[Item]:
    """What each row gives; rows of the recycle bin are left out, a time that is none makes a problem."""
    deleted = 0
    with file.open() as stream:
        try:
            for row in read_table(stream, file.path, required="id"):
                if isinstance(row, Problem):
                    yield row
                elif not find_key(row, "id"):
                    yield Problem(row.source, "the row has no Id; left out; export the table again")
                elif is_true(row, "isdeleted"):
                    deleted += 1
                else:
                    try:
                        yield from take(row, joined)
                    except RowError as error:
                        yield Problem(row.source, str(error))
        except HeaderError as error:
            yield error.problem
    if deleted:
        yield LeftOut(Source(file.path), "deleted", deleted)


FORMAT = Format("Salesforce", _recognise, _read, key="salesforce", scope=Scope.TREE, channel="email")
