"""Which encoding a text is in, and any text as UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

from consistency_check.load.streams import BOM

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SURE = 0.05
"""From which confidence of `chardet` 7 on an encoding is taken: it gives 0.09 to 0.8 to prose in one."""
# Without a euro sign of its own, Windows-1252 reads whatever they hold, and quotation marks besides.
_WESTERN = ("iso-8859-1", "iso8859-1", "iso8859-15", "iso-8859-15")
_ISO_EURO = b"\xa4"
_ENOUGH = 8
"""Bytes over 127 that it takes to tell one code page from another."""
_CHUNK = 64 * 1024


def find_encoding(head: bytes, chosen: str = "") -> str:
    """The encoding of a text by its first bytes: "" for UTF-8, and where nothing can be told.

    A byte-order mark decides, then whether it is UTF-8, then `chosen`, then statistics where there are
    bytes enough. What is no text at all is left alone.
    """
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return ""
    if chosen and (head.isascii() or not _is_utf8(head)):
        return chosen
    if _is_utf8(head):
        return ""
    if sum(byte > 127 for byte in head) < _ENOUGH:
        return ""
    import chardet

    found = chardet.detect(head[:_CHUNK])
    told = (found.get("encoding") or "").lower()
    if (found.get("confidence") or 0.0) < _SURE or told in {"utf-8", "ascii"}:
        return ""
    return "windows-1252" if told in _WESTERN and _ISO_EURO not in head else told


def is_encoding(name: str) -> bool:
    """Whether files can be read in an encoding of this name, whatever bytes they hold."""
    try:
        "".encode(name)
        codecs.getincrementaldecoder(name)("replace").decode(bytes(range(256)), final=True)
    except (LookupError, ValueError):  # ValueError: of codecs that are for something else, such as `idna`
        return False
    return True


def _is_utf8(head: bytes) -> bool:
    try:
        # The head may end inside a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def recode(stream: io.BufferedReader, encoding: str) -> io.BufferedReader:
    """The stream as UTF-8; a byte that the encoding does not know becomes U+FFFD."""
    raw: io.RawIOBase = _Recoded(stream, encoding)
    return io.BufferedReader(raw, 4 * _CHUNK)


def recode_head(head: bytes, encoding: str) -> bytes:
    """The first bytes of a file as UTF-8, without a byte-order mark."""
    if not encoding:
        return head.removeprefix(BOM)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    return text.removeprefix("\ufeff").encode("utf-8", "replace")


class _Recoded(io.RawIOBase):
    """Reads one encoding, gives out UTF-8."""

    def __init__(self, source: io.BufferedReader, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._ready:
            data = self._source.read1(_CHUNK)
            self._ready = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        part, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(part)] = part
        return len(part)
