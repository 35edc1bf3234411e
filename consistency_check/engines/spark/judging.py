"""Judges and checks the customers, each with all of their replies, on the workers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from consistency_check.audit import judge_reply_claim
from consistency_check.checks import run_checks
from consistency_check.engines.spark.nodes import count_buckets
from consistency_check.engines.spark.packing import (
    REPLY,
    Setup,
    make_schema,
    make_table,
    open_setup,
    unpack_customer,
    unpack_loaded,
    walk_rows,
)
from consistency_check.engines.spark.totals import summarise_cases
from consistency_check.identify.clusters import Link
from consistency_check.identify.paths import Paths
from consistency_check.identify.weights import find_probability
from consistency_check.ledger.packing import dump, pack_finding, unpack_claims
from consistency_check.model import Customer, Finding, JudgedClaim
from consistency_check.values import show_value

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

OUTCOMES = "kind string, body string"
"""What judging gives: claims and findings, and a summary of every part, as JSON."""
CLAIM, FINDING, SUMMARY = "claim", "finding", "summary"
_READ = ("owner", "step", "at", "node", "head", "place", "question", "text", "claims")
_CUSTOMERS = ("customer", "key", "body", "nodes", "links")


@dataclass(slots=True)
class Case:
    """A customer with what their replies say, how many they are by channel, and whose node each is."""

    customer: Customer
    nodes: list[bytes]
    links: list[Link]
    claims: list[JudgedClaim] = field(default_factory=list)
    channels: Counter[str] = field(default_factory=Counter)
    homes: dict[str, int] = field(default_factory=dict)

    def find_certainty(self, finding: Finding, *, with_record: bool) -> float:
        """The probability of the weakest link that a finding hangs on, as `Resolution.find_certainty`."""
        places = sorted({self.homes[answer.reply_id] for answer in finding.answers})
        paths = Paths(self.links)
        if with_record and places:
            record = paths.find_first(places[0], lambda place: place >= len(self.nodes))
            places += [record] if record is not None else []
        links = [link for place in places[1:] for link in paths.find_chain(places[0], place) or ()]
        return round(min((find_probability(link.bits) for link in links), default=1.0), 6)


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
    cases = {
        number: Case(unpack_customer(key, body), nodes, [Link(*each) for each in json.loads(links)])
        for number, key, body, nodes, links in walk_rows(customers, *_CUSTOMERS)
    }
    for row in sorted(walk_rows(replies, *_READ), key=lambda row: (*row[1:3], row[5])):
        _add_reply(cases[row[0]], setup, *row[3:])
    ordered = sorted(cases.values(), key=lambda case: case.customer.key)
    return make_table(list(_walk_outcomes(ordered, setup)), make_schema(OUTCOMES))


def _add_reply(
    case: Case, setup: Setup, node: bytes, head: str, place: str, question: str, text: str | None, claims: str
) -> None:
    reply = unpack_loaded(head, place, "", question)
    case.channels[reply.channel] += 1
    for claim in unpack_claims(claims, reply.id, text or ""):
        case.homes[reply.id] = case.nodes.index(node)
        case.claims.append(judge_reply_claim(claim, reply, case.customer, setup.knowledge))


def _walk_outcomes(cases: Iterable[Case], setup: Setup) -> Iterator[tuple[str, str]]:
    summaries = []
    for case in cases:
        findings = list(_check_case(case, setup)) if case.claims else []
        yield from ((CLAIM, dump(list_claim(claim))) for claim in case.claims)
        yield from ((FINDING, pack_finding(each)) for each in findings)
        summaries.append((case.customer, case.channels, case.claims, findings))
    yield SUMMARY, dump(asdict(summarise_cases(summaries, setup.settings.checks)))


def _check_case(case: Case, setup: Setup) -> Iterator[Finding]:
    for finding in run_checks([(case.customer, tuple(case.claims))], setup.settings.checks):
        with_record = bool(setup.knowledge.policies[finding.policy].exceptions)
        yield replace(finding, certainty=case.find_certainty(finding, with_record=with_record))


def list_claim(judged: JudgedClaim) -> Mapping[str, Any]:
    """A claim as a row of the table of claims."""
    claim, reply = judged.claim, judged.reply
    return {
        "reply_id": reply.id,
        "channel": reply.channel,
        "agent": reply.agent,
        "team": reply.team,
        "sent_at": reply.sent_at.isoformat() if reply.sent_at else "",
        "customer": judged.customer.key,
        "topic": judged.policy.topic,
        "policy": claim.policy,
        "value": show_value(claim.value),
        "verdict": judged.judgement.verdict.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "confidence": claim.confidence,
        "source": str(reply.source),
    }
