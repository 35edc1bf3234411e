"""What is linked: the identities of replies and the CRM's records, and what each shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consistency_check.engines.spark.packing import (
    REPLY,
    hash_node,
    make_schema,
    make_table,
    pack_record,
    split_rows,
    unpack_record,
    walk_rows,
)
from consistency_check.engines.spark.tokens import KNOWN, SHAPE, MarkRow
from consistency_check.identify.linker import sort_records
from consistency_check.identify.marks import (
    Kind,
    Mark,
    list_defined,
    make_person_token,
    make_reference_token,
    make_token,
    mark_identity,
    mark_record,
)
from consistency_check.identify.mentions import find_last_digits
from consistency_check.identify.nodes import describe_record
from consistency_check.identify.phones import find_abroad
from consistency_check.identify.references import normalise_reference
from consistency_check.identify.stored import Kept, pack_noted, pack_texts, unpack_kept
from consistency_check.model import CrmRecord

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

NODES = (
    "node binary, number bigint, home bigint, identity string, noted string, threads string, replies bigint, "
    "place int, record string"
)
"""`number` stands for a node where it is only looked for, `home` for all that it hangs together with so far.

An identity's number is even, and no other node's; a record's is odd.
`place` is a record's in the order of linking, -1 for an identity.
"""
BUCKET_ROWS = 4000
"""Nodes, or what else is small, that are worked on at once."""
SHARED = 7
"""First bytes that identities share which are numbered together; 128 of them can be."""
_ROWS = 2000
_IDENTITY = ("node", "identity", "noted", "threads", "replies")


@dataclass(frozen=True, slots=True)
class Nodes:
    """Some nodes as nouns, by the numbers of `NODES`; records in the order of linking."""

    kept: Mapping[int, Kept]
    records: Sequence[tuple[int, CrmRecord]]


def count_buckets(rows: int) -> int:
    """In how many parts so many rows are worked on."""
    return max(1, -(-rows // BUCKET_ROWS))


def gather_nodes(read: DataFrame, crm: Sequence[CrmRecord], buckets: int) -> DataFrame:
    """A row of `NODES` for each identity of the rows of `READ`, and for each record."""
    from pyspark.sql import functions as f

    rows = (
        read.where(f.col("kind") == REPLY)
        .groupBy("node", "identity", "noted", f.col("thread").alias("threads"))
        .agg(f.count("*").alias("replies"))
        .withColumn("bucket", f.pmod(f.xxhash64(f.substring("node", 1, SHARED)), f.lit(buckets)))
    )
    merged = rows.groupBy("bucket").applyInArrow(merge_rows, NODES)
    records = list_records(crm)
    return merged.unionByName(read.sparkSession.createDataFrame(records)) if len(records) else merged


def merge_rows(rows: pa.Table) -> pa.Table:
    """The identities of a bucket, each with all that its replies hold.

    Whose first bytes (`SHARED`) are the same must be in one bucket.
    """
    found: dict[bytes, Kept] = {}
    written: dict[bytes, str] = {}
    for node, identity, noted, thread, replies in walk_rows(rows, *_IDENTITY):
        kept = unpack_kept(identity, noted, pack_texts([thread] if thread else []), replies)
        if node in found:
            found[node].absorb(kept)
        else:
            found[node], written[node] = kept, identity
    merged = []
    numbers = number_nodes(found)
    for node, kept in found.items():
        number = numbers[node]
        held = (pack_noted(kept.noted), pack_texts(kept.threads), kept.replies)
        merged.append((node, number, number, written[node], *held, -1, ""))
    return make_table(merged, make_schema(NODES))


def number_nodes(nodes: Iterable[bytes]) -> dict[bytes, int]:
    """An even number of 64 bits for each, its first eight bytes; one that is taken, the next that is not.

    Of 10^8 identities two share eight bytes once in 2,000 audits.
    """
    numbers: dict[bytes, int] = {}
    taken: set[int] = set()
    for node in sorted(nodes):
        first = int.from_bytes(node[:8], signed=True)
        near = ((first & ~0xFF) | ((first + step) & 0xFE) for step in range(0, 256, 2))
        taken.add(number := next(each for each in near if each not in taken))
        numbers[node] = number
    return numbers


def list_records(crm: Iterable[CrmRecord]) -> pa.Table:
    """The rows of the CRM's records that can be linked."""
    rows = []
    for place, record in enumerate(sort_records(crm)):
        number = 2 * place + 1
        node = hash_node(f"record {place}")
        rows.append((node, number, number, "", "", "[]", 0, place, pack_record(record)))
    return make_table(rows, make_schema(NODES))


