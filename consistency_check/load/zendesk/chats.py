"""Chats: lines by name, some of which are agents'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consistency_check.load.bodies import clean_text
from consistency_check.load.format import Item
from consistency_check.load.people import Person, Role
from consistency_check.load.turns import Conversation, Turn
from consistency_check.load.zendesk.known import KEY, Known, read_text, read_time
from consistency_check.model import Source


def read_chat(known: Known, chat: dict[str, Any], source: Source) -> Iterator[Item]:
    """A chat's lines; who of the names is an agent stands in `agent_names`."""
    del known
    visitor = chat.get("visitor") or {}
    own_id = read_text(visitor, "id")
    customer = Person(
        name=read_text(visitor, "name"),
        email=read_text(visitor, "email"),
        phone=read_text(visitor, "phone"),
        handle=f"{KEY}-chat:{own_id}" if own_id else "",
    )
    agents = {name for name in chat.get("agent_names") or () if isinstance(name, str)}
    lines = [line for line in chat.get("history") or () if isinstance(line, dict)]
    turns = tuple(
        _make_line(line, customer, agents, Source(f"{source}.{number}"))
        for number, line in enumerate(lines, 1)
    )
    id_ = read_text(chat, "id")
    started = read_time(read_text(chat, "timestamp"))
    yield Conversation(id_, turns, source, channel="chat", customer=customer, started_at=started)


def _make_line(line: dict[str, Any], customer: Person, agents: set[str], source: Source) -> Turn:
    name = read_text(line, "name")
    if read_text(line, "type") not in ("", "chat.msg"):
        role = Role.EVENT
    elif (sender := read_text(line, "sender_type").casefold()) in ("agent", "visitor", "trigger"):
        role = {"agent": Role.AGENT, "visitor": Role.CUSTOMER, "trigger": Role.BOT}[sender]
    elif name in agents:
        role = Role.AGENT
    else:
        role = Role.CUSTOMER if name and name == customer.name else Role.UNKNOWN
    return Turn(
        conversation_id="",
        role=role,
        text=clean_text(read_text(line, "msg")),
        source=source,
        sent_at=read_time(read_text(line, "timestamp")),
        channel="chat",
        speaker=customer if role is Role.CUSTOMER else Person(name=name),
    )
