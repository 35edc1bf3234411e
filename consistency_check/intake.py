"""What every run over exports begins with: the settings, the policies, the replies and the customers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from consistency_check.checks import CHECKS, DEFAULT_TIMES, Terms
from consistency_check.checks.threads import Threads
from consistency_check.events import Event, tell
from consistency_check.identify import (
    LEAST,
    Linker,
    PatternError,
    Resolution,
    compile_pattern,
    read_links,
    remember,
    write_links,
)
from consistency_check.load import LoadOptions, load_customers, load_replies, recall_questions
from consistency_check.model import Claim, Contact, CrmRecord, KnowledgeBase, LeftOut, Problem, Reply, Value
from consistency_check.policies import load_policies
from consistency_check.stopwatch import make_in, spend_in

Progress = Callable[[int], None]
PROBLEMS_KEPT = 1000
BATCH = 128
"""Replies read at once: more would be no faster and hold more memory."""


class SettingsError(Exception):
    """A setting that this knowledge base or these replies cannot serve, and what to write instead."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What to audit, against what, and which part of it; empty tuples of names mean "all".

    `since` and `until` are inclusive; `timezone` is that of times without an offset, `region` that of
    phone numbers without a country code. A claim counts from `min_confidence` (0 to 1) on, None being the
    reader's own. Two identities are linked from the probability `min_link` on; `links` is the file of known
    customers, read before and written after; `references` are patterns of references in texts, `load` says
    how exports are read. `response_times` are durations by channel in small letters, which go before the
    checks' own; None stands for a channel that has none. `meet` is told who the customers are, as soon as
    that is known. So many `jobs` (processes) read; a script that asks for several keeps what it does under
    `if __name__ == "__main__":`, for each of them imports it.
    """

    sources: tuple[str, ...]
    policies: Path = Path("policies")
    customers: Path | None = None
    checks: tuple[str, ...] = tuple(CHECKS)
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    timezone: str = "UTC"
    region: str = "US"
    min_confidence: float | None = None
    links: Path | None = None
    min_link: float = LEAST
    references: tuple[str, ...] = ()
    load: LoadOptions = LoadOptions()  # noqa: RUF009 - frozen
    meet: Callable[[Resolution], None] | None = None
    response_times: Mapping[str, Value | None] = field(default_factory=dict)
    jobs: int = 1


@dataclass(slots=True)
class Omitted:
    """Problems, and how many records were left out, by reason; they are told beside what was audited."""

    problems: list[Problem] = field(default_factory=list, kw_only=True)
    left_out: Counter[str] = field(default_factory=Counter, kw_only=True)

    def note(self, problem: Problem, reason: str) -> None:
        """Count a record that is left out for a problem; the first of them are kept."""
        self.left_out[reason] += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)


@dataclass(slots=True)
class Gathered(Omitted):
    """What is kept of the replies: their claims and heads, and for each reply a node and a channel.

    `contacts` counts answers, `unanswered` questions; `met` are the contacts that a check may speak of,
    `threads` tells when conversations were answered, and `known_until` is the last moment that a record
    tells of.
    """

    linker: Linker
    claims: list[tuple[int, Reply, Claim]] = field(default_factory=list)
    contacts: Counter[tuple[int, str]] = field(default_factory=Counter)
    unanswered: Counter[tuple[int, str]] = field(default_factory=Counter)
    met: list[tuple[int, Contact]] = field(default_factory=list)
    threads: Threads = field(default_factory=Threads)
    known_until: datetime | None = None

    def add(self, reply: Reply) -> int:
        """Link and count a reply or a question; gives its node."""
        node = self.linker.add(reply)
        (self.contacts if reply.text else self.unanswered)[node, reply.channel] += 1
        if reply.text:
            self.threads.note(node, reply)
        for moment in (reply.sent_at, reply.asked_at):
            if moment and (self.known_until is None or moment > self.known_until):
                self.known_until = moment
        return node


def load_knowledge(settings: AuditSettings) -> KnowledgeBase:
    """The policies; raises SettingsError where a check or a topic is not known."""
    with spend_in("policies"):
        knowledge = load_policies(settings.policies)
    _refuse_unknown("check", settings.checks, CHECKS)
    _refuse_unknown("topic", settings.topics, knowledge.topics)
    tell(Event.POLICIES_LOADED, path=str(settings.policies), policies=len(knowledge.policies))
    return knowledge


def _refuse_unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise SettingsError(f"there is no {kind} {name!r}; write one of {', '.join(sorted(known))}")


def batch_replies(replies: Iterator[Reply]) -> Iterator[list[Reply]]:
    """Replies as they are read: some at once, each with what was asked before it."""
    return part_replies(recall_questions(replies))


def part_replies(replies: Iterator[Reply]) -> Iterator[list[Reply]]:
    """The same batches wherever they are read, so that not even the last bit of a sum can differ."""
    while batch := list(islice(replies, BATCH)):
        yield batch


def make_terms(settings: AuditSettings, knowledge: KnowledgeBase, known_until: datetime | None) -> Terms:
    """What contacts are held by; `known_until` is the last moment that any record tells of."""
    times = {**DEFAULT_TIMES, **settings.response_times}
    return Terms(knowledge.policies, {name: time for name, time in times.items() if time}, known_until)


def build_linker(settings: AuditSettings, problems: list[Problem], *, keep_replies: bool = False) -> Linker:
    """A linker that knows the CRM and the customers of earlier runs; bad rows are added to `problems`.

    Who wants to meet the customers is told of their replies too.
    """
    return Linker(
        load_records(settings, problems),
        region=settings.region,
        keep_replies=keep_replies or settings.meet is not None,
        known=read_links(settings.links) if settings.links else (),
        references=compile_references(settings.references),
        least=settings.min_link,
    )


def load_records(settings: AuditSettings, problems: list[Problem]) -> list[CrmRecord]:
    """The CRM's records, if there is an export of it; bad rows are added to `problems`."""
    if not settings.customers:
        return []
    records, bad = load_customers(settings.customers)
    problems.extend(bad)
    return records


