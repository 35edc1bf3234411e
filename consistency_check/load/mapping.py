"""How the records of one system are to be understood: which of its fields is what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from consistency_check.load.bodies import clean_html, clean_text
from consistency_check.load.counts import parse_count
from consistency_check.load.paths import Field, Path, Scopes, fold_path
from consistency_check.load.people import Person, Role, merge_people
from consistency_check.load.records import normalise_name
from consistency_check.load.times import check_year, parse_naive_time
from consistency_check.load.turns import Turn
from consistency_check.load.written_times import read_written_time
from consistency_check.model import Problem, Source

BY_CUSTOMER = "@customer"
"""As a conversation: the system has none, all that one customer wrote is one."""
NOTHING = Field()
PERSON_FIELDS = ("id", "name", "email", "phone", "handle", "own_id")
UNITS = ("written", "seconds", "milliseconds", "microseconds", "mail")

Rules = tuple[tuple[Field, frozenset[str]], ...]
"""Fields, and the words in them, in small letters, that make a turn what the rule is for."""


@dataclass(frozen=True, slots=True)
class TimeField:
    """Where the time stands, in which unit (`UNITS`), its day order where it is written, and its zone.

    "written" is ISO 8601 or as people write it; "mail" is that of mail headers (RFC 5322).
    """

    field: Field = NOTHING
    unit: str = "written"
    order: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class ExportMap:
    """A mapping, as a file of `mappings/` or the configuration describes it.

    `marks`: sets of keys, all of one of which stand in the first bytes; `files`: patterns of file names.
    `records` are the keys that lead to the list of records in a document, `turns` leads from a record to
    its turns; without it the record is a turn. `author_role` gives a `Role`'s word.
    """

    name: str
    key: str = ""
    marks: tuple[frozenset[str], ...] = ()
    files: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    turns: Path | None = None
    id: Field = NOTHING
    conversation: Field = NOTHING
    author_role: Field = NOTHING
    internal: Rules = ()
    events: Rules = ()
    bots: Rules = ()
    directory: tuple[str, str] = ("", "")
    """The name of a file of people and the field of their ids; they are found under `@people`."""
    people: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """`speaker`, `addressee`, `customer` and `agent`, each with some of `PERSON_FIELDS`."""
    time: TimeField = TimeField()
    channel: Field = NOTHING
    team: Field = NOTHING
    question: Field = NOTHING
    body: tuple[tuple[str, Field], ...] = ()
    attributes: Mapping[str, Field] = field(default_factory=dict)
    keeps_rest: bool = False
    """Every column that nothing else names is an attribute: of tables."""
    named: frozenset[str] = field(init=False)
    """The columns that are named."""

    def __post_init__(self) -> None:
        named = frozenset(path.text for where in _list_fields(self) for path in where.paths)
        object.__setattr__(self, "named", named)


def fold_columns(mapping: ExportMap) -> ExportMap:
    """The mapping for a table, whose columns have their one name; in JSON keys are as they are written."""
    return replace(
        mapping, **{each.name: _fold(getattr(mapping, each.name)) for each in fields(mapping) if each.init}
    )


def _fold(part: Any) -> Any:
    """A part of a mapping with the paths in it, however deep, folded."""
    match part:
        case Path():
            return fold_path(part)
        case Field() | TimeField():
            return replace(part, **{each.name: _fold(getattr(part, each.name)) for each in fields(part)})
        case tuple():
            return tuple(map(_fold, part))
        case Mapping():
            return {name: _fold(each) for name, each in part.items()}
    return part


def read_turn(mapping: ExportMap, scopes: Scopes, source: Source, order: str = "") -> Turn | Problem:
    """The turn that a record tells, or what is wrong with it.

    `order` is the day order of the file, where the mapping says none.
    """
    try:
        role = _read_role(mapping, scopes)
        sent_at = _read_time(mapping.time, scopes, order)
    except ValueError as error:
        return Problem(source, str(error))
    speaker, addressee = _read_people(mapping, scopes, role)
    turn_id = mapping.id.read(scopes).strip()
    return Turn(
        conversation_id=_name_conversation(mapping, scopes, role, speaker, addressee),
        role=role,
        text=_read_body(mapping, scopes),
        source=source,
        id=turn_id,
        sent_at=sent_at,
        channel=mapping.channel.read(scopes).strip(),
        team=mapping.team.read(scopes).strip(),
        speaker=speaker,
        addressee=addressee,
        attributes=_read_attributes(mapping, scopes),
    )


def _read_role(mapping: ExportMap, scopes: Scopes) -> Role:
    """The role. Raises ValueError, in words, for a word that is none."""
    for role, rules in (
        (Role.INTERNAL, mapping.internal),
        (Role.EVENT, mapping.events),
        (Role.BOT, mapping.bots),
    ):
        if any(where.read(scopes).strip().casefold() in words for where, words in rules):
            return role
    word = mapping.author_role.read(scopes).strip().casefold()
    if not word:
        return Role.UNKNOWN
    try:
        return Role(word)
    except ValueError:
        raise ValueError(
            f"the author's role {word[:40]!r} is not known; write under `author_role`, `map` of the mapping "
            "whether it is an agent, customer, bot, internal or event"
        ) from None


def _read_time(time: TimeField, scopes: Scopes, order: str) -> datetime | None:
    text = time.field.read(scopes).strip()
    if not text:
        return None
    moment = _READERS[time.unit](text, time.order or order)
    return moment.replace(tzinfo=ZoneInfo(time.zone)) if time.zone and moment.tzinfo is None else moment


def _read_written(text: str, order: str) -> datetime:
    try:
        return parse_naive_time(text)
    except ValueError:
        return read_written_time(text, order)


def _read_mail(text: str, order: str) -> datetime:
    del order
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_naive_time(text)
    return check_year(moment, text)


_READERS: Mapping[str, Callable[[str, str], datetime]] = {
    "written": _read_written,
    "mail": _read_mail,
    "seconds": lambda text, order: parse_count(text, 1),
    "milliseconds": lambda text, order: parse_count(text, 1_000),
    "microseconds": lambda text, order: parse_count(text, 1_000_000),
}


def _read_people(mapping: ExportMap, scopes: Scopes, role: Role) -> tuple[Person, Person]:
    """Who spoke to whom; what is said of the customer and the agent goes to the one who is it."""
    people = {part: _read_person(mapping.key, fields, scopes) for part, fields in mapping.people.items()}
    nobody = Person()
    speaker, addressee = people.get("speaker", nobody), people.get("addressee", nobody)
    customer, agent = people.get("customer", nobody), people.get("agent", nobody)
    if role is Role.CUSTOMER:
        return merge_people(speaker, customer), addressee
    return merge_people(speaker, agent), merge_people(addressee, customer)


def _read_person(key: str, fields: Mapping[str, Field], scopes: Scopes) -> Person:
    given = {name: where.read(scopes).strip() for name, where in fields.items()}
    own_id = given.pop("own_id", "")
    if own_id and not given.get("handle"):
        given["handle"] = f"{key}:{own_id}" if key else own_id
    return Person(**given)


def _name_conversation(
    mapping: ExportMap, scopes: Scopes, role: Role, speaker: Person, addressee: Person
) -> str:
    if mapping.conversation.always == BY_CUSTOMER:
        return (speaker if role is Role.CUSTOMER else addressee).contact
    return mapping.conversation.read(scopes).strip()


def _read_body(mapping: ExportMap, scopes: Scopes) -> str:
    for kind, where in mapping.body:
        if text := where.read(scopes):
            return clean_html(text) if kind == "html" else clean_text(text)
    return ""


def _read_attributes(mapping: ExportMap, scopes: Scopes) -> dict[str, str]:
    given = {name: where.read(scopes) for name, where in mapping.attributes.items()}
    if mapping.keeps_rest and isinstance(scopes[-1], dict):
        given |= {
            normalise_name(name): text
            for name, text in scopes[-1].items()
            if name not in mapping.named and isinstance(text, str)
        }
    return {name: text for name, text in given.items() if text}


def _list_fields(mapping: ExportMap) -> list[Field]:
    people = [where for fields in mapping.people.values() for where in fields.values()]
    rules = [where for rule in (mapping.internal, mapping.events, mapping.bots) for where, _ in rule]
    alone = [mapping.id, mapping.conversation, mapping.author_role, mapping.time.field, mapping.channel]
    return [*people, *rules, *alone, mapping.team, mapping.question, *(where for _, where in mapping.body)]
