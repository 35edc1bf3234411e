"""Customers of whom it is known what they were told: two things in two channels, or the same thing twice.

Both replies are labelled ones of a corpus, on one policy and for the same place, filled up with sentences of
replies that claim nothing. Their customers are strangers to the other made-up traffic (`traffic.py`), so
that a run of any size can be checked for being right as well as for being fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random
from typing import Any

from consistency_check.model import Report, Verdict
from consistency_check.policies import load_policies
from tests.accuracy.gold import Gold, Statement, read_gold
from tests.benchmarks.traffic import CORPORA, TOPICS, Person, read_company, write_text

FIRST_PERSON = 6_000_000
"""The number of the first customer here; those of the other traffic come before."""
WHO = frozenset(("id", "conversation_id", "customer_id", "name", "email", "phone", "handle", "text"))
SAID = ("channel", "sent_at", "agent", "team", "question")


@dataclass(frozen=True, slots=True)
class Told:
    """Two records of one company in two channels that answer one policy, with other values if `differ`."""

    company: str
    policy: str
    records: tuple[Mapping[str, Any], Mapping[str, Any]]
    differ: bool


@dataclass(frozen=True, slots=True)
class Known:
    """One customer's two replies in the traffic, by their ids."""

    policy: str
    replies: frozenset[str]
    differ: bool


@cache
def list_told() -> tuple[Told, ...]:
    """All such pairs of the companies of `TOPICS`, those that differ and the others in turn."""
    both: dict[bool, list[Told]] = {True: [], False: []}
    for name, topics in sorted(TOPICS.items()):
        knowledge = load_policies(CORPORA / name / "policies")
        gold = read_gold(CORPORA / name, knowledge)
        records = {record["id"]: record for record in read_company(CORPORA / name).records}
        said = [
            one
            for (reply, policy), statements in sorted(gold.required.items())
            if knowledge.policies[policy].topic in topics
            for one in statements
            if is_plain(gold, reply, statements)
        ]
        for first, second in combinations(said, 2):
            pair = records[first.reply_id], records[second.reply_id]
            if first.policy == second.policy and first.value.type != "text" and are_comparable(*pair):
                differ = not first.says_same(second)
                if not differ or {first.verdict, second.verdict} != {Verdict.AGREES}:
                    both[differ].append(Told(name, first.policy, pair, differ))
    return tuple(each for pair in zip(both[True], both[False], strict=False) for each in pair)


def is_plain(gold: Gold, reply: str, statements: Sequence[Statement]) -> bool:
    """Whether a reply says one thing about a policy, and nothing whose label is open."""
    keys = {(reply, one.policy) for one in statements}
    return len(statements) == 1 and not keys & gold.open_.keys() and not keys & gold.hushed


def are_comparable(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two records are of two channels, and of the same place and product."""
    attributes = [{k: v for k, v in one.items() if k not in WHO and k not in SAID} for one in (first, second)]
    return first["channel"] != second["channel"] and attributes[0] == attributes[1]


def make_known(count: int, seed: int = 1) -> Iterator[tuple[Known, list[dict[str, Any]]]]:
    """That many customers and their two records each; those told two things and the others in turn."""
    random = Random(f"known {seed}")
    told = list_told()
    silent = {name: list_silent(name) for name in TOPICS}
    for number in range(count):
        one = told[2 * random.randrange(len(told) // 2) + number % 2]
        person = Person(FIRST_PERSON + number)
        records = [
            {
                **{name: value for name, value in record.items() if name not in WHO},
                **person.show_in(record["channel"]),
                "id": f"K{number:07d}{letter}",
                "conversation_id": f"K{number:07d}{letter}",
                "text": write_text(record, silent[one.company], person, random, varied=False),
            }
            for letter, record in zip("ab", one.records, strict=True)
        ]
        yield Known(one.policy, frozenset(str(record["id"]) for record in records), one.differ), records


def list_silent(company: str) -> list[str]:
    """The sentences of a company's replies that claim nothing, whatever their channel."""
    folder = CORPORA / company
    gold = read_gold(folder, load_policies(folder / "policies"))
    claimed = {reply for reply, _ in (*gold.required, *gold.open_)}
    read = read_company(folder)
    silent = [record for record in read.records if record["id"] in gold.replies - claimed]
    return [said for record in silent for said in read.split(record)]


def list_people(count: int) -> list[Person]:
    """The customers of `make_known`, for the CRM's export."""
    return [Person(FIRST_PERSON + number) for number in range(count)]


def find_known(known: Sequence[Known], report: Report) -> list[bool]:
    """Of each whether an audit calls its two replies a channel conflict on its policy."""
    told = {
        (finding.policy, answer.reply_id)
        for finding in report.findings
        if finding.check == "channel-conflict"
        for answer in finding.answers
    }
    return [all((one.policy, reply) in told for reply in one.replies) for one in known]
