"""Reads replies on the workers, each with a reader that a process builds once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from consistency_check.audit import make_contact
from consistency_check.engines.spark.packing import (
    LEFT_OUT,
    ORDER,
    PROBLEM,
    READ,
    REPLY,
    Setup,
    hash_node,
    make_schema,
    open_setup,
    pack_problem,
    split_rows,
    unpack_loaded,
    walk_rows,
)
from consistency_check.explanation import open_question_reader, open_reader
from consistency_check.identify.linker import identify_reply
from consistency_check.identify.notes import Noted
from consistency_check.identify.phones import find_region
from consistency_check.identify.stored import pack_identity, pack_noted
from consistency_check.intake import batch_replies, compile_references, explain_left_out, is_asked_for
from consistency_check.ledger.packing import dump, pack_asking, pack_claims, pack_head, pack_place
from consistency_check.model import Asking, Problem, Reading, Reply

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from consistency_check.read import Reader
    from consistency_check.read.questions import QuestionReader

Row = tuple[Any, ...]
_ROWS = 1000
_NAMES = ("step", "at", "kind", "head", "place", "text", "question", "body")


def read_replies(loaded: DataFrame, setup: bytes, partitions: int) -> DataFrame:
    """The columns of `READ` for each row of `LOADED`; replies that nobody asks for are counted and left out.

    The turns of a conversation go through one process in their order, so that what was asked before is known.
    """
    from pyspark.sql import functions as f

    spread = f.when(f.col("thread") != "", f.xxhash64("thread")).otherwise(f.xxhash64("step", "at", "id"))
    ordered = loaded.repartition(partitions, spread).sortWithinPartitions("thread", *ORDER)

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (row for batch in batches for row in walk_rows(batch, *_NAMES))
        yield from split_rows(_Worker(setup).read(rows), make_schema(READ), _ROWS)

    return ordered.mapInArrow(read, READ)


@lru_cache(maxsize=1)
def build_worker_reader(setup: bytes) -> Reader:
    """The reader of a worker process: built for its first partition, kept for all others of the same audit.

    `setup` holds the policies; the weights are the package's own.
    """
    opened = open_setup(setup)
    return open_reader(opened.knowledge, opened.settings.min_confidence, near_misses=False)


@lru_cache(maxsize=1)
def build_worker_asker(setup: bytes) -> QuestionReader:
    """The reader of questions of a worker process, likewise."""
    return open_question_reader(open_setup(setup).knowledge)


class _Worker:
    """Rows of a partition in, rows out."""

    def __init__(self, packed: bytes) -> None:
        self._setup: Setup = open_setup(packed)
        self._reader = build_worker_reader(packed)
        self._asker = build_worker_asker(packed)
        self._region = find_region(self._setup.settings.region)
        self._patterns = compile_references(self._setup.settings.references)
        self._others: deque[Row] = deque()
        self._places: deque[tuple[int, int]] = deque()

    def read(self, rows: Iterable[Row]) -> Iterator[Row]:
        for replies in batch_replies(self._select(rows)):
            for reply, read in zip(replies, self._read_batch(replies), strict=True):
                yield self._pack(*self._places.popleft(), reply, read)
            while self._others:
                yield self._others.popleft()
        yield from self._others

    def _select(self, rows: Iterable[Row]) -> Iterator[Reply]:
        """The replies that are asked for; everything else goes by them, in rows of its own."""
        for step, at, kind, head, place, text, question, body in rows:
            if kind != REPLY:
                self._others.append(_make_row(step, at, kind, body=body))
                continue
            reply = unpack_loaded(head, place, text, question)
            if reason := explain_left_out(reply, self._setup.settings):
                self._others.append(_make_row(step, at, LEFT_OUT, body=dump([reason, 1])))
            else:
                self._places.append((step, at))
                yield reply

    def _read_batch(self, replies: Sequence[Reply]) -> list[tuple[Reading, Asking] | Problem]:
        """A reply that cannot be read must not end the audit of all others: it is a problem, and named."""
        try:
            readings = self._reader.read_batch(replies)
            return list(zip(readings, self._asker.read_batch(replies), strict=True))
        except Exception as error:
            if len(replies) == 1:
                kind = type(error).__name__
                message = f"the reply cannot be read ({kind}); leave it out, and report its words as a bug"
                return [Problem(replies[0].source, message)]
        return [read for reply in replies for read in self._read_batch([reply])]

    def _pack(self, step: int, at: int, reply: Reply, read: tuple[Reading, Asking] | Problem) -> Row:
        if isinstance(read, Problem):
            return _make_row(step, at, PROBLEM, body=pack_problem(read))
        reading, asking = read
        settings, knowledge = self._setup.settings, self._setup.knowledge
        claims = [each for each in reading.claims if is_asked_for(each, knowledge, settings)]
        identity, thread, columns = identify_reply(reply, self._region)
        noted = Noted()
        noted.add(columns, reply, self._patterns)
        signed = pack_identity(identity)
        contact = make_contact(reply, asking, knowledge, settings.topics)
        moment = max(filter(None, (reply.sent_at, reply.asked_at)), default=None)
        return _make_row(
            step, at, REPLY, hash_node(signed), signed, pack_noted(noted), thread, pack_head(reply),
            pack_place(reply), reply.question, reply.text if claims else None, pack_claims(claims),
            pack_asking(contact.asking), int(contact.is_answered), moment.isoformat() if moment else None,
        )  # fmt: skip


def _make_row(step: int, at: int, kind: str, *reply: Any, body: str | None = None) -> Row:
    return (step, at, kind, *(reply or (None,) * 12), body)
