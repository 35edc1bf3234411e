"""From two versions and replies, or claims that were read before, to the impact of the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from consistency_check.explanation import find_least
from consistency_check.impact.answers import (
    Judge,
    Pair,
    Said,
    list_heard_both,
    match_claims,
    name_shift,
)
from consistency_check.impact.versions import Versions
from consistency_check.intake import (
    AuditSettings,
    Gathered,
    Progress,
    SettingsError,
    batch_replies,
    build_linker,
    explain_left_out,
    resolve_customers,
    select_replies,
)
from consistency_check.load import load_claims
from consistency_check.model import ChangeKind, Claim, Effect, Impact, Problem, Reply, Shift

PROBLEMS_KEPT = 1000
WORDINGS = {ChangeKind.WORDING, ChangeKind.ATTRIBUTE, ChangeKind.ADDED, ChangeKind.RENAMED, ChangeKind.TYPE}
"""Changes after which other replies, or other words of them, may be claims."""


def measure_impact(
    versions: Versions, settings: AuditSettings, day: date | None, progress: Progress | None = None
) -> Impact:
    """Reads the replies of `settings.sources` by both versions, and holds each answer against both.

    All are judged by what is in force on `day`, None for the day that each was sent. The claims are those of
    two full audits; `settings.policies` is not looked at. Raises InputError, SettingsError and
    UnknownRegionError.
    """
    _refuse_unknown_topics(versions, settings)
    problems: list[Problem] = []
    gathered = Gathered(build_linker(settings, problems), problems=problems)
    read = list(_read_replies(versions, settings, gathered, progress))
    resolution = resolve_customers(gathered.linker, settings)
    said = (
        Said(reply, resolution.customer_of(node), old, new)
        for node, reply, pairs in read
        for old, new in pairs
        if _is_asked_for(versions, old, new, settings)
    )
    replies = sum(gathered.contacts.values())
    result = weigh_answers(versions, said, day, problems)
    if replies:
        return replace(result, replies=replies)
    note = f"Nothing was compared: no reply was loaded from {', '.join(settings.sources)}."
    return replace(result, was_compared=False, notes=(note,))


def measure_read_impact(
    versions: Versions,
    path: Path,
    settings: AuditSettings,
    day: date | None,
    progress: Progress | None = None,
) -> Impact:
    """The same for claims that the old version has read before, of which none is read again.

    What a new wording or a new policy would read is not among them, which a note says. Raises InputError and
    SettingsError.
    """
    _refuse_unknown_topics(versions, settings)
    problems: list[Problem] = []
    said: list[Said] = []
    for loaded in load_claims(path, progress):
        if isinstance(loaded, Problem):
            problems.append(loaded)
            continue
        reply, customer, claim = loaded
        policy = versions.old.policies.get(claim.policy)
        if policy and policy.type == claim.value.type:
            if _is_asked_for(versions, claim, claim, settings) and not explain_left_out(reply, settings):
                said.append(Said(reply, customer, claim, claim))
            continue
        what = f"`{claim.policy}` is of another type" if policy else f"there is no policy `{claim.policy}`"
        message = f"{what} in the old version; print the claims again with that version"
        problems.append(Problem(reply.source, message))
    notes = []
    if not said:
        notes.append(f"Nothing was compared: {path} holds no claim that can be used and is asked for.")
    if WORDINGS & {change.kind for change in versions.changes}:
        advice = "name the exports with --against to read them by both"
        notes.append(f"The wording changed too, and these claims were read by the old one; {advice}.")
    result = weigh_answers(versions, said, day, problems[:PROBLEMS_KEPT])
    return replace(result, was_compared=bool(said), notes=tuple(notes))


def _refuse_unknown_topics(versions: Versions, settings: AuditSettings) -> None:
    known = {*versions.old.topics, *versions.new.topics}
    for topic in settings.topics:
        if topic not in known:
            names = ", ".join(sorted(known))
            raise SettingsError(f"there is no topic {topic!r} in either version; write one of {names}")


def _is_asked_for(versions: Versions, old: Claim | None, new: Claim | None, settings: AuditSettings) -> bool:
    """Whether the policy of an answer is, in either version, of a topic that is asked for."""
    claim = old or new
    if not settings.topics or claim is None:
        return not settings.topics
    policies = versions.find_policies(claim, by_new=old is None)
    return any(policy.topic in settings.topics for policy in policies if policy)


def _read_replies(
    versions: Versions, settings: AuditSettings, gathered: Gathered, progress: Progress | None
) -> Iterator[tuple[int, Reply, list[Pair]]]:
    """Each reply that either version reads a claim from, without its text."""
    from consistency_check.read import VersionsReader  # its libraries take a second to import

    reader = VersionsReader(versions.old, versions.new, find_least(settings.min_confidence))
    for replies in batch_replies(select_replies(settings, gathered, progress)):
        for reply, (before, after) in zip(replies, reader.read_batch(replies), strict=True):
            node = gathered.add(reply)
            if pairs := match_claims(before.claims, after.claims, versions.renamed):
                yield node, replace(reply, text=""), pairs


def weigh_answers(
    versions: Versions,
    said: Iterable[Said],
    day: date | None,
    problems: Sequence[Problem],
) -> Impact:
    """Hold each answer against both versions."""
    judge = Judge(versions, day)
    held = [both for one in said if (both := judge.hold(one))]
    shifts = sorted((shift for one in held if (shift := name_shift(one))), key=_order_shift)
    return Impact(
        changes=versions.changes,
        day=day,
        replies=0,
        answers=len(held),
        shifts=tuple(shifts),
        heard_both=tuple(list_heard_both(held, shifts)),
        told=len({shift.customer for shift in shifts if shift.effect is Effect.WRONG}),
        problems=tuple(problems),
    )


def _order_shift(shift: Shift) -> tuple[object, ...]:
    """By effect, then policy, the gravest part of the report first; then as the customers heard them."""
    sent = shift.reply.sent_at.isoformat() if shift.reply.sent_at else ""
    place = (shift.reply.channel, sent, shift.reply.id, shift.claim.start, str(shift.reply.source))
    return (list(Effect).index(shift.effect), shift.policy, *place)
