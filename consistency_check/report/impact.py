"""What a change of the knowledge base does to the answers that were given: for people and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, TextIO

from rich.text import Text

from consistency_check.model import Effect, HeardBoth, Impact, JudgedClaim, Judgement, Shift
from consistency_check.report.changes import build_change, list_change_rows, write_changes
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.headline import say_count
from consistency_check.report.markup import escape_cell, escape_text, show_cells
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import MARGIN, Page
from consistency_check.report.plain import SCHEMA_VERSION
from consistency_check.values import show_value

STYLES = {Effect.WRONG: "red", Effect.RIGHT: "green"}
NO_POLICY = "no policy"
SHOWN = 20
"""Answers of one policy, and customers, that are shown to people; `json` has all."""
BY: Mapping[str, Callable[[Shift], str]] = {
    "policy": lambda shift: shift.policy,
    "channel": lambda shift: shift.reply.channel,
    "team": lambda shift: shift.reply.team,
    "agent": lambda shift: shift.reply.agent,
}


def write_impact(impact: Impact, stream: TextIO, options: ReportOptions) -> None:
    """What changed; the answers that it reaches with their words; who was told both; then how many."""
    page = Page(stream, options)
    write_changes(impact.changes, stream, options)
    for effect, shifts in groupby(impact.shifts, key=lambda shift: shift.effect):
        page.write()
        page.write_rule("━")
        page.write(Text(effect.value.capitalize(), style=f"bold {STYLES.get(effect, '')}".strip()))
        for policy, group in groupby(shifts, key=lambda shift: shift.policy):
            _write_policy(page, policy, list(group))
    _write_heard_both(page, impact)
    page.write()
    page.write_rule("━")
    page.write(Text(say_impact(impact), style="bold"))
    for name in BY:
        if said := say_groups(impact, name):
            page.write(f"By {name}: {said}.")
    for line in list_notes(impact):
        page.write(line)


def _write_policy(page: Page, policy: str, shifts: list[Shift]) -> None:
    page.write()
    title = Text(show_text(policy), style="bold")
    page.write_heading(title, Text(shifts[0].severity.value.upper()))
    for shift in shifts[:SHOWN]:
        where = [shift.reply.channel, shift.reply.sent_at.date().isoformat() if shift.reply.sent_at else ""]
        left = [Text(show_text(part)) for part in (*where, shift.reply.agent) if part]
        was = f"{show_value(shift.claim.value)}: {say_side(shift.before)} → {say_side(shift.after)}"
        page.write_beside(
            left, [Text(show_text(was)), Text(f"“{show_text(shift.claim.quote)}”", style="bold")]
        )
    _write_more(page, len(shifts), "answer")


def _write_heard_both(page: Page, impact: Impact) -> None:
    if not impact.heard_both:
        return
    page.write()
    page.write_rule("━")
    page.write(Text("Customers who will have heard both", style="bold"))
    for one in impact.heard_both[:SHOWN]:
        said = [say_answer(answer) for answer in one.wrong]
        right = [f"and {say_answer(answer)}" for answer in one.right]
        left = [Text(show_text(one.customer), style="bold"), Text(show_text(one.policy), style="dim")]
        page.write_beside(left, [Text(show_text(text)) for text in (*said, *right)])
    _write_more(page, len(impact.heard_both), "customer")


def _write_more(page: Page, count: int, what: str) -> None:
    if count > SHOWN:
        page.write(
            f"… and {say_count(count - SHOWN, 'more ' + what)}; --format json names them", indent=MARGIN
        )


def say_answer(answer: JudgedClaim) -> str:
    """`email, 2026-03-01: “within 14 days”`."""
    sent = answer.reply.sent_at.date().isoformat() if answer.reply.sent_at else ""
    return f"{', '.join(part for part in (answer.reply.channel, sent) if part)}: “{answer.claim.quote}”"


def say_side(judgement: Judgement | None) -> str:
    """`agrees (30 days)`: the verdict and what was expected."""
    if judgement is None:
        return NO_POLICY
    expected = judgement.expected.value
    return f"{judgement.verdict.value.replace('_', ' ')} ({show_value(expected) if expected else 'any'})"


def say_impact(impact: Impact) -> str:
    """`6 answers within reach of the change: becomes wrong 2, becomes right 1.`, and who was told."""
    counts = Counter(shift.effect for shift in impact.shifts)
    effects = ", ".join(f"{effect.value} {counts[effect]:,}" for effect in Effect if counts[effect])
    read = f" in {say_count(impact.replies, 'reply', 'replies')}" if impact.replies else ""
    held = f"{say_count(impact.answers, 'answer')} within reach of the change{read}"
    if not impact.told:
        return f"{held}; {effects or 'none of them changes'}."
    both = len({one.customer for one in impact.heard_both})
    who = say_count(impact.told, "customer")
    return f"{held}; {effects}. {who} told what becomes wrong, {both:,} of them also what is right then."


def say_groups(impact: Impact, name: str) -> str:
    """`email 3, phone 1`: the answers that become wrong by one of BY."""
    return ", ".join(f"{show_text(key)} {count:,}" for key, count in count_groups(impact, name).items())


def count_groups(impact: Impact, name: str) -> dict[str, int]:
    """The answers that become wrong by one of BY, most first; what has no name is left out."""
    wrong = (BY[name](shift) for shift in impact.shifts if shift.effect is Effect.WRONG)
    counts = Counter(key for key in wrong if key)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def list_notes(impact: Impact) -> list[str]:
    """By which day answers were judged, and what was left out."""
    day = f"what is in force on {impact.day}" if impact.day else "what was in force when they were sent"
    lines = [f"Answers were judged by {day}.", *map(show_text, impact.notes)]
    if impact.problems:
        lines.append(f"{say_count(len(impact.problems), 'record')} could not be used:")
        lines += [show_text(str(problem)) for problem in impact.problems[:SHOWN]]
    return lines


def write_impact_markdown(impact: Impact, stream: TextIO) -> None:
    """For a pull request: what changed, which answers become wrong or right, and who heard both."""
    lines = ["## Impact of the policy change", "", f"**{escape_text(say_impact(impact))}**", ""]
    lines += [f"- by {name}: {escape_text(said)}" for name in BY if (said := say_groups(impact, name))]
    lines += ["", *_list_tables(impact), "### Changes of meaning", "", *list_change_rows(impact.changes), ""]
    lines += [f"- {escape_text(line)}" for line in list_notes(impact)]
    stream.write("\n".join(lines) + "\n")


def _list_tables(impact: Impact) -> Iterable[str]:
    for effect, group in groupby(impact.shifts, key=lambda shift: shift.effect):
        shifts = list(group)
        yield from (f"### {effect.value.capitalize()}", "")
        yield show_cells("policy", "channel", "who, when", "words", "before", "after")
        yield show_cells(*["---"] * 6)
        for shift in shifts[:SHOWN]:
            sent = shift.reply.sent_at.date().isoformat() if shift.reply.sent_at else ""
            who = ", ".join(part for part in (shift.reply.team, shift.reply.agent, sent) if part)
            texts = (shift.policy, shift.reply.channel, who, shift.claim.quote)
            sides = (say_side(shift.before), say_side(shift.after))
            yield show_cells(*map(escape_cell, (*texts, *sides)))
        if len(shifts) > SHOWN:
            yield from ("", f"… and {len(shifts) - SHOWN:,} more")
        yield ""
    if impact.heard_both:
        yield from ("### Customers who will have heard both", "")
        yield from (show_cells("customer", "policy", "wrong then", "right then"), show_cells(*["---"] * 4))
        for one in impact.heard_both[:SHOWN]:
            said = ("<br>".join(escape_cell(say_answer(a)) for a in side) for side in (one.wrong, one.right))
            yield show_cells(escape_cell(one.customer), escape_cell(one.policy), *said)
        yield ""


def write_impact_document(impact: Impact, stream: TextIO) -> None:
    """All of it in names that scripts keep, indented by two."""
    counts = Counter(shift.effect for shift in impact.shifts)
    document = {
        "schema_version": SCHEMA_VERSION,
        "day": impact.day.isoformat() if impact.day else None,
        "summary": {
            "replies": impact.replies,
            "answers": impact.answers,
            "by_effect": {effect.value: counts[effect] for effect in Effect},
            **{f"wrong_by_{name}": count_groups(impact, name) for name in BY},
            "customers_told_wrong": impact.told,
            "customers_heard_both": len({one.customer for one in impact.heard_both}),
        },
        "changes": [build_change(change) for change in impact.changes],
        "answers": [_build_shift(shift) for shift in impact.shifts],
        "heard_both": [_build_heard_both(one) for one in impact.heard_both],
        "problems": [str(problem) for problem in impact.problems],
        "notes": list(impact.notes),
    }
    stream.write(dump_json(document, indent=2) + "\n")


def _build_shift(shift: Shift) -> dict[str, Any]:
    return {
        "effect": shift.effect.value,
        "policy": shift.policy,
        "severity": shift.severity.value,
        "customer": shift.customer,
        "reply_id": shift.reply.id,
        "channel": shift.reply.channel,
        "team": shift.reply.team,
        "agent": shift.reply.agent,
        "sent_at": shift.reply.sent_at.isoformat() if shift.reply.sent_at else "",
        "value": show_value(shift.claim.value),
        "quote": shift.claim.quote,
        "start": shift.claim.start,
        "end": shift.claim.end,
        "before": _build_side(shift.before),
        "after": _build_side(shift.after),
        "source": str(shift.reply.source),
    }


def _build_side(judgement: Judgement | None) -> dict[str, str] | None:
    if judgement is None:
        return None
    expected = judgement.expected.value
    return {
        "verdict": judgement.verdict.value,
        "expected": show_value(expected) if expected else "any",
        "reason": judgement.reason,
    }


def _build_heard_both(one: HeardBoth) -> dict[str, Any]:
    def build(answers: Iterable[JudgedClaim]) -> list[dict[str, str]]:
        return [
            {
                "reply_id": a.reply.id,
                "channel": a.reply.channel,
                "value": show_value(a.claim.value),
                "quote": a.claim.quote,
            }
            for a in answers
        ]

    return {
        "customer": one.customer,
        "policy": one.policy,
        "wrong": build(one.wrong),
        "right": build(one.right),
    }
