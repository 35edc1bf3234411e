"""Chats that WhatsApp exports as text, from Android (`date - author: text`) or iOS (`[date] author: text`).

The order of day and month is the phone's: it is inferred from all dates of the file, and asked for where
they leave it open. Nothing in the file tells who of the two is the company: the agents must be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role
from consistency_check.load.transcripts import read_transcript
from consistency_check.load.turns import Turn
from consistency_check.load.written_times import find_order, read_written_time
from consistency_check.model import LeftOut, Problem, Source

_MINUTE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \u202f\u00a0]\d{1,2}[:.]\d{2}"
_HALF = r"(?:[ \u202f\u00a0]?[AaPp]\.?[ \u202f\u00a0]?[Mm]\.?)?"
_MARKS = "\u200e\u200f\u202a\ufeff"
# Android writes no seconds; a line that begins with them is one of a log.
_HEAD = re.compile(
    rf"[{_MARKS}]*(?:\[(?P<ios>{_MINUTE}(?:[:.]\d{{2}})?{_HALF})\]|(?P<android>{_MINUTE}{_HALF}) [-–]) "
    r"(?P<rest>.*)",
    re.DOTALL,
)
_AUTHOR = re.compile(r"([^:\n]{1,100}):(?: |$)")
# Before what the app says itself, and the words that stand for a picture, iOS writes a mark nobody types.
_APP_MARK = "\u200e"
_PLACEHOLDER = re.compile(r"<[^<>\n]{1,80}>|null")
_ATTACHED = re.compile(r"[^\n]{1,200}\.\w{2,5} \([^()\n]{1,60}\)|[^\n]{1,200} • \u200e[^\n]*")
_TAIL = re.compile(r"<This message was edited>\Z|\u200e<[^<>\n]{1,200}>\Z")
_DELETED = frozenset(
    {
        "this message was deleted",
        "you deleted this message",
        "diese nachricht wurde gelöscht",
        "du hast diese nachricht gelöscht",
        "se eliminó este mensaje",
        "eliminaste este mensaje",
        "ce message a été supprimé",
        "vous avez supprimé ce message",
        "questo messaggio è stato eliminato",
        "hai eliminato questo messaggio",
        "mensagem apagada",
        "você apagou esta mensagem",
        "dit bericht is verwijderd",
    }
)
_PHONE = re.compile(r"\+?[\d\s().\u2010-\u2013-]{7,30}")


@dataclass(frozen=True, slots=True)
class _Message:
    """A message as it is written: its first line's number, its time, and its lines with the author."""

    line: int
    stamp: str
    lines: list[str]


def _recognise(head: bytes, name: str) -> Fit:
    """By its first line; the second too, for a log may begin one line in the same way."""
    lines = head[:8192].decode("utf-8", "replace").split("\n", 20)
    found = [match for line in lines if (match := _HEAD.match(line.rstrip("\r")))]
    if not found or not _HEAD.match(lines[0]):
        return Fit.NONE
    return Fit.EXACT if len(found) > 1 or len(lines) < 3 else Fit.CONTENT


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    """Messages wait until a date shows the order of all of them, or the file ends."""
    (file,) = files
    waiting: list[_Message] = []
    order = ""
    for item in _split_messages(file):
        if isinstance(item, Problem):
            yield item
            continue
        waiting.append(item)
        if order := order or find_order(item.stamp) or "":
            yield from (_make_turn(each, order, file) for each in waiting)
            waiting.clear()
    if waiting and options.day_order:
        yield from (_make_turn(each, options.day_order, file) for each in waiting)
    elif waiting:
        message = (
            f"the dates may have the day or the month first, as in {waiting[0].stamp[:20]!r}; "
            "left out; say --day-order dmy or mdy"
        )
        yield Problem(Source(file.path, waiting[0].line), message)
        yield LeftOut(Source(file.path), "day not known", len(waiting))


def _split_messages(file: ExportFile) -> Iterator[_Message | Problem]:
    """Each message with the lines that belong to it; WhatsApp writes line ends as they are."""
    message: _Message | None = None
    begun = False
    for item in read_transcript(file):
        if isinstance(item, Problem):
            yield item
            continue
        number, line = item
        if match := _HEAD.match(line):
            if message:
                yield message
            message = _Message(number, match["ios"] or match["android"], [match["rest"]])
        elif message:
            message.lines.append(line)
        elif line.strip() and not begun:
            begun = True
            wrong = "no message begins before this line; left out up to the first; export the chat again"
            yield Problem(Source(file.path, number), wrong)
    if message:
        yield message


def _make_turn(message: _Message, order: str, file: ExportFile) -> Turn | Problem:
    """The message with its time, or the problem that there is no such day in this order."""
    source = Source(file.path, message.line)
    try:
        sent_at = read_written_time(message.stamp, order)
    except ValueError as error:
        return Problem(source, str(error))
    words = "\n".join(message.lines)
    author = _AUTHOR.match(words)
    text = _clean_words(words[author.end() :]) if author else ""
    speaker = _name_author(author[1]) if author else Person()
    role = Role.UNKNOWN if text else Role.EVENT
    # Not by its name alone: iOS calls every chat `_chat.txt`.
    return Turn(file.path, role, text, source, sent_at=sent_at, speaker=speaker)


def _clean_words(words: str) -> str:
    """What a person wrote; "" for a picture, a deleted message, and what the app says itself."""
    text = _TAIL.sub("", words.strip()).strip()
    first, _, caption = text.partition("\n")
    if first.startswith(_APP_MARK) or _PLACEHOLDER.fullmatch(first) or _ATTACHED.fullmatch(first):
        return caption.strip()
    return "" if text.casefold().rstrip(".") in _DELETED else text


def _name_author(written: str) -> Person:
    """A name, or the number of somebody who is in no address book; `~` marks the name that they chose."""
    name = written.strip(f"{_MARKS} ").removeprefix("~").strip("\u202c\u202f\u00a0 ")
    return Person(phone=name) if _PHONE.fullmatch(name) else Person(name=name)


FORMAT = Format("WhatsApp", _recognise, _read, key="whatsapp", channel="whatsapp")
