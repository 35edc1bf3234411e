"""A sheet of alerts: what the tools that judge code take, made of an audit's findings or of lint's advice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from consistency_check.model import (
    Advice,
    Finding,
    FindingAnswer,
    Level,
    Problem,
    Report,
    Severity,
    Source,
    Status,
    Verdict,
)
from consistency_check.report.groups import ALL_CUSTOMERS, say_policy
from consistency_check.report.headline import say_count, say_question, say_standing, say_total, say_verdict

LEVELS = {
    Severity.CRITICAL: Level.ERROR,
    Severity.HIGH: Level.ERROR,
    Severity.MEDIUM: Level.WARNING,
    Severity.LOW: Level.NOTE,
}
SEVERITIES = {Level.ERROR: Severity.HIGH, Level.WARNING: Severity.MEDIUM, Level.NOTE: Severity.LOW}
_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d{1,9}))?(?::(?P<column>\d{1,9}))?", re.DOTALL)
_LINE_NUMBER = re.compile(r"\b(line |:)\d+(:\d+)?")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What `explain` says of a check or a rule: one line, and all of it in paragraphs."""

    name: str
    summary: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding or one piece of advice. `source` is None where no file holds what it is about.

    `id` is its fingerprint, `subject` the policy and the customer, `details` the lines that explain it and
    `related` other places, each with words that say what stands there. `fails` is whether the exit status
    counts it.
    """

    id: str
    rule: str
    level: Level
    severity: Severity
    subject: str
    message: str
    source: Source | None
    details: tuple[str, ...] = ()
    related: tuple[tuple[Source, str], ...] = ()
    status: Status = Status.NEW
    status_reason: str = ""
    fails: bool = True

    @property
    def standing(self) -> str:
        """Why it is not simply new, in words; empty for what is."""
        return "" if self.status is Status.NEW else self.status_reason


@dataclass(frozen=True, slots=True)
class Sheet:
    """All alerts, the new ones first, with what else must be said.

    `checked` names the rules that ran; `compared` is False where there was nothing for them to look at.
    `gone` are alerts of earlier runs that are no longer found.
    """

    alerts: tuple[Alert, ...]
    rules: tuple[RuleText, ...]
    checked: tuple[str, ...]
    total: str
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    compared: bool = True
    gone: tuple[Alert, ...] = ()


def build_sheet(report: Report, rules: Iterable[RuleText], least: Severity | None = Severity.LOW) -> Sheet:
    """The findings of an audit as alerts; new ones fail from the severity `least` on, None being none."""
    order = list(Status)
    alerts = [build_alert(finding, least) for finding in report.findings]
    gone = tuple(build_alert(finding, least) for finding in report.fixed)
    checked = sorted({*report.summary.by_check, *(alert.rule for alert in (*alerts, *gone))})
    return Sheet(
        alerts=tuple(sorted(alerts, key=lambda alert: order.index(alert.status))),
        rules=_pick_rules(rules, checked),
        checked=tuple(checked),
        total=say_total(report.summary),
        remarks=(*report.notes, *report.reminders),
        problems=report.problems,
        compared=report.summary.claims > 0,
        gone=gone,
    )


def build_advice_sheet(
    advice: Sequence[Advice],
    rules: Iterable[RuleText],
    checked: Iterable[str],
    least: Level | None = Level.NOTE,
) -> Sheet:
    """What lint found as alerts, the gravest first; they fail from the level `least` on, None being none."""
    seen: Counter[str] = Counter()
    alerts = []
    for one in sorted(advice, key=lambda one: (-one.level.rank, one)):
        key = _fingerprint_advice(one)
        seen[key] += 1
        id_ = key if seen[key] == 1 else f"{key}-{seen[key]}"
        fails = least is not None and one.level.rank >= least.rank
        severity = SEVERITIES[one.level]
        alerts.append(Alert(id_, one.rule, one.level, severity, "", one.message, one.source, fails=fails))
    total = f"{say_count(len(alerts), 'piece')} of advice."
    names = tuple(sorted(checked))
    return Sheet(tuple(alerts), _pick_rules(rules, names), names, total)


def build_alert(finding: Finding, least: Severity | None = Severity.LOW) -> Alert:
    """A finding at the first answer that is not right, or at its policy where no file holds the answers."""
    first = next((a for a in finding.answers if a.verdict is not Verdict.AGREES), finding.answers[0])
    policy, own = parse_place(finding.policy_source), parse_place(first.source)
    others = [(parse_place(a.source), _say_quote(a)) for a in finding.answers if a is not first]
    others += [(policy, finding.reason)] if own and finding.reason else []
    return Alert(
        id=finding.id,
        rule=finding.check,
        level=LEVELS[finding.severity],
        severity=finding.severity,
        subject=_say_subject(finding),
        message=finding.message,
        source=own or policy,
        details=(*filter(None, [finding.reason]), *map(say_answer, finding.answers)),
        related=tuple((place, words) for place, words in others if place),
        status=finding.status,
        status_reason=say_standing(finding),
        fails=finding.status.is_open and least is not None and finding.severity.rank >= least.rank,
    )


def _say_subject(finding: Finding) -> str:
    """The policy and the customer, as far as the finding has them."""
    return f"{say_policy(finding)}, {f'customer {finding.customer}' if finding.customer else ALL_CUSTOMERS}"


def say_answer(answer: FindingAnswer) -> str:
    """One answer on one line: `email, 2026-03-20, Kim: 14 days, conflicts: «two weeks» (mail.jsonl:12)`.

    Of a contact whose answer claims nothing, or that has none, what was asked.
    """
    who = ", ".join(part for part in (answer.channel, answer.sent_at[:10], answer.agent) if part)
    said = f"{answer.value}, {say_verdict(answer.verdict)}: «{answer.quote}»"
    return f"{who}: {said if answer.quote else say_question(answer)} ({answer.source})"


def parse_place(shown: str) -> Source | None:
    """The place that `str(Source)` shows; None for standard input and for none at all."""
    found = _PLACE.fullmatch(shown)
    if found is None or found["path"] == STDIN:
        return None
    return Source(found["path"], int(found["line"] or 0), int(found["column"] or 0))


def _say_quote(answer: FindingAnswer) -> str:
    if not answer.quote:
        return f"{answer.channel} {say_question(answer)}"
    return f"{answer.channel} said {answer.value}: «{answer.quote}»"


def _pick_rules(rules: Iterable[RuleText], names: Sequence[str]) -> tuple[RuleText, ...]:
    """A text for each name, in their order; a name that nobody explains stands for itself."""
    known = {rule.name: rule for rule in rules}
    return tuple(known.get(name) or RuleText(name, name, name) for name in names)


def _fingerprint_advice(advice: Advice) -> str:
    """16 hexadecimal digits of rule, file and message, line numbers left out: it moves with its policy."""
    content = "\0".join((advice.rule, advice.source.path, _LINE_NUMBER.sub(r"\1", advice.message)))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
