"""How answers are counted against labels: pure functions of what was read and what people decided.

A claim is right where a label of the same reply and policy has an equal value, and each label is found
once; the same claim a second time counts neither way. A flag is a claim that does not agree with the
policy in force; it is right where the label that it is about is flagged as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consistency_check.model import Finding, Verdict
from tests.accuracy.gold import Conflict, Gold, Key, Statement

FLAGS = frozenset({Verdict.CONFLICTS, Verdict.OUTDATED, Verdict.WRONG_CASE})


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `given` answers `right` are right; of `wanted` labels `found` were found."""

    right: float = 0
    given: float = 0
    found: float = 0
    wanted: float = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.given + other.given,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of answers that are right; 1 where none was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of labels that were found; 1 where there is none."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Everything counted on one corpus, or on several pooled.

    `verdicts` counts the matched claims only. `sureness` has the stated confidence of every claim that
    counts, and whether it is right.
    """

    by_type: Mapping[str, Tally] = field(default_factory=dict)
    verdicts: Tally = Tally()
    flags: Tally = Tally()
    conflicts: Tally = Tally()
    customers: Tally = Tally()
    sureness: tuple[tuple[float, bool], ...] = ()

    @property
    def claims(self) -> Tally:
        """The claims of all types."""
        return sum(self.by_type.values(), Tally())


def pool_scores(scores: Iterable[Score]) -> Score:
    """All answers and labels of several corpora as if they were one."""
    total = Score()
    for score in scores:
        types = sorted({*total.by_type, *score.by_type})
        total = Score(
            {name: total.by_type.get(name, Tally()) + score.by_type.get(name, Tally()) for name in types},
            total.verdicts + score.verdicts,
            total.flags + score.flags,
            total.conflicts + score.conflicts,
            total.customers + score.customers,
            total.sureness + score.sureness,
        )
    return total


def score_claims(gold: Gold, stated: Sequence[Statement]) -> Score:
    """Claims by value type, verdicts and sureness."""
    by_type: defaultdict[str, Tally] = defaultdict(Tally)
    verdicts = Tally()
    sureness: list[tuple[float, bool]] = []
    said = _group_by_key(one for one in stated if one.reply_id in gold.replies)
    for key in sorted({*said, *gold.required}):
        labels, answers = gold.required.get(key, ()), said.get(key, [])
        pairs = match_labels(labels, answers)
        matched = {id(answer) for answer, _ in pairs}
        wrong = [one for one in answers if id(one) not in matched and counts_as_wrong(one, gold)]
        name = (labels or answers)[0].value.type
        by_type[name] += Tally(len(pairs), len(pairs) + len(wrong), len(pairs), len(labels))
        same = sum(answer.verdict is label.verdict for answer, label in pairs)
        verdicts += Tally(same, len(pairs), same, len(pairs))
        sureness += [(answer.confidence, True) for answer, _ in pairs]
        sureness += [(answer.confidence, False) for answer in wrong]
    return Score(by_type=dict(by_type), verdicts=verdicts, sureness=tuple(sureness))


def match_labels(
    labels: Sequence[Statement], answers: Sequence[Statement]
) -> list[tuple[Statement, Statement]]:
    """Each label with the answer of equal value that shares most of its words."""
    left, pairs = list(answers), []
    for label in labels:
        equal = [one for one in left if one.says_same(label)]
        if equal:
            best = max(equal, key=lambda one: (one.count_shared(label), one.verdict is label.verdict))
            left = [one for one in left if one is not best]
            pairs.append((best, label))
    return pairs


def score_flags(gold: Gold, stated: Sequence[Statement]) -> Tally:
    """Flags: the precision of all of them, the recall of the labelled wrong statements."""
    flagged = [one for one in stated if one.verdict in FLAGS and one.reply_id in gold.replies]
    wanted = [label for labels in gold.required.values() for label in labels if label.verdict in FLAGS]
    found: set[int] = set()
    right = given = 0
    for one in flagged:
        if _is_open(one, gold):
            continue
        label = find_label(one, gold.required.get(one.key, ()))
        given += 1
        if label and label.verdict in FLAGS:
            right += 1
            found.add(id(label))
    return Tally(right, given, len(found), len(wanted))


def find_label(answer: Statement, labels: Sequence[Statement]) -> Statement | None:
    """The label that an answer is about: of equal value, else of shared words, else the only one."""
    if not labels:
        return None
    equal = [label for label in labels if answer.says_same(label)]
    best = max(equal or labels, key=answer.count_shared)
    return best if equal or answer.count_shared(best) or len(labels) == 1 else None


def score_conflicts(gold: Gold, findings: Iterable[Finding]) -> Tally:
    """Channel conflicts: a finding is right where it holds two of the replies labelled as one."""
    given = [
        Conflict(each.policy, frozenset(answer.reply_id for answer in each.answers))
        for each in findings
        if each.check == "channel-conflict"
    ]
    right = sum(any(_is_same_conflict(each, label) for label in gold.conflicts) for each in given)
    found = sum(any(_is_same_conflict(each, label) for each in given) for label in gold.conflicts)
    return Tally(right, len(given), found, len(gold.conflicts))


def score_customers(gold: Gold, clusters: Iterable[Sequence[str]]) -> Tally:
    """B-cubed: for each reply the share of its cluster that is its customer's, and the other way round.

    Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", 1998.
    """
    cluster_of = {reply: number for number, replies in enumerate(clusters) for reply in replies}
    labelled = [(reply, number) for number, replies in enumerate(gold.customers) for reply in replies]
    people: defaultdict[int, set[str]] = defaultdict(set)
    groups: defaultdict[int | str, set[str]] = defaultdict(set)
    for reply, number in labelled:
        people[number].add(reply)
        groups[cluster_of.get(reply, reply)].add(reply)
    precision = recall = 0.0
    for reply, number in labelled:
        group = groups[cluster_of.get(reply, reply)]
        shared = len(people[number] & group)
        precision += shared / len(group)
        recall += shared / len(people[number])
    return Tally(precision, len(labelled), recall, len(labelled))


def _group_by_key(stated: Iterable[Statement]) -> dict[Key, list[Statement]]:
    groups: dict[Key, list[Statement]] = {}
    for one in stated:
        groups.setdefault(one.key, []).append(one)
    return groups


def counts_as_wrong(answer: Statement, gold: Gold) -> bool:
    """Whether an answer that found no label counts against the reader."""
    repeats = any(answer.says_same(label) for label in gold.required.get(answer.key, ()))
    return not repeats and not _is_open(answer, gold)


def _is_open(answer: Statement, gold: Gold) -> bool:
    """Whether the labels leave an answer open, so that it counts neither way."""
    required, optional = gold.required.get(answer.key, ()), gold.open_.get(answer.key, ())
    if answer.value.type != "text" and any(answer.says_same(label) for label in required):
        return False
    if any(answer.says_same(label) for label in optional):
        return True
    if required:
        return False
    if any(answer.count_shared(label) for label in optional):
        return True
    return answer.key in gold.hushed and answer.verdict not in FLAGS


def _is_same_conflict(a: Conflict, b: Conflict) -> bool:
    return a.policy == b.policy and len(a.replies & b.replies) > 1
