"""Who is one customer, among more identities than one machine holds: exactly as `identify.Linker` says it.

Linking goes on in three steps, by keys, by what is named, by details, and each asks what all nodes make of a
token. So before each, all who bear a token are looked at together (`tokens`), nodes that hang together are
brought together (`components`), and they are linked by `identify`'s own code, from the first step on. Where
nobody's details are known the third falls away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from consistency_check.engines.spark.components import Numbers, find_components
from consistency_check.engines.spark.members import CUSTOMERS, MEMBERS, describe_members, name_members
from consistency_check.engines.spark.nodes import (
    count_buckets,
    find_all_abroad,
    gather_nodes,
    mark_nodes,
    sign_number,
    unpack_nodes,
    unsign_number,
)
from consistency_check.engines.spark.packing import make_schema, make_table, walk_rows
from consistency_check.engines.spark.session import hold
from consistency_check.engines.spark.tokens import (
    MARKS,
    SETTLED,
    SHAPE,
    MarkRow,
    Settled,
    read_settled,
    settle_details,
    settle_keys,
    settle_mentions,
    thin_crowds,
)
from consistency_check.identify.blocks import score_pairs
from consistency_check.identify.marks import Kind
from consistency_check.identify.mentions import MOST_CUSTOMERS
from consistency_check.identify.nodes import MOST_BEARERS
from consistency_check.identify.part import Part
from consistency_check.identify.persons import pair_block
from consistency_check.identify.phones import find_region
from consistency_check.identify.profile import weigh
from consistency_check.identify.reach import Outside
from consistency_check.identify.stored import unpack_profile
from consistency_check.identify.weights import add_up, find_bits
from consistency_check.intake import AuditSettings
from consistency_check.model import CrmRecord

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

_BLOCKS = "block bigint, home bigint, cluster bigint, profile string"
_PAIRS = "a bigint, b bigint, c bigint, d bigint"
_MENTIONED = frozenset({Kind.MAIL, Kind.LINE, Kind.REFERENCE, Kind.DETAIL})
Work = Callable[["pa.Table"], "pa.Table"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How parts are linked: `least` in bits, and what all nodes make of tokens."""

    region: str
    least: float
    outside: Outside

    def link(self, rows: pa.Table) -> Part:
        """Link the nodes of some rows of `NODES`; whoever hangs together must be among them together."""
        nodes = unpack_nodes(rows)
        return Part(nodes.kept, nodes.records, self.region, self.least, self.outside)

    def learn(self, settled: Settled) -> Rules:
        """The rules with more crowded tokens and known shapes."""
        outside = replace(
            self.outside,
            crowded=self.outside.crowded.union(map(unsign_number, settled.crowded.tolist())),
            shapes=self.outside.shapes.union(map(unsign_number, settled.shapes.tolist())),
            known=self.outside.known.union(map(unsign_number, settled.known.tolist())),
        )
        return replace(self, outside=outside)


def link_customers(
    read: DataFrame, crm: Sequence[CrmRecord], settings: AuditSettings, rows: int, held: ExitStack
) -> DataFrame:
    """The rows of `CUSTOMERS` for `rows` rows of `READ`; raises UnknownRegionError."""
    region = find_region(settings.region)
    nodes = hold(gather_nodes(read, crm, count_buckets(rows)), held)
    buckets = count_buckets(nodes.count())
    outside = Outside(frozenset(), frozenset(), find_all_abroad(nodes, region))
    rules = Rules(region, find_bits(settings.min_link), outside)

    keys = _settle(_spread(nodes, "number", buckets), _mark_keys(rules), settle_keys, buckets)
    rules = rules.learn(keys)
    nodes = _move(nodes, keys.a, keys.b, held)
    named = _settle(
        _spread(nodes, "home", buckets),
        _mark_clusters(rules, "keyed", _MENTIONED),
        settle_mentions(keys.shapes),
        buckets,
    )
    rules = rules.learn(named)
    nodes = _move(nodes, named.a, named.b, held)
    pairs = None
    if named.has_details:
        nodes, pairs, rules = _link_details(nodes, rules, buckets, held)
    return name_customers(_describe_all(nodes, pairs, buckets, rules), buckets)


def _spread(frame: DataFrame, column: str, buckets: int) -> Any:
    from pyspark.sql import functions as f

    return frame.groupBy(f.pmod(f.xxhash64(column), f.lit(buckets)).alias("bucket"))


def _work(grouped: Any, work: Callable[..., pa.Table], columns: str) -> DataFrame:
    done: DataFrame = grouped.applyInArrow(work, columns)
    return done


def _settle(grouped: Any, mark: Work, settle: Work, buckets: int) -> Settled:
    """What all the tokens mean that `mark` finds in the nodes."""
    marks = _work(grouped, mark, MARKS)
    return read_settled(_work(_spread(marks, "token", buckets), settle, SETTLED).toArrow())


def _mark_keys(rules: Rules) -> Work:
    """The marks of keys, and of shapes."""

    def mark(rows: pa.Table) -> pa.Table:
        nodes = unpack_nodes(rows)
        homes = dict(walk_rows(rows, "number", "home"))
        marks = mark_nodes(nodes, homes, None, rules.region, rules.outside.abroad)
        wanted = (row for row in marks if row.kind in (Kind.KEY, Kind.SHARED, SHAPE))
        return _write_marks(thin_crowds(wanted, MOST_BEARERS))

    return mark


