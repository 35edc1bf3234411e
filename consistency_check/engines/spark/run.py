"""The hall of an audit on Spark: load, read, link, judge, and the tables and the report that come of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from consistency_check.checks import conclude_tallies, merge_tallies, rank_finding
from consistency_check.engines.spark.judging import CLAIM, FINDING, OUTCOMES, add_tallies, judge_customers
from consistency_check.engines.spark.linking import link_customers
from consistency_check.engines.spark.loading import load_frame, load_sources
from consistency_check.engines.spark.packing import LEFT_OUT, PROBLEM, Setup, unpack_problem
from consistency_check.engines.spark.reading import read_replies
from consistency_check.engines.spark.session import check_location, explain_failure, hold, open_session
from consistency_check.engines.spark.totals import count_findings, sum_up_findings
from consistency_check.figures import build_headline
from consistency_check.intake import (
    PROBLEMS_KEPT,
    AuditSettings,
    SettingsError,
    load_knowledge,
    load_records,
    make_terms,
)
from consistency_check.ledger.packing import dump, pack_finding, unpack_finding
from consistency_check.model import Finding, Headline, KnowledgeBase, Problem, Report, Summary
from consistency_check.summary import list_notes

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

READ_ROWS = 10_000
"""Replies that a task reads: half a minute of work, against half a second for which a task is started."""
_ANSWER = (
    "reply_id string, channel string, agent string, team string, sent_at string, value string, "
    "verdict string, quote string, start int, end int, confidence double, source string, context string, "
    "context_start int, question string"
)
FINDINGS = (
    "id string, check string, severity string, customer string, topic string, policy string, "
    f"expected string, message string, answers array<struct<{_ANSWER}>>, reason string, "
    "linked_by array<string>, customer_name string, certainty double, policy_source string"
)
"""The columns of the table of findings: the fields of `Finding` but for its status."""
CLAIMS = (
    "reply_id string, channel string, agent string, team string, sent_at string, customer string, "
    "topic string, policy string, value string, verdict string, quote string, start int, end int, "
    "confidence double, source string"
)
"""The columns of the table of claims."""


@dataclass(frozen=True, slots=True)
class SparkAudit:
    """An audit as tables, `claims` and `findings`, and what a report says beside them.

    Spark keeps what they are made of until `close`: call it on a cluster that goes on with other work. The
    methods raise EngineError, the tables Spark's own errors.
    """

    claims: DataFrame
    findings: DataFrame
    summary: Summary
    headline: Headline
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    held: ExitStack

    def make_report(self) -> Report:
        """The report, as an audit on one machine makes it; all findings come to the driver."""
        with explain_failure():
            findings = sorted(read_findings(self.findings), key=rank_finding)
        return Report(self.summary, tuple(findings), self.problems, self.notes, headline=self.headline)

    def write_parquet(self, folder: str) -> None:
        """Write `claims` and `findings` as Parquet below a folder or a location that Spark knows."""
        with explain_failure():
            for name, frame in (("claims", self.claims), ("findings", self.findings)):
                frame.write.mode("overwrite").parquet(f"{folder.rstrip('/')}/{name}")

    def close(self) -> None:
        """Let Spark forget what the tables are made of; they are not to be used any more."""
        with explain_failure():
            self.held.close()


def audit_sources(settings: AuditSettings, master: str = "local[*]", output: str = "") -> SparkAudit:
    """Audit the replies of `settings.sources` in the session of this process, or in a new one on `master`.

    Where `output` is given, it is made sure before hours of work that `write_parquet` can write there. Raises
    EngineError, and what `run_audit` raises.
    """
    _refuse_unfit(settings)
    knowledge = load_knowledge(settings)
    session = open_session(master)
    if output:
        check_location(session, output)
    with explain_failure(), ExitStack() as held:
        return _audit_loaded(load_sources(session, settings, held), settings, knowledge, held)


def audit_frame(frame: DataFrame, settings: AuditSettings) -> SparkAudit:
    """Audit the rows of a table; `settings.sources` are not read.

    Columns are called as the fields of an export of replies (`load.FIELDS`): `id` and `text`, which every row
    needs, `channel`, `sent_at`, `email` and so on; any other column is an attribute. What a customer said
    before in a conversation is what was sent before. Raises EngineError, and what `run_audit` raises.
    """
    _refuse_unfit(settings)
    knowledge = load_knowledge(settings)
    with explain_failure(), ExitStack() as held:
        return _audit_loaded(load_frame(frame, settings, held), settings, knowledge, held)


def read_findings(findings: DataFrame) -> Iterator[Finding]:
    """The findings of a table, read from Parquet or not, in no order."""
    for row in findings.toLocalIterator():
        yield unpack_finding(dump(row.asDict(recursive=True)))


def _refuse_unfit(settings: AuditSettings) -> None:
    if settings.links:
        raise SettingsError("--links: on Spark no customers are remembered; leave it out")
    if settings.meet:
        raise SettingsError("--redact: on Spark nobody meets all customers; leave it out")


def _audit_loaded(
    loaded: DataFrame, settings: AuditSettings, knowledge: KnowledgeBase, held: ExitStack
) -> SparkAudit:
    problems: list[Problem] = []
    crm = load_records(settings, problems)
    rows = loaded.count()
    tasks = max(-(-rows // READ_ROWS), min(rows, _count_cores(loaded)), 1)
    read = hold(read_replies(loaded, Setup(settings, knowledge).pack(), tasks), held)
    setup = Setup(settings, knowledge, _find_last_moment(read))
    customers = hold(link_customers(read, crm, settings, rows, held), held)
    outcomes = hold(judge_customers(read, customers, setup.pack(), rows), held)
    tallies = add_tallies(outcomes)
    terms = make_terms(settings, knowledge, setup.known_until)
    concluded = conclude_tallies(tallies, settings.checks, terms)
    tallies = merge_tallies([*tallies, *count_findings(concluded)])
    if concluded:
        bodies = [(FINDING, pack_finding(each)) for each in concluded]
        outcomes = outcomes.unionAll(outcomes.sparkSession.createDataFrame(bodies, OUTCOMES))
    claims, findings = _open_table(outcomes, CLAIM, CLAIMS), _open_table(outcomes, FINDING, FINDINGS)
    left_out, found = _gather_left_out(read, PROBLEMS_KEPT - len(problems))
    summary = sum_up_findings(tallies, settings.checks, left_out)
    notes = tuple(list_notes(knowledge, summary, settings.sources, settings.topics))
    headline = build_headline(tallies)
    return SparkAudit(claims, findings, summary, headline, (*problems, *found), notes, held.pop_all())


def _find_last_moment(read: DataFrame) -> datetime | None:
    """The last moment that any record tells of; of those that are one, the first in the input."""
    from pyspark.sql import functions as f

    ranked = f.struct(f.to_timestamp("moment"), -f.col("step"), -f.col("at"))
    (row,) = read.select(f.max_by("moment", ranked).alias("moment")).collect()
    return datetime.fromisoformat(row.moment) if row.moment else None


def _open_table(outcomes: DataFrame, kind: str, columns: str) -> DataFrame:
    from pyspark.sql import functions as f

    chosen = outcomes.where(f.col("kind") == kind)
    return chosen.select(f.from_json("body", columns).alias("row")).select("row.*")


def _gather_left_out(read: DataFrame, most: int) -> tuple[dict[str, int], list[Problem]]:
    """The counts of what was left out by reason, and the first problems of the input, at most so many."""
    from pyspark.sql import functions as f

    rows = read.where(f.col("kind") == LEFT_OUT).groupBy("body").agg(f.count("*").alias("times")).collect()
    left_out: dict[str, int] = {}
    for row in rows:
        reason, count = json.loads(row.body)
        left_out[reason] = left_out.get(reason, 0) + count * row.times
    bad = read.where(f.col("kind") == PROBLEM)
    if unusable := bad.count():
        left_out["unusable"] = unusable
    first = bad.orderBy("step", "at", "body").limit(max(0, most)).collect() if unusable else []
    return left_out, [unpack_problem(row.body) for row in first]


def _count_cores(frame: DataFrame) -> int:
    return int(frame.sparkSession.sparkContext.defaultParallelism)
