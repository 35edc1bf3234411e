"""Judges and checks the customers, each with all of their replies, on the workers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from consistency_check.audit import describe_claim, is_telling, judge_reply_claim, rate_finding
from consistency_check.checks import Terms, check_case, merge_tallies, tally_case
from consistency_check.checks.threads import Threads
from consistency_check.engines.spark.nodes import count_buckets
from consistency_check.engines.spark.packing import (
    REPLY,
    Setup,
    make_schema,
    make_table,
    open_setup,
    pack_tally,
    unpack_customer,
    unpack_loaded,
    unpack_tally,
    walk_rows,
)
from consistency_check.engines.spark.totals import count_findings
from consistency_check.figures import tally_figures
from consistency_check.identify.clusters import Link
from consistency_check.identify.paths import Paths
from consistency_check.identify.weights import find_probability
from consistency_check.intake import make_terms
from consistency_check.ledger.packing import dump, pack_finding, unpack_asking, unpack_claims
from consistency_check.model import Contact, Customer, CustomerCase, Finding, JudgedClaim, Tally
from consistency_check.summary import count_contacts

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

OUTCOMES = "kind string, body string"
"""What judging gives, as JSON: claims, findings, and what a part of the customers adds to the counts."""
CLAIM, FINDING, TALLY = "claim", "finding", "tally"
_READ = (
    "owner", "step", "at", "place", "head", "node", "question", "text", "claims", "asking", "is_answered",
)  # fmt: skip
ADDED_IN = 64
"""Parts in which counts are added up; a night of millions has some thousand groups of them."""
_CUSTOMERS = ("customer", "key", "body", "nodes", "links")


@dataclass(slots=True)
class Heard:
    """A customer with what their replies say, how many they are by channel, and whose node each is."""

    customer: Customer
    nodes: list[bytes]
    links: list[Link]
    claims: list[JudgedClaim] = field(default_factory=list)
    contacts: list[tuple[int, Contact]] = field(default_factory=list)
    threads: Threads = field(default_factory=Threads)
    channels: Counter[tuple[str, bool]] = field(default_factory=Counter)
    homes: dict[str, bytes] = field(default_factory=dict)

    def find_certainty(self, finding: Finding, with_record: bool) -> float:
        """The probability of the weakest link that a finding hangs on, as `Resolution.find_certainty`."""
        numbers = {node: at for at, node in enumerate(self.nodes)}
        places = sorted({numbers[self.homes[answer.reply_id]] for answer in finding.answers})
        paths = Paths(self.links)
        if with_record and places:
            record = paths.find_first(places[0], lambda place: place >= len(numbers))
            places += [record] if record is not None else []
        links = [link for place in places[1:] for link in paths.find_chain(places[0], place) or ()]
        return min((find_probability(link.bits) for link in links), default=1.0)


def judge_customers(read: DataFrame, customers: DataFrame, setup: bytes, rows: int) -> DataFrame:
    """The rows of `OUTCOMES` for `rows` rows of `READ` and the customers that they belong to."""
    from pyspark.sql import functions as f

    homes = customers.select(f.col("customer").alias("owner"), f.explode("nodes").alias("node"))
    replies = read.where(f.col("kind") == REPLY).join(homes, "node").select(*_READ)
    buckets = f.lit(count_buckets(rows))
    said = replies.groupBy(f.pmod(f.xxhash64("owner"), buckets).alias("bucket"))
    heard = customers.groupBy(f.pmod(f.xxhash64("customer"), buckets).alias("bucket"))
    return said.cogroup(heard).applyInArrow(partial(_judge_bucket, setup), OUTCOMES)


def _judge_bucket(packed: bytes, replies: pa.Table, customers: pa.Table) -> pa.Table:
    setup = open_setup(packed)
    terms = make_terms(setup.settings, setup.knowledge, setup.known_until)
    heard = {
        number: Heard(unpack_customer(key, body), nodes, [Link(*each) for each in json.loads(links)])
        for number, key, body, nodes, links in walk_rows(customers, *_CUSTOMERS)
    }
    for owner, *row in sorted(walk_rows(replies, *_READ), key=lambda row: row[1:5]):
        _add_reply(heard[owner], setup, terms, *row[2:])
    ordered = sorted(heard.values(), key=lambda each: each.customer.key)
    return make_table(list(_walk_outcomes(ordered, setup, terms)), make_schema(OUTCOMES))


def _add_reply(
    heard: Heard,
    setup: Setup,
    terms: Terms,
    place: str,
    head: str,
    node: bytes,
    question: str,
    text: str | None,
    claims: str,
    asking: str,
    is_answered: int,
) -> None:
    reply = unpack_loaded(head, place, "", question)
    contact = Contact(reply, unpack_asking(asking), bool(is_answered))
    heard.channels[reply.channel, contact.is_answered] += 1
    if contact.is_answered:
        heard.threads.note(0, reply)
    if claims or is_telling(contact, terms):
        heard.homes[reply.id] = node
        heard.contacts.append((0, contact))
    for claim in unpack_claims(claims, reply.id, text or ""):
        heard.claims.append(judge_reply_claim(claim, reply, heard.customer, setup.knowledge))


def _walk_outcomes(customers: Iterable[Heard], setup: Setup, terms: Terms) -> Iterator[tuple[str, str]]:
    tallies: list[Tally] = []
    names = sorted(set(setup.settings.checks))
    for heard in customers:
        met = heard.threads.settle(heard.contacts, lambda _: "")
        case = CustomerCase(heard.customer, tuple(heard.claims), tuple(contact for _, contact in met))
        found = check_case(case, names, terms)
        findings = [rate_finding(each, heard.find_certainty, setup.knowledge) for each in found]
        yield from ((CLAIM, _pack_claim(claim)) for claim in case.claims)
        yield from ((FINDING, pack_finding(each)) for each in findings)
        tallies += tally_case(case, names)
        tallies += tally_figures(case)
        tallies += count_findings(findings)
        tallies += count_contacts(heard.channels, case.claims)
    yield from ((TALLY, pack_tally(each)) for each in merge_tallies(tallies))


def _pack_claim(judged: JudgedClaim) -> str:
    """A row of the table of claims, which takes of these fields those that it has columns for."""
    return dump({**describe_claim(judged), "source": str(judged.reply.source)})


def add_tallies(outcomes: DataFrame) -> list[Tally]:
    """The counts of all customers, added up on the workers before they come to the driver."""
    from pyspark.sql import functions as f

    bucket = f.pmod(f.xxhash64(f.get_json_object("body", "$[1]")), f.lit(ADDED_IN)).alias("bucket")
    parts = outcomes.where(f.col("kind") == TALLY).groupBy(bucket).applyInArrow(_add_bucket, OUTCOMES)
    return merge_tallies(unpack_tally(row.body) for row in parts.collect())


def _add_bucket(rows: pa.Table) -> pa.Table:
    merged = merge_tallies(unpack_tally(body) for (body,) in walk_rows(rows, "body"))
    return make_table([(TALLY, pack_tally(each)) for each in merged], make_schema(OUTCOMES))
