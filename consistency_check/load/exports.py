"""From what stands on the command line to replies: one stream, in order, with problems where they arose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from consistency_check.load.duplicates import SeenIds
from consistency_check.load.endings import strip_footers
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Item, read_each
from consistency_check.load.formats import FORMATS
from consistency_check.load.gathering import Gathering
from consistency_check.load.mapped import make_format
from consistency_check.load.options import LoadOptions
from consistency_check.load.plan import Batch, Planner, Step
from consistency_check.load.records import Record, make_reply
from consistency_check.load.sidecars import Sidecar, read_sidecars, tell_conversation
from consistency_check.load.sources import Export, find_exports
from consistency_check.load.streams import OnBytes, explain_os_error, open_stream
from consistency_check.load.times import find_zone
from consistency_check.load.turns import Conversation, Turn, make_replies
from consistency_check.load.watching import Opened, watch_sources
from consistency_check.model import LeftOut, Problem, Reply, Source

_DEFAULT = LoadOptions()


Outcome = Opened | Reply | LeftOut | Problem
Made = Record | LeftOut | Problem
BESIDE = "table beside transcripts"


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
    return watch_sources(read_exports(sources, timezone=timezone, options=options, on_bytes=on_bytes))


def read_exports(
    sources: Sequence[str],
    *,
    timezone: str = "UTC",
    options: LoadOptions = _DEFAULT,
    on_bytes: OnBytes | None = None,
) -> Iterator[Outcome]:
    """As `load_replies`, and which format each file is read by."""
    reader, exports = _open_reader(sources, timezone, options, on_bytes)
    return reader.read(exports)


def refuse_id(reply: Reply) -> Problem:
    """What is wrong with a reply whose id an earlier one has."""
    message = f"the id {reply.id[:80]!r} was used by an earlier record; give every reply its own"
    return Problem(reply.source, message)


def plan_steps(
    sources: Sequence[str], *, timezone: str = "UTC", options: LoadOptions = _DEFAULT
) -> list[Step]:
    """The sources in parts that can be read apart from each other, by `read_step`; raises as `load_replies`.

    Of standard input and pipes nothing is known before they are read: they are an Export.
    """
    reader, exports = _open_reader(sources, timezone, options, None)
    return reader.planner.plan(exports)


def read_step(
    step: Step, *, timezone: str = "UTC", options: LoadOptions = _DEFAULT
) -> Iterator[Reply | LeftOut | Problem]:
    """What one step holds; ids that an earlier step used stay."""
    reader, _ = _open_reader((), timezone, options, None)
    return (item for item in reader.take_step(step) if not isinstance(item, Opened))


def _open_reader(
    sources: Sequence[str], timezone: str, options: LoadOptions, on_bytes: OnBytes | None
) -> tuple[_Reader, list[Export | Problem]]:
    exports, zone = find_exports(sources), find_zone(timezone)
    own = {f"mapping {name}": make_format(mapping) for name, mapping in options.mappings.items()}
    planner = Planner({**FORMATS, **own}, options.encoding, on_bytes)
    planner.check_names(exports)
    return _Reader(planner, options, zone), exports


@dataclass(slots=True)
class _Reader:
    """What is the same for all that is read, and the tables beside transcripts that are read already."""

    planner: Planner
    options: LoadOptions
    zone: tzinfo
    sidecars: dict[tuple[ExportFile, ...], Sidecar] = field(default_factory=dict)

    def read(self, exports: Sequence[Export | Problem]) -> Iterator[Outcome]:
        """All steps of the plan, each id once."""
        seen = SeenIds()
        for step in self.planner.plan(exports):
            for item in self.take_step(step):
                if isinstance(item, Reply) and not seen.add(item.id):
                    yield refuse_id(item)
                else:
                    yield item

    def take_step(self, step: Step) -> Iterator[Outcome]:
        """All that one step of the plan holds."""
        if isinstance(step, Problem):
            yield step
        elif isinstance(step, Batch):
            yield from self._read_batch(step)
        else:
            yield from self._read_pipe(step)

    def _read_pipe(self, export: Export) -> Iterator[Outcome]:
        try:
            with open_stream(export.path, self.planner.on_bytes) as stream:
                yield from self.take_step(self.planner.recognise(export, stream))
        except OSError as error:
            message = f"cannot be opened ({explain_os_error(error)}); allow reading it"
            yield Problem(Source(export.shown), message)

    def _read_batch(self, batch: Batch) -> Iterator[Outcome]:
        for file in batch.files:
            yield Opened(file.path, batch.format.name)
        if batch.sidecars and batch.sidecars not in self.sidecars:
            self.sidecars[batch.sidecars] = sidecar = read_sidecars(batch.sidecars)
            yield from (Opened(file.path, BESIDE) for file in batch.sidecars)
            yield from sidecar.problems
        rows = self.sidecars[batch.sidecars].rows if batch.sidecars else {}
        fallback = batch.format.channel or batch.files[0].channel
        for record in strip_footers(_make_records(batch, self.options, rows)):
            if isinstance(record, Record):
                yield make_reply(record, batch.channel, fallback, self.zone)
            else:
                yield record


def _make_records(batch: Batch, options: LoadOptions, rows: Mapping[str, Record]) -> Iterator[Made]:
    """The format's items with conversations made into records, those in pieces after everything else."""
    asked: set[str] = set()
    gathering: Gathering | None = None
    for item in _read_items(batch, options):
        if isinstance(item, Turn) and item.conversation_id:
            gathering = gathering or Gathering()
            gathering.add(item)
        elif isinstance(item, Turn):
            yield from _make_answers(Conversation("", (item,), item.source), batch, options, asked)
        elif isinstance(item, Conversation):
            yield from _make_answers(tell_conversation(item, rows), batch, options, asked)
        else:
            yield item
    for conversation in gathering.conversations() if gathering else ():
        yield from _make_answers(tell_conversation(conversation, rows), batch, options, asked)


def _read_items(batch: Batch, options: LoadOptions) -> Iterator[Item]:
    """The format's items; what it lets pass is a Problem of the file, the first where it has several."""
    return read_each(batch.files[:1], lambda file: batch.format.read(batch.files, options))


def _make_answers(
    conversation: Conversation, batch: Batch, options: LoadOptions, asked: set[str]
) -> Iterator[Made]:
    """The answers, their ids under the system's name: two systems count from 1.

    Who a speaker is, is `asked` once, however many conversations they speak in.
    """
    key = "" if batch.format.is_table else batch.format.key
    for record in make_replies(conversation, options):
        if isinstance(record, Record) and key:
            fields = dict(record.fields)
            for name in fields.keys() & {"id", "conversation_id"}:
                fields[name] = f"{key}:{fields[name]}"
            yield replace(record, fields=fields)
        elif not isinstance(record, Problem):
            yield record
        elif record.message not in asked:
            asked.add(record.message)
            yield record
