"""One file of an export, as a format gets it: what it is called, and its bytes whenever they are wanted."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from consistency_check.load.encodings import recode
from consistency_check.load.streams import STDIN, OnBytes, open_stream, read_lines

_DAY = re.compile(
    r"""
    [\s._-]* (?<!\d)
    (?: (?:19|20)\d\d ([-_.]?) (?:0[1-9]|1[0-2]) (?: \1 (?:0[1-9]|[12]\d|3[01]) )?   # 2026-04-16, 202604
      | (?:19|20)\d\d -? W\d\d                                                       # 2026-W16
      | (?:0[1-9]|[12]\d|3[01]) ([-_.]) (?:0[1-9]|1[0-2]) \2 (?:19|20)\d\d )          # 16.04.2026
    (?: [T_\s-] \d\d [-_.:h]? \d\d (?: [-_.:]? \d\d )? Z? )?                        # and a time
    (?!\d)
    """,
    re.VERBOSE,
)
# A browser's second download, and one export in several files.
_PIECE = re.compile(r"[\s._-]*(?:\(\d{1,3}\)|(?<![^\W_])part[\s_-]?\d{1,5}(?![^\W_]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to read: `path` is for messages, `name` has neither folder nor `.gz`.

    `location` is the path on disk, or `-`. `encoding` is that of a text that is not UTF-8, else "".
    `on_bytes(n)` is told of the bytes taken from disk. Where `stream` is given (standard input, a pipe) it
    is what can be read, once.
    """

    path: str
    location: str
    encoding: str = ""
    on_bytes: OnBytes | None = None
    stream: io.BufferedReader | None = None

    @property
    def name(self) -> str:
        """The file's name without its folder and without `.gz`; "stdin" for standard input."""
        return "stdin" if self.location == STDIN else PurePath(self.path).name.removesuffix(".gz")

    @property
    def channel(self) -> str:
        """The channel that the name says: `email` for `email.csv`, and for `2026-04-16-email.part2.csv`.

        Each night's export has another day in its name, which makes it no other channel, and a piece or a
        second download is none either.
        """
        name = self.name.lstrip(".")
        bare = _PIECE.sub("", _DAY.sub("", PurePath(name).stem)).strip(" ._-")
        return bare.partition(".")[0] or name.partition(".")[0]

    @property
    def stem(self) -> str:
        """The name without its last suffix: `call-17` for `call-17.vtt.gz`."""
        return PurePath(self.name).stem

    @property
    def folder(self) -> str:
        """The folder's name, "" where there is none."""
        return PurePath(self.path).parent.name

    @property
    def size(self) -> int:
        """Bytes on disk; 0 for a pipe."""
        if self.stream is not None:
            return 0
        status = Path(self.location).stat()
        return status.st_size if stat.S_ISREG(status.st_mode) else 0

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """The unpacked bytes, text as UTF-8; raises OSError where the file cannot be opened."""
        if self.stream is not None:
            yield self._recode(self.stream)
            return
        with open_stream(self.location, self.on_bytes) as stream:
            yield self._recode(stream)

    def _recode(self, stream: io.BufferedReader) -> io.BufferedReader:
        return recode(stream, self.encoding) if self.encoding else stream

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Each line with its 1-based number; None for one that is too long (`read_lines`)."""
        with self.open() as stream:
            yield from read_lines(stream)
