"""The sources of the command line (files, folders, globs, `-`, perhaps `channel=`, `format:`) as files."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from consistency_check.load.streams import STDIN, explain_os_error
from consistency_check.model import Problem, Source, split_labels


class InputError(Exception):
    """The command line names an input that is not there; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Export:
    """One file to read: its path (or `-`), the channel and the format that the command line gives it.

    `origin` tells which source of the command line it came from.
    """

    path: str
    channel: str = ""
    format: str = ""
    origin: int = 0

    @property
    def shown(self) -> str:
        """The path as it can be printed, whatever bytes are in it."""
        return show_path(self.path)


def show_path(path: str) -> str:
    """The path with U+FFFD for bytes that are not UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def find_exports(sources: Sequence[str]) -> list[Export | Problem]:
    """Every file that the sources name, in their order, each once; a folder's files in sorted order.

    Hidden files and folders are left out. What a folder holds but cannot be read is a Problem. Raises
    InputError for a path that does not exist and a pattern that nothing matches.
    """
    found: list[Export | Problem] = []
    seen: set[str] = set()
    for origin, source in enumerate(sources):
        channel, format_, paths = _split_source(source)
        for path in paths:
            for item in _walk(path) if path != STDIN and Path(path).is_dir() else [path]:
                if isinstance(item, Problem):
                    found.append(item)
                elif (real := item if item == STDIN else os.path.realpath(item)) not in seen:
                    seen.add(real)
                    found.append(Export(item, channel, format_, origin))
    return found


def _split_source(source: str) -> tuple[str, str, list[str]]:
    """The channel, the format and the paths of one source."""
    channel, format_, pattern = split_labels(source, _is_there)
    channel = channel.strip()
    if _is_there(pattern):
        return channel, format_, [pattern]
    if glob.has_magic(pattern):
        # Path.glob takes no absolute pattern.
        if matches := sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207
            return channel, format_, matches
        raise InputError(f"{pattern}: nothing matches this pattern; write the path of a file or a folder")
    raise InputError(explain_missing(pattern))


def _is_there(path: str) -> bool:
    return path == STDIN or os.path.lexists(path)


def explain_missing(path: str) -> str:
    """The message for a path that does not exist, with the name beside it that is most like it."""
    parent, name = Path(path).parent, Path(path).name
    while not parent.is_dir() and parent != parent.parent:
        parent, name = parent.parent, parent.name
    try:
        names = sorted(entry.name for entry in parent.iterdir())
    except OSError:
        names = []
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    advice = (
        f"did you mean {parent / close[0]}?" if close else "write the path of a file or a folder that exists"
    )
    return f"{path}: does not exist; {advice}"


def _walk(folder: str) -> Iterator[str | Problem]:
    """The readable files of a folder and of those in it; no folder twice, however links lead to it."""
    seen: set[tuple[int, int]] = set()
    waiting = [Path(folder)]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode) and (identity := (status.st_dev, status.st_ino)) not in seen:
                seen.add(identity)
                waiting += sorted((inner for inner in path.iterdir() if inner.name[0] != "."), reverse=True)
        except OSError as error:
            reason = explain_os_error(error)
            yield Problem(
                Source(show_path(str(path))),
                f"cannot be opened ({reason}); left out; allow reading it or delete it",
            )
            continue
        if stat.S_ISREG(status.st_mode):
            yield str(path)
        elif not stat.S_ISDIR(status.st_mode):
            message = "is no ordinary file; left out; name it on the command line to read it"
            yield Problem(Source(show_path(str(path))), message)


def measure_sources(sources: Sequence[str]) -> int:
    """The bytes on disk of all that the sources name; 0 for standard input and for pipes.

    Raises InputError as `find_exports` does.
    """
    return sum(_measure(export.path) for export in find_exports(sources) if isinstance(export, Export))


def _measure(path: str) -> int:
    try:
        status = Path(path).stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def find_reading_source(sources: Sequence[str], file: Path) -> str:
    """The source that reads a file of this path, or would once there is one; empty where none does."""
    return next((source for source in sources if _reads(source, file.resolve())), "")


def _reads(source: str, file: Path) -> bool:
    pattern = split_labels(source, _is_there)[2]
    if pattern == STDIN:
        return False
    with suppress(InputError):
        if any(
            isinstance(each, Export) and Path(each.path).resolve() == file for each in find_exports([source])
        ):
            return True
    named = Path(pattern).resolve().parts
    return any(
        _fits(place.parts, named) and not any(part.startswith(".") for part in file.relative_to(place).parts)
        for place in (file, *file.parents)
    )


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a pattern's parts match those of a path, as `glob` has it: none passes over hidden names."""
    if not pattern or not parts:
        return not parts and all(part == "**" for part in pattern)
    if pattern[0] == "**":
        return _fits(parts, pattern[1:]) or (parts[0][0] != "." and _fits(parts[1:], pattern))
    is_hidden = parts[0][0] == "." and pattern[0][0] != "."
    fits = parts[0] == pattern[0] or (not is_hidden and fnmatchcase(parts[0], pattern[0]))
    return fits and _fits(parts[1:], pattern[1:])
