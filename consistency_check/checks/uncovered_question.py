"""Questions that customers ask and no policy answers, in clusters of the words that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from consistency_check.checks.check import Check, Terms
from consistency_check.checks.exchanges import build_contact_answer, sort_contacts
from consistency_check.checks.finding import hash_content
from consistency_check.checks.tallies import pick_samples
from consistency_check.model import CustomerCase, Finding, Severity, Tally

NAME = "uncovered-question"
LEAST = 3
"""Customers who must ask: two may be a chance, and a policy for one is none."""
MOST_WORDS = 8
"""Words of a cluster that its message names."""
COMMON = 0.5
"""Share of a cluster's customers who must have used a word for it to be named."""

ANSWERED = 0.2
"""Share of a cluster's answers from which on a policy answers it after all: those that claim something."""

Pair = tuple[str, str]
OPEN, CLAIMED = "open", "claimed"


def tally(case: CustomerCase) -> Iterator[Tally]:
    """A count for each question that is far from every policy: with an answer that claims something, or none.

    A question that shares two telling words with an earlier one of the same customer is the same.
    """
    claimed = {claim.reply.id for claim in case.claims}
    counted: set[Pair] = set()
    for contact in sort_contacts(case.contacts):
        words = contact.asking.words
        if contact.asking.is_uncovered and counted.isdisjoint(combinations(words, 2)):
            kind = CLAIMED if contact.reply.id in claimed else OPEN
            yield Tally(NAME, (kind, *words), samples=(build_contact_answer(contact),))
            counted.update(combinations(words, 2))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that share two words, those that an answer claims something of too."""

    pair: Pair
    tallies: tuple[Tally, ...]

    @property
    def customers(self) -> int:
        """Those whose answer claims nothing."""
        return sum(tally.count for tally in self.tallies if tally.group[0] == OPEN)

    @property
    def is_answered(self) -> bool:
        """Whether so many answers claim something that it can be no question without a policy."""
        asked = sum(tally.count for tally in self.tallies)
        return asked - self.customers >= ANSWERED * asked

    @property
    def words(self) -> tuple[str, ...]:
        """The two words, and what at least COMMON of the customers said beside them."""
        used: Counter[str] = Counter()
        for tally in self.tallies:
            used.update(dict.fromkeys(tally.group[1:], tally.count if tally.group[0] == OPEN else 0))
        often = [word for word in sorted(used) if used[word] >= COMMON * self.customers]
        return tuple(dict.fromkeys((*self.pair, *often)))[:MOST_WORDS]


def group_questions(tallies: Iterable[Tally]) -> Iterator[Cluster]:
    """Clusters, the largest first: each takes all questions left that share its two words.

    The two words are those that most customers used together, of equals the first in the alphabet; so the
    clusters do not depend on the order of the questions.
    """
    by_pair: dict[Pair, list[Tally]] = {}
    for tally in tallies:
        for pair in combinations(tally.group[1:], 2):
            by_pair.setdefault(pair, []).append(tally)
    counts = {pair: sum(tally.count for tally in found) for pair, found in by_pair.items()}
    waiting = [(-count, pair) for pair, count in counts.items() if count >= LEAST]
    heapify(waiting)
    taken: set[tuple[str, ...]] = set()
    while waiting:
        count, pair = heappop(waiting)
        if -count > counts[pair]:
            # Some were taken since it was put there: it waits for its new turn.
            if counts[pair] >= LEAST:
                heappush(waiting, (-counts[pair], pair))
            continue
        own = [tally for tally in by_pair[pair] if tally.group not in taken]
        taken.update(tally.group for tally in own)
        yield Cluster(pair, tuple(own))
        for tally in own:
            for other in combinations(tally.group[1:], 2):
                counts[other] -= tally.count


def conclude(tallies: Sequence[Tally], terms: Terms) -> Iterator[Finding]:
    """One finding for each cluster."""
    del terms
    for cluster in group_questions(tallies):
        if cluster.customers < LEAST or cluster.is_answered:
            continue
        words = ", ".join(cluster.words)
        yield Finding(
            id=hash_content([NAME, list(cluster.pair)]),
            check=NAME,
            severity=Severity.LOW,
            customer="",
            topic="",
            policy="",
            expected="",
            message=f"{cluster.customers:,} customers asked what no policy answers: {words}.",
            answers=pick_samples(
                answer for tally in cluster.tallies if tally.group[0] == OPEN for answer in tally.samples
            ),
        )


CHECK = Check(
    name=NAME,
    summary="a question that customers ask and no policy answers",
    explanation="""\
Finds what at least three customers asked about and no policy of the knowledge base answers.

Why it matters: where nothing is written down, each agent answers by heart, and two customers hear two
things. These are the next policies to write.

Example: eleven customers ask whether a parcel can be left with a neighbour; there is no such policy.

How it is found: questions whose wording is far from every policy's are put together where they share
two telling words. Where a fifth of the answers claims something of a policy, there is one; else it is
reported. The message names the words that most of them use; the first five questions are shown. Thanks,
complaints that ask nothing and short follow-ups are left out.

How to fix it: write a policy with these questions among its `questions`. If one answers them already,
add the customers' words to its `questions` or `phrasings`. Questions about one customer's own case
("where is my parcel") need no policy: accept the finding.

Severity: low. It has no customer and no policy.
""",
    tally=tally,
    conclude=conclude,
)
