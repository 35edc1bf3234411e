"""How a check turns judged claims into a finding: its answers, its fingerprint, its sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from consistency_check.model import Customer, Finding, FindingAnswer, JudgedClaim, Policy, Reply, Severity
from consistency_check.values import agrees, show_value

NO_VALUE = "any"
_NO_TIME = datetime.max.replace(tzinfo=UTC)


def build_finding(
    check: str, customer: Customer, policy: Policy, claims: Sequence[JudgedClaim], message: str
) -> Finding:
    """The finding that these answers make; the same answers give the same one in any order."""
    ordered = sort_claims(claims)
    return Finding(
        id=fingerprint_answers(check, customer, policy, ordered),
        check=check,
        severity=Severity.LOW if policy.type == "text" else policy.severity,
        customer=customer.key,
        topic=policy.topic,
        policy=policy.id,
        expected=show_expected(ordered),
        message=message,
        answers=tuple(build_answer(claim) for claim in ordered),
        reason=_explain_expected(policy, ordered),
        linked_by=customer.linked_by,
        customer_name=customer.name,
        policy_source=str(policy.source),
    )


def fingerprint_answers(check: str, customer: Customer, policy: Policy, claims: Sequence[JudgedClaim]) -> str:
    """16 hexadecimal digits of what was said to whom: check, customer, policy, and each answer.

    A reply without an id of its own stands for its time and words, so that no line number counts.
    """
    said = sorted(
        [
            c.reply.channel,
            show_value(c.claim.value),
            identify_reply(c.reply, c.claim.context or c.claim.quote),
            *map(list, c.claim.case),
        ]
        for c in claims
    )
    return fingerprint(check, customer, policy.id, said, [c.reply for c in claims])


def fingerprint(
    check: str, customer: Customer, policy: str, content: object, replies: Iterable[Reply]
) -> str:
    """16 hexadecimal digits of what a finding says; a customer known by a place alone counts for nothing."""
    nameless = any(reply.has_made_id and reply.id == customer.key for reply in replies)
    return hash_content([check, "" if nameless else customer.key, policy, content])


def hash_content(content: object) -> str:
    """16 hexadecimal digits of lists and texts."""
    return blake2b(json.dumps(content, ensure_ascii=True).encode("ascii"), digest_size=8).hexdigest()


def identify_reply(reply: Reply, words: str) -> str:
    """A reply's own id; the time and these words of one that has none, of a question when it was asked."""
    if not reply.has_made_id:
        return reply.id
    moment = reply.sent_at or reply.asked_at
    return f"{moment.isoformat() if moment else ''} {words}"


def sort_claims(claims: Iterable[JudgedClaim]) -> list[JudgedClaim]:
    """In the order the customer heard them; those without a time come last."""
    return sorted(claims, key=lambda c: (c.reply.sent_at or _NO_TIME, c.reply.id, c.claim.start, c.claim.end))


def group_by_policy(claims: Iterable[JudgedClaim]) -> list[tuple[Policy, list[JudgedClaim]]]:
    """The claims of each policy, policies by id, claims in the order they were heard."""
    groups: dict[str, list[JudgedClaim]] = {}
    for claim in sort_claims(claims):
        groups.setdefault(claim.policy.id, []).append(claim)
    return [(groups[key][0].policy, groups[key]) for key in sorted(groups)]


def group_by_value(claims: Sequence[JudgedClaim]) -> list[list[JudgedClaim]]:
    """Claims that say the same value of the same case, in whatever unit, in order of first appearance."""
    groups: list[list[JudgedClaim]] = []
    for claim in claims:
        same = (g for g in groups if _say_the_same(g[0], claim))
        group = next(same, None)
        if group is None:
            groups.append([claim])
        else:
            group.append(claim)
    return groups


def say_answers(claims: Sequence[JudgedClaim]) -> str:
    """What each channel said, in words: `Email said 14 days, phone and chat said 30 days`."""
    parts, before = [], ""
    for group in group_by_value(claims):
        channels = join_words(list(dict.fromkeys(name_channel(c.reply.channel) for c in group)))
        value = _quote_prose(show_value(group[0].claim.value), group[0].policy)
        parts.append(f"then {value}" if channels == before else f"{channels} said {value}")
        before = channels
    sentence = ", ".join(parts)
    if claims[0].policy.type == "yes_no":
        return f"“{claims[0].policy.statement.rstrip('. ')}”: {sentence}"
    return sentence[:1].upper() + sentence[1:]


def say_expected(claims: Sequence[JudgedClaim]) -> str:
    """What the policy says, in words, or that it leaves the answer open."""
    expected = show_expected(claims)
    if expected == NO_VALUE:
        return "the policy has no fixed value, but one customer must hear one answer"
    return f"the policy says {_quote_prose(expected, claims[0].policy)}"


def show_expected(claims: Sequence[JudgedClaim]) -> str:
    """The policy's value for these claims; where it changed between them, each in turn."""
    shown = [show_expected_value(c) for c in claims]
    return ", then ".join(dict.fromkeys(shown))


def show_expected_value(claim: JudgedClaim) -> str:
    """The policy's value for one claim, `any` where it has none."""
    value = claim.judgement.expected.value
    return NO_VALUE if value is None else show_value(value)


def _say_the_same(a: JudgedClaim, b: JudgedClaim) -> bool:
    same = a.claim.value == b.claim.value or agrees(a.claim.value, b.claim.value, "equal") is True
    return same and a.claim.case == b.claim.case


def name_channel(channel: str) -> str:
    """A channel in a sentence: `sms` is said letter by letter."""
    return channel if set(channel.casefold()) & set("aeiouy") else channel.upper()


def _quote_prose(shown: str, policy: Policy) -> str:
    return f"“{shown}”" if policy.type == "text" else shown


def join_words(words: Sequence[str]) -> str:
    """Words in a sentence: `email, phone and chat`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _explain_expected(policy: Policy, claims: Sequence[JudgedClaim]) -> str:
    """The policy's own sentence with its value, then why that value applies."""
    values = list(dict.fromkeys(show_expected_value(c) for c in claims))
    value = "…" if values[-1] == NO_VALUE else values[-1]
    sentence = policy.statement.replace("{value}", value).rstrip(". ")
    if "{value}" not in policy.statement and value != "…":
        sentence = f"{sentence}: {value}"
    why = "; ".join(dict.fromkeys(c.judgement.reason.partition("; ")[0] for c in claims if _can_differ(c)))
    return f"{sentence} ({why})." if why else f"{sentence}."


def _can_differ(claim: JudgedClaim) -> bool:
    """Whether the expected value could have been another one, on another day or for another customer."""
    expected = claim.judgement.expected
    return expected.value is None or expected.since is not None or bool(claim.policy.exceptions)


def build_answer(judged: JudgedClaim) -> FindingAnswer:
    """The answer as a finding shows it."""
    claim, reply = judged.claim, judged.reply
    return FindingAnswer(
        reply_id=reply.id,
        channel=reply.channel,
        agent=reply.agent,
        team=reply.team,
        sent_at=reply.sent_at.isoformat() if reply.sent_at else "",
        value=show_value(claim.value),
        verdict=judged.judgement.verdict,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        confidence=claim.confidence,
        source=str(reply.source),
        context=claim.context,
        context_start=claim.context_start,
        question=reply.question,
    )
