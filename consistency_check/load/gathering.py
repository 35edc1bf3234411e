"""Turns that lie apart in an export, put together by conversation; what memory cannot hold waits on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, islice

from consistency_check.load.disk import open_private_database
from consistency_check.load.people import Person, Role
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import Source

TURNS_AT_ONCE = 10_000
"""A conversation of more is made into replies in pieces: no real one is, a broken column makes one."""


class Gathering:
    """Takes turns in any order; gives conversations in the order in which they first appeared."""

    def __init__(self) -> None:
        self._rows = open_private_database()
        self._rows.execute("CREATE TABLE heads (conversation TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE turns (place INTEGER PRIMARY KEY, conversation TEXT, body TEXT)")
        self._rows.execute("BEGIN")
        self._count = 0

    def add(self, turn: Turn) -> None:
        """Take a turn in; the order of taking in is the export's order."""
        self._count += 1
        key = turn.conversation_id.encode("utf-8", "replace").decode()
        self._rows.execute("INSERT OR IGNORE INTO heads VALUES (?, ?)", (key, self._count))
        self._rows.execute("INSERT INTO turns VALUES (?, ?, ?)", (self._count, key, _pack(turn)))

    def conversations(self) -> Iterator[Conversation]:
        """Every conversation, its turns in the export's order; then the turns are let go of."""
        rows = self._rows.execute(
            "SELECT number, body FROM turns JOIN heads USING (conversation) ORDER BY number, place"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            turns = (_unpack(body) for _, body in group)
            while piece := tuple(islice(turns, TURNS_AT_ONCE)):
                yield Conversation(piece[0].conversation_id, piece, piece[0].source)
        self._rows.close()


def _pack(turn: Turn) -> str:
    # By hand: `dataclasses.astuple` copies deeply, and takes longer than all the rest.
    time = turn.sent_at.isoformat() if turn.sent_at else None
    source = turn.source.path, turn.source.line, turn.source.column
    people = _list_person(turn.speaker), _list_person(turn.addressee)
    rest = (turn.id, time, turn.offset, turn.channel, turn.team, *people, dict(turn.attributes))
    return json.dumps((turn.conversation_id, turn.role, turn.text, source, *rest))


def _list_person(person: Person) -> tuple[str, ...]:
    return person.id, person.name, person.email, person.phone, person.handle


def _unpack(body: str) -> Turn:
    conversation, role, text, source, id_, time, offset, channel, team, speaker, addressee, more = json.loads(
        body
    )
    return Turn(
        conversation,
        Role(role),
        text,
        Source(*source),
        id_,
        datetime.fromisoformat(time) if time else None,
        offset,
        channel,
        team,
        Person(*speaker),
        Person(*addressee),
        more,
    )
