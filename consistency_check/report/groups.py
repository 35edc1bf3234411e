"""Which findings of a report stand together, for each `--group-by`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consistency_check.model import Finding, FindingAnswer, Severity

ALL_CUSTOMERS = "all customers"
NO_POLICY = "no policy"


@dataclass(frozen=True, slots=True)
class Block:
    """The findings about one customer and one policy: their answers are shown once."""

    title: str
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the policy's value applies; a finding whose answers another one holds adds nothing."""
        shown: set[FindingAnswer] = set()
        reasons: dict[str, None] = {}
        for finding in self.findings:
            if finding.reason and not shown.issuperset(finding.answers):
                reasons[finding.reason] = None
            shown.update(finding.answers)
        return tuple(reasons)

    @property
    def answers(self) -> tuple[FindingAnswer, ...]:
        """Every answer of the block once, by day; those without one come last."""
        found = dict.fromkeys(answer for finding in self.findings for answer in finding.answers)
        return tuple(sorted(found, key=lambda a: (not a.sent_at, a.sent_at, a.reply_id, a.start, a.end)))


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the report with its blocks, the most severe first."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


def group_findings(findings: Iterable[Finding], group_by: str) -> list[Group]:
    """The findings under headings, in the order of the report; topics of a customer stay together.

    Raises KeyError where `group_by` is not one of `GROUPINGS`.
    """
    name_group, name_block = _NAMES[group_by]
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(name_group(finding), []).append(finding)
    return [
        Group(title, _say_links(found[0]) if group_by == "customer" else "", _build_blocks(found, name_block))
        for title, found in groups.items()
    ]


def say_customer(finding: Finding) -> str:
    """The customer of a finding: name and key; what is found in the counts of all has none."""
    if not finding.customer:
        return ALL_CUSTOMERS
    return f"{finding.customer_name} · {finding.customer}" if finding.customer_name else finding.customer


def _build_blocks(findings: list[Finding], name_block: Callable[[Finding], str]) -> tuple[Block, ...]:
    topics = (
        list(dict.fromkeys(f.topic for f in findings)) if len({f.customer for f in findings}) == 1 else []
    )
    order = {topic: place for place, topic in enumerate(topics)}
    blocks: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (order.get(f.topic, 0), _rank_in_group(f))):
        # What is found in the counts of all customers stands alone: its answers are samples of others'.
        own = finding.policy if finding.customer else finding.id
        blocks.setdefault((finding.customer, own), []).append(finding)
    return tuple(
        Block(name_block(found[0]), max((f.severity for f in found), key=lambda s: s.rank), tuple(found))
        for found in blocks.values()
    )


def _rank_in_group(finding: Finding) -> tuple[int, str, str, str, str]:
    """The most severe first; within one check, what the customer heard first comes first."""
    heard = finding.answers[0].sent_at
    return (-finding.severity.rank, finding.customer, finding.policy, finding.check, heard)


def say_policy(finding: Finding) -> str:
    """The policy of a finding, in words where it is about none."""
    return finding.policy or NO_POLICY


def _say_links(finding: Finding) -> str:
    return f"linked by {', '.join(finding.linked_by)}" if finding.linked_by else ""


def _say_channels(finding: Finding) -> str:
    return " / ".join(sorted({answer.channel for answer in finding.answers}))


def _say_customer_and_policy(finding: Finding) -> str:
    return f"{say_customer(finding)} · {say_policy(finding)}"


_Name = Callable[[Finding], str]
_NAMES: dict[str, tuple[_Name, _Name]] = {
    "customer": (say_customer, say_policy),
    "policy": (say_policy, say_customer),
    "channel": (_say_channels, _say_customer_and_policy),
    "check": (lambda finding: finding.check, _say_customer_and_policy),
}
