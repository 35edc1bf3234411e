"""From what stands on the command line to replies: one stream, in order, with problems where they arose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import PurePath

from consistency_check.load.duplicates import SeenIds
from consistency_check.load.formats import FORMATS, recognise_format
from consistency_check.load.records import make_reply
from consistency_check.load.sources import Export, find_exports
from consistency_check.load.streams import (
    STDIN,
    UTF16_BOMS,
    DamagedExportError,
    OnBytes,
    explain_os_error,
    open_stream,
    peek_head,
)
from consistency_check.load.times import find_zone
from consistency_check.model import Problem, Reply, Source


def load_replies(
    sources: Sequence[str], *, timezone: str = "UTC", on_bytes: OnBytes | None = None
) -> Iterator[Reply | Problem]:
    """Every reply of the sources, and a Problem for every record or file that cannot be used.

    A source is a file, a folder, a glob or `-`, each perhaps as `channel=path`. Times without an offset
    are in `timezone`. `on_bytes(n)` is told of the bytes taken from disk. Raises InputError, before
    anything is read, for a path that does not exist, a glob that nothing matches, an unknown time zone.
    """
    return _read_exports(find_exports(sources), find_zone(timezone), on_bytes)


def _read_exports(
    exports: list[Export | Problem], zone: tzinfo, on_bytes: OnBytes | None
) -> Iterator[Reply | Problem]:
    seen = SeenIds()
    for export in exports:
        if isinstance(export, Problem):
            yield export
            continue
        try:
            yield from _read_export(export, zone, seen, on_bytes)
        except DamagedExportError as error:
            yield Problem(Source(export.shown, error.line), error.message)
        except OSError as error:
            reason = explain_os_error(error)
            yield Problem(Source(export.shown), f"cannot be opened ({reason}); left out; allow reading it")


def _read_export(
    export: Export, zone: tzinfo, seen: SeenIds, on_bytes: OnBytes | None
) -> Iterator[Reply | Problem]:
    name = "stdin" if export.path == STDIN else PurePath(export.shown).name
    with open_stream(export.path, on_bytes) as stream:
        head = peek_head(stream)
        if wrong := _check_head(head):
            yield Problem(Source(export.shown), wrong)
            return
        format_ = recognise_format(head, name.removesuffix(".gz"))
        if format_ is None:
            message = f"is of no kind that can be read; left out; save it as {' or '.join(FORMATS)}"
            yield Problem(Source(export.shown), message)
            return
        fallback = name.lstrip(".").partition(".")[0]
        for record in format_.read(stream, export.shown):
            if isinstance(record, Problem):
                yield record
                continue
            reply = make_reply(record, export.channel, fallback, zone)
            if isinstance(reply, Reply) and not seen.add(reply.id):
                message = f"the id {reply.id[:80]!r} was used by an earlier record; give every reply its own"
                yield Problem(reply.source, message)
            else:
                yield reply


def _check_head(head: bytes) -> str:
    """What the first bytes of a file say against reading it at all, or nothing."""
    if not head:
        return "the file is empty; export it again or leave it out"
    if head.startswith(UTF16_BOMS):
        return "the file is UTF-16; save it as UTF-8"
    return ""