def _mark_clusters(rules: Rules, step: str, kinds: frozenset[Kind]) -> Work:
    """The marks of some kinds, where the clusters after a step of linking are persons."""

    def mark(rows: pa.Table) -> pa.Table:
        part, homes = rules.link(rows), dict(walk_rows(rows, "number", "home"))
        clusters = dict(zip(part.numbers, getattr(part, step), strict=True))
        marks = mark_nodes(unpack_nodes(rows), homes, clusters, rules.region, rules.outside.abroad)
        return _write_marks(thin_crowds((row for row in marks if row.kind in kinds), MOST_CUSTOMERS))

    return mark


def _write_marks(rows: Iterable[MarkRow]) -> pa.Table:
    return make_table(list(rows), make_schema(MARKS))


def _move(nodes: DataFrame, a: Numbers, b: Numbers, held: ExitStack) -> DataFrame:
    """The nodes with the homes that hang together made one."""
    import pyarrow as pa
    from pyspark.sql import functions as f

    homes, becomes = find_components(a, b)
    if not len(homes):
        return nodes
    moved = nodes.sparkSession.createDataFrame(pa.table({"was": homes, "becomes": becomes}))
    joined = nodes.join(moved, f.col("home") == f.col("was"), "left")
    return hold(joined.withColumn("home", f.coalesce("becomes", "home")).drop("was", "becomes"), held)


def _link_details(
    nodes: DataFrame, rules: Rules, buckets: int, held: ExitStack
) -> tuple[DataFrame, pa.Table, Rules]:
    """The homes once details tie too, and the pairs of clusters (`_PAIRS`) that they link."""
    kinds = frozenset({Kind.DETAIL})
    mark = _mark_clusters(rules, "named", kinds)
    settled = _settle(_spread(nodes, "home", buckets), mark, settle_details, buckets)
    rules = rules.learn(settled)
    nodes = _move(nodes, settled.a, settled.b, held)
    blocks = _work(_spread(nodes, "home", buckets), _find_blocks(rules), _BLOCKS)
    found = _work(_spread(blocks, "block", buckets), _find_pairs(rules.least), _PAIRS)
    pairs = found.distinct().toArrow()
    c, d = np.asarray(pairs["c"]), np.asarray(pairs["d"])
    return _move(nodes, c, d, held), pairs, rules


def _find_blocks(rules: Rules) -> Work:
    """The blocks of each cluster of which details are known."""

    def find(rows: pa.Table) -> pa.Table:
        homes = dict(walk_rows(rows, "number", "home"))
        part = rules.link(rows)
        found = []
        for root, blocks in part.blocks.items():
            number = part.numbers[root]
            found += [(sign_number(block), homes[number], number, part.packed[root]) for block in blocks]
        return make_table(found, make_schema(_BLOCKS))

    return find


def _find_pairs(least: float) -> Work:
    """The clusters `a` and `b`, of the homes `c` and `d`, that share a block and that details link."""

    def find(rows: pa.Table) -> pa.Table:
        blocks: dict[int, list[int]] = {}
        packed: dict[int, str] = {}
        homes: dict[int, int] = {}
        for block, home, cluster, profile in walk_rows(rows, "block", "home", "cluster", "profile"):
            blocks.setdefault(block, []).append(cluster)
            homes[cluster], packed[cluster] = home, profile
        several = [sorted(block) for block in blocks.values() if len(block) > 1]
        profiles = {each: unpack_profile(packed[each]) for block in several for each in block}
        pairs = {pair for block in several for pair in pair_block(block, profiles)}
        linked = [(a, b) for a, b in sorted(pairs) if add_up(weigh(profiles[a], profiles[b])) >= least]
        return make_table([(a, b, homes[a], homes[b]) for a, b in linked], make_schema(_PAIRS))

    return find


def _describe(rules: Rules, rows: pa.Table, pairs: Sequence[tuple[int, int]]) -> pa.Table:
    """The customers of some rows, once these pairs of clusters are compared by their details."""
    if not len(rows):
        return make_table([], make_schema(MEMBERS))
    part = rules.link(rows)
    places = {number: place for place, number in enumerate(part.numbers)}
    part.detailed = score_pairs(part.clusters, ((places[a], places[b]) for a, b in pairs), rules.least)
    return describe_members(part, rows)


def _describe_all(nodes: DataFrame, pairs: pa.Table | None, buckets: int, rules: Rules) -> DataFrame:
    """The rows of `MEMBERS`."""
    from pyspark.sql import functions as f

    def describe(rows: pa.Table) -> pa.Table:
        return _describe(rules, rows, ())

    def describe_with(rows: pa.Table, linked: pa.Table) -> pa.Table:
        return _describe(rules, rows, list(walk_rows(linked, "a", "b")))

    grouped = _spread(nodes, "home", buckets)
    if pairs is None or not len(pairs):
        return _work(grouped, describe, MEMBERS)
    homes = nodes.select(f.col("number").alias("a"), f.col("home").alias("there"))
    linked = nodes.sparkSession.createDataFrame(pairs.select(["a", "b"])).join(homes, "a")
    return _work(grouped.cogroup(_spread(linked, "there", buckets)), describe_with, MEMBERS)


def name_customers(members: DataFrame, buckets: int) -> DataFrame:
    """The rows of `CUSTOMERS`: those whose keys may be mixed up are named together."""
    from pyspark.sql import functions as f

    # Every key that is made of another begins with it, and goes on with one of these.
    stemmed = members.withColumn("stem", f.split("bare", r" [(#]", 2).getItem(0))
    return _work(_spread(stemmed, "stem", buckets), name_members, CUSTOMERS)
