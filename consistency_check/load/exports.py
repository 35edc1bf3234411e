"""From what stands on the command line to replies: one stream, in order, with problems where they arose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from consistency_check.load.duplicates import SeenIds
from consistency_check.load.endings import strip_footers
from consistency_check.load.format import Format, Item, read_each
from consistency_check.load.formats import FORMATS
from consistency_check.load.gathering import Gathering
from consistency_check.load.mapped import make_format
from consistency_check.load.options import LoadOptions
from consistency_check.load.plan import Batch, Planner, Step
from consistency_check.load.records import Record, make_reply
from consistency_check.load.sidecars import read_sidecars, tell_conversation
from consistency_check.load.sources import Export, find_exports
from consistency_check.load.streams import OnBytes, explain_os_error, open_stream
from consistency_check.load.times import find_zone
from consistency_check.load.turns import Conversation, Turn, make_replies
from consistency_check.model import LeftOut, Problem, Reply, Source

_DEFAULT = LoadOptions()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file is about to be read, by this format."""

    path: str
    format: str


def load_replies(
    sources: Sequence[str],
    *,
    timezone: str = "UTC",
    options: LoadOptions = _DEFAULT,
    on_bytes: OnBytes | None = None,
) -> Iterator[Reply | LeftOut | Problem]:
    """Every reply of the sources, what is rightly left out, and a Problem for all that cannot be used.

    A source is a file, a folder, a glob or `-`, each perhaps as `channel=path` or `format:path`. Times
    without an offset are in `timezone`. `on_bytes(n)` is told of the bytes taken from disk. Raises
    InputError, before anything is read, for a path that does not exist, a glob that nothing matches, an
    unknown format or time zone.
    """
    steps = read_exports(sources, timezone=timezone, options=options, on_bytes=on_bytes)
    return (item for item in steps if not isinstance(item, Opened))


def read_exports(
    sources: Sequence[str],
    *,
    timezone: str = "UTC",
    options: LoadOptions = _DEFAULT,
    on_bytes: OnBytes | None = None,
) -> Iterator[Opened | Reply | LeftOut | Problem]:
    """As `load_replies`, and which format each file is read by."""
    exports, zone = find_exports(sources), find_zone(timezone)
    own = {f"mapping {name}": make_format(mapping) for name, mapping in options.mappings.items()}
    planner = Planner({**FORMATS, **own}, options.encoding, on_bytes)
    planner.check_names(exports)
    return _run(planner, exports, options, zone)


def _run(
    planner: Planner, exports: Sequence[Export | Problem], options: LoadOptions, zone: tzinfo
) -> Iterator[Opened | Reply | LeftOut | Problem]:
    seen = SeenIds()
    for step in planner.plan(exports):
        for item in _take_step(step, planner, options, zone):
            if isinstance(item, Reply) and not seen.add(item.id):
                message = f"the id {item.id[:80]!r} was used by an earlier record; give every reply its own"
                yield Problem(item.source, message)
            else:
                yield item


def _take_step(
    step: Step, planner: Planner, options: LoadOptions, zone: tzinfo
) -> Iterator[Opened | Reply | LeftOut | Problem]:
    if isinstance(step, Problem):
        yield step
    elif isinstance(step, Batch):
        yield from _read_batch(step, options, zone)
    else:
        yield from _read_pipe(step, planner, options, zone)


def _read_pipe(
    export: Export, planner: Planner, options: LoadOptions, zone: tzinfo
) -> Iterator[Opened | Reply | LeftOut | Problem]:
    try:
        with open_stream(export.path, planner.on_bytes) as stream:
            yield from _take_step(planner.recognise(export, stream), planner, options, zone)
    except OSError as error:
        yield Problem(Source(export.shown), f"cannot be opened ({explain_os_error(error)}); allow reading it")


def _read_batch(
    batch: Batch, options: LoadOptions, zone: tzinfo
) -> Iterator[Opened | Reply | LeftOut | Problem]:
    for file in batch.files:
        yield Opened(file.path, batch.format.name)
    fallback = batch.format.channel or batch.files[0].name.lstrip(".").partition(".")[0]
    for record in strip_footers(_make_records(batch, options)):
        yield make_reply(record, batch.channel, fallback, zone) if isinstance(record, Record) else record


def _make_records(batch: Batch, options: LoadOptions) -> Iterator[Record | LeftOut | Problem]:
    """The format's items with conversations made into records, those in pieces after everything else."""
    sidecar = read_sidecars(batch.sidecars)
    yield from sidecar.problems
    gathering: Gathering | None = None
    for item in _read_items(batch, options):
        if isinstance(item, Turn) and item.conversation_id:
            gathering = gathering or Gathering()
            gathering.add(item)
        elif isinstance(item, Turn):
            whole = Conversation("", (item,), item.source)
            yield from _make_answers(whole, batch.format, options)
        elif isinstance(item, Conversation):
            yield from _make_answers(tell_conversation(item, sidecar.rows), batch.format, options)
        else:
            yield item
    for conversation in gathering.conversations() if gathering else ():
        yield from _make_answers(tell_conversation(conversation, sidecar.rows), batch.format, options)


def _read_items(batch: Batch, options: LoadOptions) -> Iterator[Item]:
    """The format's items; what it lets pass is a Problem of the file, the first where it has several."""
    return read_each(batch.files[:1], lambda file: batch.format.read(batch.files, options))


def _make_answers(
    conversation: Conversation, format_: Format, options: LoadOptions
) -> Iterator[Record | LeftOut | Problem]:
    """The answers, their ids under the system's name: two systems count from 1."""
    for record in make_replies(conversation, options):
        if isinstance(record, Record) and format_.key and not format_.is_table:
            fields = dict(record.fields)
            for name in fields.keys() & {"id", "conversation_id"}:
                fields[name] = f"{format_.key}:{fields[name]}"
            record = replace(record, fields=fields)
        yield record