def unpack_nodes(rows: pa.Table | pa.RecordBatch) -> Nodes:
    """The rows of `NODES` as nouns."""
    kept: dict[int, Kept] = {}
    records: list[tuple[int, int, CrmRecord]] = []
    names = ("number", "identity", "noted", "threads", "replies", "place", "record")
    for number, identity, noted, threads, replies, place, record in walk_rows(rows, *names):
        if place < 0:
            kept[number] = unpack_kept(identity, noted, threads, replies)
        else:
            records.append((place, number, unpack_record(record)))
    return Nodes(kept, [(number, record) for _, number, record in sorted(records, key=lambda row: row[0])])


def mark_nodes(
    nodes: Nodes,
    homes: Mapping[int, int],
    persons: Mapping[int, int] | None,
    region: str,
    abroad: Mapping[str, str],
) -> Iterator[MarkRow]:
    """What nodes share with others, and the shapes of references that they teach.

    `homes` are what they hang together with, `persons` the clusters that they are in, None where each is one.
    """
    for number, kept in nodes.kept.items():
        marks = mark_identity(kept.identity, kept.noted, kept.threads, abroad)
        defined = {*kept.noted.columns, normalise_reference(kept.identity.customer_id)}
        shapes = list_defined(kept.identity.customer_id, kept.noted.columns)
        person = make_person_token(kept.identity) if persons is None else persons[number]
        yield from _write_marks(marks, shapes, defined, person, homes[number])
    for number, record in nodes.records:
        profile = describe_record(record, region)
        profile.phones = {abroad.get(phone, phone) for phone in profile.phones}
        defined = {*profile.references, normalise_reference(profile.owner)}
        shapes = list_defined(profile.owner, profile.references)
        person = make_token("record", str(number)) if persons is None else persons[number]
        yield from _write_marks(mark_record(profile), shapes, defined, person, homes[number])


def _write_marks(
    marks: Iterable[Mark], shapes: Iterable[tuple[int, int]], defined: Iterable[str], person: int, home: int
) -> Iterator[MarkRow]:
    who = (sign_number(person), home)
    for mark in marks:
        yield MarkRow(sign_number(mark.token), mark.kind, mark.role, sign_number(mark.via), *who)
    for shape, reference in shapes:
        yield MarkRow(sign_number(shape), SHAPE, 0, sign_number(reference), *who)
    for each in defined:
        if digits := find_last_digits(each):
            line, reference = make_token("line", digits), make_reference_token(each)
            yield MarkRow(sign_number(line), Kind.LINE, KNOWN, sign_number(reference), *who)


def find_all_abroad(nodes: DataFrame, region: str) -> dict[str, str]:
    """What numbers that name no country are; of those that name one, only what they may be is looked at."""
    bare = {phone for (phone,) in _list_phones(nodes, region, None)}
    if not bare:
        return {}
    return find_abroad([*bare, *(phone for (phone,) in _list_phones(nodes, region, bare))], region)


def _list_phones(nodes: DataFrame, region: str, bare: set[str] | None) -> list[Any]:
    """The phones that name no country; with `bare`, those that do and end with one of these."""

    def pick(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (
            (phone,)
            for batch in batches
            for phone in _walk_phones(unpack_nodes(batch), region)
            if fits(phone)
        )
        yield from split_rows(rows, make_schema("phone string"), _ROWS)

    def fits(phone: str) -> bool:
        if bare is None:
            return not phone.startswith("+")
        return phone.startswith("+") and any(phone[at:] in bare for at in range(1, len(phone)))

    picked: list[Any] = nodes.mapInArrow(pick, "phone string").distinct().collect()
    return picked


def _walk_phones(nodes: Nodes, region: str) -> Iterator[str]:
    yield from (kept.identity.phone for kept in nodes.kept.values() if kept.identity.phone)
    for _, record in nodes.records:
        yield from describe_record(record, region).phones


def sign_number(token: int) -> int:
    """An unsigned 64-bit number as the signed one of the same bits, as Spark holds it."""
    return token - (1 << 64) if token >= 1 << 63 else token


def unsign_number(token: int) -> int:
    """The other way round."""
    return token + (1 << 64) if token < 0 else token
