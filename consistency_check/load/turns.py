"""What was said by whom, turn by turn, and how a conversation's turns become answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from consistency_check.load.asked import wants_answer
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import (
    NOBODY,
    Person,
    Role,
    ask_who,
    find_other_side,
    find_role,
    is_same,
    merge_people,
)
from consistency_check.load.records import Record, keep_given
from consistency_check.model import Attributes, LeftOut, Problem, Source

__all__ = ["NOBODY", "Conversation", "Person", "Role", "Turn", "make_replies", "place_record"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said. `text` is what a person reads: no HTML, no quoted mail, no signature.

    `speaker` said it, `addressee` is to whom, where the export tells: of an agent's turn the customer.
    `sent_at` may be naive: it is then in the audit's zone. `offset` is the seconds since the start of the
    call, for transcripts that tell nothing else. `conversation_id` and `id` are the system's own, as text.
    """

    conversation_id: str
    role: Role
    text: str
    source: Source
    id: str = ""
    sent_at: datetime | None = None
    offset: float | None = None
    channel: str = ""
    team: str = ""
    speaker: Person = NOBODY
    addressee: Person = NOBODY
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """All turns of one thread, call or ticket, in the export's order, and what holds for each of them.

    What a turn says itself goes before `customer`, `agent`, `channel`, `team` and `attributes`.
    """

    id: str
    turns: tuple[Turn, ...]
    source: Source
    channel: str = ""
    team: str = ""
    agent: Person = NOBODY
    customer: Person = NOBODY
    started_at: datetime | None = None
    attributes: Attributes = field(default_factory=dict)


_LEFT_OUT = {
    Role.BOT: "bot messages",
    Role.INTERNAL: "internal notes",
    Role.EVENT: "events",
    Role.UNKNOWN: "speaker unknown",
}
_SILENT = (Role.INTERNAL, Role.EVENT)


@dataclass(slots=True)
class _Waiting:
    """The customer's turns since the last answer; `is_heard` where somebody reacted without one."""

    turns: list[Turn] = field(default_factory=list)
    is_heard: bool = False

    def add(self, turn: Turn) -> None:
        if turn.text.strip():
            self.turns.append(turn)
            self.is_heard = False

    @property
    def texts(self) -> list[str]:
        """What was said, turn by turn."""
        return [turn.text.strip() for turn in self.turns]

    @property
    def question(self) -> str:
        """What was asked, a line a turn."""
        return "\n".join(self.texts)

    @property
    def asked_at(self) -> datetime | None:
        """When the first of it was asked."""
        return self.turns[0].sent_at if self.turns else None

    def take(self) -> tuple[str, datetime | None]:
        """The question and its time; nothing waits any longer."""
        taken = self.question, self.asked_at
        self.turns.clear()
        return taken


def make_replies(conversation: Conversation, options: LoadOptions) -> Iterator[Record | LeftOut | Problem]:
    """The answers of a conversation as records; what is no answer is counted, with its reason.

    Turns are put in the order of their times where all have one, else they stay as they are. What the
    customer said since the last answer, a line a turn, is the `question` of the next; what waits for an
    answer in the end is a record without a text. A speaker who may be either is a Problem, once a
    conversation.
    """
    counts: Counter[str] = Counter()
    waiting = _Waiting()
    customer = conversation.customer
    strangers: set[str] = set()
    turns = _settle_roles(_order_turns(conversation), conversation, options)
    known = merge_people(customer, *map(_find_customer, turns))
    for turn in turns:
        if turn.role is Role.CUSTOMER:
            customer = merge_people(turn.speaker, customer)
            waiting.add(turn)
        elif turn.role is Role.AGENT or (turn.role is Role.BOT and options.bots):
            if not turn.text.strip():
                counts["without words"] += 1
                waiting.is_heard = True
                continue
            person = merge_people(turn.addressee, customer, known)
            yield _make_record(turn, conversation, person, *waiting.take())
        elif turn.role is not Role.UNKNOWN or turn.text.strip():
            counts[_LEFT_OUT[turn.role]] += 1
            waiting.is_heard |= turn.role not in _SILENT
            if turn.role is Role.UNKNOWN and turn.speaker.shown not in strangers:
                strangers.add(turn.speaker.shown)
                yield Problem(turn.source, ask_who(turn.speaker))
    if waiting.turns and not waiting.is_heard and wants_answer(*waiting.texts):
        yield _make_question(waiting, conversation, merge_people(customer, known))
    for reason, count in sorted(counts.items()):
        yield LeftOut(conversation.source, reason, count)