def compile_references(written: Iterable[str]) -> list[re.Pattern[str]]:
    """The patterns of `--reference`. Raises SettingsError for one that cannot be used."""
    try:
        return [compile_pattern(each) for each in written]
    except PatternError as error:
        raise SettingsError(f"--reference: {error}") from None


def select_replies(settings: AuditSettings, omitted: Omitted, progress: Progress | None) -> Iterator[Reply]:
    """The replies that the settings ask for; what is left out is counted, with its reason."""
    found = load_replies(
        settings.sources, timezone=settings.timezone, options=settings.load, on_bytes=progress
    )
    for loaded in make_in("load", found):
        if isinstance(loaded, LeftOut):
            omitted.left_out[loaded.reason] += loaded.count
        elif isinstance(loaded, Problem):
            omitted.note(loaded, "unusable")
        elif reason := explain_left_out(loaded, settings):
            omitted.left_out[reason] += 1
        else:
            yield loaded


def explain_left_out(reply: Reply, settings: AuditSettings) -> str:
    """Why the settings do not ask for a reply; empty where they do."""
    channels = {name.casefold() for name in settings.channels}
    if channels and reply.channel.casefold() not in channels:
        return "in other channels"
    if not (settings.since or settings.until):
        return ""
    moment = reply.sent_at or reply.asked_at
    day = moment.date() if moment else None
    if day is None:
        return "without a date"
    if settings.since and day < settings.since:
        return f"before {settings.since}"
    if settings.until and day > settings.until:
        return f"after {settings.until}"
    return ""


def is_asked_for(claim: Claim, knowledge: KnowledgeBase, settings: AuditSettings) -> bool:
    """Whether the settings ask for the topic of a claim."""
    return not settings.topics or knowledge.policies[claim.policy].topic in settings.topics


def resolve_customers(linker: Linker, settings: AuditSettings) -> Resolution:
    """Who the customers are; where the settings name a file of links, they are remembered in it."""
    with spend_in("link"):
        resolution = linker.resolve()
    if settings.links:
        write_links(settings.links, remember(resolution))
    if settings.meet:
        settings.meet(resolution)
    return resolution
