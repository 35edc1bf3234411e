"""JSON of any size as a stream of records: one a line, one after the other, or in a list of one document."""

from __future__ import annotations

import codecs
import io
import json
import zlib
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from typing import Any, TypeVar

from consistency_check.load.streams import DamagedExportError, explain_damage
from consistency_check.load.turns import place_record
from consistency_check.model import Problem, Source

RECORD_LIMIT = 16 * 1024 * 1024
"""Characters of one record (a ticket with all of its comments); Python takes some ten times as much of it."""
_CHUNK = 256 * 1024
_SPACE = " \t\r\n\ufeff"
DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers keep their digits as they are written: ids and phone numbers are no quantities."""

PAGE = "page"
Placed = tuple[Any, Source]
_T = TypeVar("_T")


class _BrokenError(Exception):
    """The JSON cannot be read on from here."""


class _Cursor:
    """A place in a stream of JSON text, which is held in memory a record at a time."""

    def __init__(self, stream: io.BufferedReader, path: str) -> None:
        self._stream = stream
        self._path = path
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1
        self._count = 0

    @property
    def source(self) -> Source:
        return Source(self._path, self._line)

    def count(self) -> Source:
        """The place of one more item of a list: lists are often written on one line."""
        self._count += 1
        return place_record(self._path, self._count)

    def peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text):
                character = self._text[self._at]
                if character not in _SPACE:
                    return character
                self._line += character == "\n"
                self._at += 1
            if not self._fill():
                return ""

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            found = repr(self.peek()) if self.peek() else "the end of the file"
            raise _BrokenError(f"{found} stands where {wanted!r} should")
        self._at += 1

    def take_if(self, wanted: str) -> bool:
        if self.peek() != wanted:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """The whole value that stands here."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
                # A number that ends with the text in hand may go on in what follows.
                if end < len(self._text) or not self._fill():
                    self._line += self._text.count("\n", self._at, end)
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > RECORD_LIMIT:
                    limit = RECORD_LIMIT // 2**20
                    raise _BrokenError(f"a record is broken or longer than {limit} MiB") from error
                if not self._fill():
                    raise _BrokenError(error.msg[:1].lower() + error.msg[1:]) from error
            except RecursionError as error:
                raise _BrokenError("it is nested too deeply to be read") from error

    def line(self) -> dict[str, Any] | None:
        """The object that stands here, where it is whole on its line and the line in memory: this is fast."""
        end = self._text.find("\n", self._at)
        if end < 0:
            return None
        try:
            value, at = DECODER.raw_decode(self._text, self._at)
        except (json.JSONDecodeError, RecursionError):
            return None
        if at > end or not isinstance(value, dict):
            return None
        self._at = at
        return value

    def skip_to_object(self) -> bool:
        """Go on at the next line that begins with an object; False where there is none."""
        while True:
            end = self._text.find("\n", self._at)
            if end < 0:
                self._at = len(self._text)
                if not self._fill():
                    return False
                continue
            self._line += 1
            self._at = end + 1
            if self._at == len(self._text):
                self._fill()
            if self._text.startswith("{", self._at):
                return True

    def _fill(self) -> bool:
        """Take in more text, at least as much as there is, so that a long record is tried few times."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        try:
            data = self._stream.read(max(_CHUNK, len(rest)))
        except (EOFError, OSError, zlib.error) as error:
            raise DamagedExportError(self._line, explain_damage(error)) from error
        self._ended = not data
        self._text = rest + self._decoder.decode(data, final=not data)
        self._at = 0
        return bool(data) or len(self._text) > len(rest)


def read_documents(
    stream: io.BufferedReader, path: str, within: Sequence[str] = ()
) -> Iterator[Placed | Problem]:
    """Each record with its place; numbers as text.

    The place is the line on which it begins, of an item of a list its number: `chats.json#12`. Records
    are the items of the list under the keys `within`, or of a list at the top, or the values that follow
    each other. A value without that list is a record itself. After broken JSON what stands on lines
    of its own is read on. Raises DamagedExportError.
    """
    cursor = _Cursor(stream, path)
    return _read_on(cursor, lambda: _read_value(cursor, tuple(within)))


def read_pages(
    stream: io.BufferedReader, path: str, keys: Collection[str]
) -> Iterator[tuple[str, Any, Source] | Problem]:
    """As `read_documents`, for exports of several kinds: each record with the key of the list it is in.

    A page of an API holds lists under some of the `keys`, what else it holds comes after them with the
    key `PAGE`; a record that is in no list has the key "".
    """
    cursor = _Cursor(stream, path)
    return _read_on(cursor, lambda: _read_kinds(cursor, keys))


def _read_on(cursor: _Cursor, read: Callable[[], Iterator[_T]]) -> Iterator[_T | Problem]:
    """All that can be read; after a broken line, what stands on the lines below it."""
    while True:
        try:
            while cursor.peek():
                yield from read()
                cursor.take_if(",")
            return
        except _BrokenError as error:
            message = (
                f"the JSON is broken: {error}; export the file again (what stands on other lines was read)"
            )
            yield Problem(cursor.source, message)
        if not cursor.skip_to_object():
            return


def _read_kinds(cursor: _Cursor, keys: Collection[str]) -> Iterator[tuple[str, Any, Source]]:
    if cursor.peek() == "[":
        for record, source in _read_list(cursor):
            yield "", record, source
        return
    source = cursor.source
    if cursor.peek() != "{":
        yield "", cursor.value(), source
        return
    if (whole := cursor.line()) is not None:
        yield from _sort_page(cursor, whole, source, keys)
        return
    others: dict[str, Any] = {}
    is_page = False
    for key in _read_keys(cursor):
        if key in keys and cursor.peek() == "[":
            is_page = True
            for record, place in _read_list(cursor):
                yield key, record, place
        else:
            others[key] = cursor.value()
    yield PAGE if is_page else "", others, source


def _sort_page(
    cursor: _Cursor, whole: dict[str, Any], source: Source, keys: Collection[str]
) -> Iterator[tuple[str, Any, Source]]:
    """As `_read_kinds`, of an object that is in memory."""
    lists = [key for key, value in whole.items() if key in keys and isinstance(value, list)]
    for key in lists:
        for record in whole[key]:
            yield key, record, cursor.count()
    if lists:
        yield PAGE, {key: value for key, value in whole.items() if key not in lists}, source
    else:
        yield "", whole, source


def _read_keys(cursor: _Cursor) -> Iterator[str]:
    """The keys of the object here; who is given one must read its value before the next."""
    cursor.take("{")
    while not cursor.take_if("}"):
        key = cursor.value()
        cursor.take(":")
        yield str(key)
        if cursor.peek() != "}":
            cursor.take(",")


def _read_value(cursor: _Cursor, within: tuple[str, ...]) -> Iterator[Placed]:
    if cursor.peek() == "[":
        for record, source in _read_list(cursor):
            yield from _open_page(cursor, record, source, within)
        return
    source = cursor.source
    if (whole := cursor.line()) is not None:
        yield from _open_page(cursor, whole, source, within)
    elif within and cursor.peek() == "{":
        yield from _read_object(cursor, within)
    else:
        yield cursor.value(), source


def _read_list(cursor: _Cursor) -> Iterator[Placed]:
    cursor.take("[")
    while not cursor.take_if("]"):
        source = cursor.count()
        yield cursor.value(), source
        if cursor.peek() != "]":
            cursor.take(",")


def _read_object(cursor: _Cursor, within: tuple[str, ...]) -> Iterator[Placed]:
    """The items of the list in an object, one by one; an object without that list as a whole."""
    source = cursor.source
    rest = yield from _read_within(cursor, within)
    if rest is not None:
        yield rest, source


def _read_within(cursor: _Cursor, within: tuple[str, ...]) -> Generator[Placed, None, dict[str, Any] | None]:
    """Gives the items of the list; returns the object where it has no such list."""
    others: dict[str, Any] = {}
    found = False
    for key in _read_keys(cursor):
        if key == within[0] and len(within) == 1 and cursor.peek() == "[":
            found = True
            yield from _read_list(cursor)
        elif key == within[0] and len(within) > 1 and cursor.peek() == "{":
            inner = yield from _read_within(cursor, within[1:])
            found = found or inner is None
            others[key] = inner
        else:
            others[key] = cursor.value()
    return None if found else others


def _open_page(cursor: _Cursor, record: Any, source: Source, within: tuple[str, ...]) -> Iterator[Placed]:
    """The items of a page's list, or the record that it is."""
    inner = record
    for key in within:
        inner = inner.get(key) if isinstance(inner, dict) else None
    if within and isinstance(inner, list):
        yield from ((each, cursor.count()) for each in inner)
    else:
        yield record, source
