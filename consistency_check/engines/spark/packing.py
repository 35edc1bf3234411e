"""What goes between Spark's processes: texts and numbers in columns, nouns on both sides of them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from consistency_check.intake import AuditSettings
from consistency_check.ledger.packing import (
    dump,
    pack_head,
    pack_place,
    pack_samples,
    unpack_reply,
    unpack_samples,
)
from consistency_check.model import CrmRecord, Customer, KnowledgeBase, Problem, Reply, Source, Tally

if TYPE_CHECKING:
    import pyarrow as pa

Columns = Mapping[str, Sequence[Any]]

LOADED = (
    "step int, at bigint, kind string, id string, thread string, head string, place string, text string, "
    "question string, body string"
)
"""What sources hold, a row each: a reply, or (`body`) a problem or something rightly left out.

`step` and `at` are its place in the input, `thread` channel and conversation, "" without one.
"""
ORDER = ("step", "at", "place", "head", "text", "question")
"""The order of replies: rows of a table may share all but their words."""
READ = (
    "step int, at bigint, kind string, node binary, identity string, noted string, thread string, "
    "head string, place string, question string, text string, claims string, asking string, is_answered int, "
    "moment string, body string"
)
"""A reply as it was read: whose it is, what it says of references and details, and its claims.

`text` is there where there are claims, whose words it holds; `moment` is the last that the record tells of.
"""
REPLY, PROBLEM, LEFT_OUT = "reply", "problem", "left_out"


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a worker needs to know, once."""

    settings: AuditSettings
    knowledge: KnowledgeBase
    known_until: datetime | None = None
    """The last moment that any record tells of, once all are read."""

    def pack(self) -> bytes:
        """As bytes that travel with the work."""
        return pickle.dumps(self)


@lru_cache(maxsize=2)
def open_setup(packed: bytes) -> Setup:
    """What `Setup.pack` packed on the driver; once a worker."""
    setup: Setup = pickle.loads(packed)  # noqa: S301 - the driver's own
    return setup


def hash_node(identity: str) -> bytes:
    """16 bytes that stand for an identity: two of a billion share them with a probability of 1 in 10^21."""
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def make_batch(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as columns of a schema."""
    import pyarrow as pa

    listed = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(listed, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def make_table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """The same as a table."""
    import pyarrow as pa

    return pa.Table.from_batches([make_batch(rows, schema)])


@lru_cache(maxsize=32)
def make_schema(columns: str) -> pa.Schema:
    """Arrow's schema of columns as Spark's SQL writes them."""
    import pyarrow as pa

    types = {
        "int": pa.int32(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
        "binary": pa.binary(),
        "array<bigint>": pa.list_(pa.int64()),
        "array<binary>": pa.list_(pa.binary()),
    }
    pairs = (each.split() for each in columns.split(","))
    return pa.schema([pa.field(name, types[kind]) for name, kind in pairs])


def walk_rows(batch: pa.RecordBatch | pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    """Rows of some columns."""
    return zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def split_rows(rows: Iterable[tuple[Any, ...]], schema: pa.Schema, size: int) -> Iterator[pa.RecordBatch]:
    """Rows as batches of at most `size`."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield make_batch(some, schema)


def name_thread(reply: Reply) -> str:
    """Channel and conversation: the replies of which what was asked before is found."""
    return dump([reply.channel, reply.conversation_id]) if reply.conversation_id else ""


def pack_loaded(reply: Reply) -> tuple[str, str, str, str, str, str]:
    """A reply's id, thread, head, place, text and question."""
    return reply.id, name_thread(reply), pack_head(reply), pack_place(reply), reply.text, reply.question


def unpack_loaded(head: str, place: str, text: str, question: str) -> Reply:
    """The same as a noun."""
    return unpack_reply(head, place, text, question)


def pack_problem(problem: Problem) -> str:
    """A problem with its place."""
    source = problem.source
    return dump([source.path, source.line, source.column, problem.message])


def unpack_problem(packed: str) -> Problem:
    """The same as a noun."""
    path, line, column, message = json.loads(packed)
    return Problem(Source(path, line, column), message)


def pack_record(record: CrmRecord) -> str:
    """A record of the CRM."""
    return dump(asdict(record))


def unpack_record(packed: str) -> CrmRecord:
    """The same as a noun."""
    content = json.loads(packed)
    content["source"] = Source(**content["source"])
    for name in ("emails", "phones", "names", "handles"):
        content[name] = tuple(content[name])
    return CrmRecord(**content)


def pack_customer(customer: Customer) -> str:
    """A customer without their key and replies, which stand beside."""
    return json.dumps(
        [customer.linked_by, customer.name, dict(customer.attributes), customer.certainty],
        separators=(",", ":"),
    )


def unpack_customer(key: str, packed: str) -> Customer:
    """The same as a noun; attributes are in the order of the CRM's columns."""
    linked_by, name, attributes, certainty = json.loads(packed)
    return Customer(key, (), tuple(linked_by), name, attributes, certainty)


def pack_tally(tally: Tally) -> str:
    """A count, its group second."""
    return dump([tally.check, tally.group, tally.count, pack_samples(tally)])


def unpack_tally(packed: str) -> Tally:
    """The same as a noun."""
    check, group, count, samples = json.loads(packed)
    return Tally(check, tuple(group), count, unpack_samples(samples))