def place_record(path: str, *numbers: int) -> Source:
    """The source of a record without a line of its own: `chats.json#12`, and `#12.3` for its 3rd turn."""
    return Source(f"{path}#{'.'.join(map(str, numbers))}")


def _settle_roles(turns: list[Turn], conversation: Conversation, options: LoadOptions) -> list[Turn]:
    """The turns with their roles looked up where the export does not tell them."""
    roles = {at: _look_up(turn, conversation, options) for at, turn in enumerate(turns) if _is_open(turn)}
    other = find_other_side({role for role in roles.values() if role is not Role.UNKNOWN}, options)
    for at, role in roles.items():
        settled = other if role is Role.UNKNOWN and turns[at].speaker else role
        turns[at] = replace(turns[at], role=settled)
    return turns


def _is_open(turn: Turn) -> bool:
    return turn.role is Role.UNKNOWN


def _look_up(turn: Turn, conversation: Conversation, options: LoadOptions) -> Role:
    role = find_role(turn.speaker, options)
    if role is Role.UNKNOWN and is_same(turn.speaker, conversation.agent):
        return Role.AGENT
    if role is Role.UNKNOWN and is_same(turn.speaker, conversation.customer):
        return Role.CUSTOMER
    return role


def _find_customer(turn: Turn) -> Person:
    return {Role.CUSTOMER: turn.speaker, Role.AGENT: turn.addressee}.get(turn.role, NOBODY)


def _order_turns(conversation: Conversation) -> list[Turn]:
    """In the order of time where everything said has one; equal times keep the export's order."""
    turns = [_date_turn(turn, conversation.started_at) for turn in conversation.turns]
    said = [turn for turn in turns if turn.role not in _SILENT and turn.text.strip()]
    if all(turn.sent_at for turn in said):
        return sorted(turns, key=_find_moment)
    if all(turn.offset is not None for turn in said):
        return sorted(turns, key=lambda turn: turn.offset or 0.0)
    return turns


def _find_moment(turn: Turn) -> datetime:
    """A time that compares with every other: of one conversation all are naive, or none."""
    time = turn.sent_at or datetime.min
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _date_turn(turn: Turn, started_at: datetime | None) -> Turn:
    if turn.sent_at or started_at is None:
        return turn
    return replace(turn, sent_at=started_at + timedelta(seconds=turn.offset or 0.0))


def _make_record(
    turn: Turn, conversation: Conversation, customer: Person, question: str, asked_at: datetime | None
) -> Record:
    """The record of an answer, or of a question that has none: the turn is then the customer's first."""
    is_answer = turn.role is not Role.CUSTOMER
    pairs = {
        **conversation.attributes,
        **turn.attributes,
        "id": turn.id,
        "channel": turn.channel or conversation.channel,
        "text": turn.text if is_answer else "",
        "question": question,
        "sent_at": turn.sent_at.isoformat() if turn.sent_at and is_answer else "",
        "asked_at": asked_at.isoformat() if asked_at else "",
        "conversation_id": conversation.id,
        "agent": (turn.speaker or conversation.agent).shown if is_answer else "",
        "team": turn.team or conversation.team,
        "customer_id": customer.id,
        "email": customer.email,
        "phone": customer.phone,
        "name": customer.name,
        "handle": customer.handle,
    }
    return Record(keep_given(pairs.items()), turn.source, is_spoken=is_answer)


def _make_question(waiting: _Waiting, conversation: Conversation, customer: Person) -> Record:
    return _make_record(waiting.turns[0], conversation, customer, waiting.question, waiting.asked_at)
