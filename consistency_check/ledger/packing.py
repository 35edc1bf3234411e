"""What a ledger holds of replies, claims and findings, as JSON texts, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from consistency_check.model import (
    Asking,
    Case,
    Claim,
    Finding,
    FindingAnswer,
    Headline,
    Rate,
    Reply,
    Severity,
    Source,
    Status,
    Tally,
    Value,
    Verdict,
)

_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)
_REMEMBERED = ("status", "status_reason", "first_seen", "last_seen")
_FINDING = tuple(each.name for each in fields(Finding) if each.name not in _REMEMBERED)
_ANSWER = tuple(each.name for each in fields(FindingAnswer))
_KEYS = ("conversation_id", "agent", "team", "customer_id", "email", "phone", "name", "handle")


def dump(content: object) -> str:
    """Compact JSON in ASCII, mappings in the order of their keys: equal content is equal text."""
    return _ENCODER.encode(content)


def hash_text(text: str) -> str:
    """32 hexadecimal digits that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def pack_head(reply: Reply) -> str:
    """All of a reply but its place, its id, its words and what was asked before."""
    head: dict[str, Any] = {name: said for name in _KEYS if (said := getattr(reply, name))}
    for name, time in (("sent_at", reply.sent_at), ("asked_at", reply.asked_at)):
        if time:
            head[name] = time.isoformat()
    if reply.attributes:
        head["attributes"] = dict(reply.attributes)
    head["channel"] = reply.channel
    return dump(head)


def pack_place(reply: Reply) -> str:
    """A reply's id and where it stands."""
    return dump([reply.id, reply.source.path, reply.source.line, reply.source.column])


def unpack_reply(head: str, place: str, text: str = "", question: str = "", asked_before: str = "") -> Reply:
    """The reply of these parts."""
    content = json.loads(head)
    id_, path, line, column = json.loads(place)
    sent_at, asked_at = content.pop("sent_at", ""), content.pop("asked_at", "")
    return Reply(
        id_,
        text=text,
        question=question,
        asked_before=asked_before,
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        asked_at=datetime.fromisoformat(asked_at) if asked_at else None,
        source=Source(path, line, column),
        **content,
    )


def pack_claims(claims: Sequence[Claim]) -> str:
    """Claims without their words, which stand in the text; empty for none."""
    return dump([_list_claim(claim) for claim in claims]) if claims else ""


def _list_claim(claim: Claim) -> list[Any]:
    value = claim.value
    shown = [value.type, value.low, value.high, value.unit, value.word, value.per]
    cases = [claim.case, claim.own_case, claim.asked_case]
    around = [claim.context_start, len(claim.context)]
    return [claim.policy, shown, claim.start, claim.end, claim.confidence, cases, around]


def unpack_claims(packed: str, reply_id: str, text: str) -> list[Claim]:
    """The claims of a reply with its id and its text."""
    return [_make_claim(each, reply_id, text) for each in json.loads(packed)] if packed else []


def _make_claim(packed: list[Any], reply_id: str, text: str) -> Claim:
    policy, value, start, end, confidence, (case, own, asked), (around, length) = packed
    return Claim(
        reply_id=reply_id,
        policy=policy,
        value=_make_value(*value),
        quote=text[start:end],
        start=start,
        end=end,
        confidence=confidence,
        case=_make_case(case),
        context=text[around : around + length],
        context_start=around,
        own_case=_make_case(own),
        asked_case=_make_case(asked),
    )


@lru_cache(maxsize=10_000)
def _make_value(kind: str, low: float | None, high: float | None, unit: str, word: str, per: str) -> Value:
    return Value(kind, low, high, unit, word, per)


def _make_case(packed: list[list[str]]) -> Case:
    return tuple((name, word) for name, word in packed)


def pack_asking(asking: Asking) -> str:
    """What was asked; empty for nothing."""
    if asking == Asking():
        return ""
    return dump([asking.policies, asking.is_uncovered, asking.recognises, asking.words])


def unpack_asking(packed: str) -> Asking:
    """The same as a noun."""
    if not packed:
        return Asking()
    policies, is_uncovered, recognises, words = json.loads(packed)
    return Asking(tuple(policies), is_uncovered, recognises, tuple(words))


def pack_finding(finding: Finding) -> str:
    """A finding without its status and its days."""
    content = {name: getattr(finding, name) for name in _FINDING}
    return dump({**content, "answers": [_list_answer(each) for each in finding.answers]})


def _list_answer(answer: FindingAnswer) -> dict[str, Any]:
    # `asdict` copies deeply, and takes longer than all the rest.
    return {name: getattr(answer, name) for name in _ANSWER}


def unpack_finding(packed: str, **remembered: Any) -> Finding:
    """The same as a noun; new and never seen, where its status and its days are not given."""
    content = json.loads(packed)
    content["severity"] = Severity(content["severity"])
    content["answers"] = tuple(_make_answer(each) for each in content["answers"])
    content["linked_by"] = tuple(content["linked_by"])
    return Finding(**content, **{"status": Status.NEW, **remembered})


def _make_answer(content: dict[str, Any]) -> FindingAnswer:
    return FindingAnswer(**{**content, "verdict": Verdict(content["verdict"])})


def pack_samples(tally: Tally) -> str:
    """The answers behind a tally; empty for none."""
    return dump([_list_answer(each) for each in tally.samples]) if tally.samples else ""


def unpack_samples(packed: str) -> tuple[FindingAnswer, ...]:
    """The same as nouns."""
    return tuple(_make_answer(each) for each in json.loads(packed)) if packed else ()


def pack_headline(headline: Headline) -> str:
    """The figures of a run."""
    pairs = [[*pair, rate.wrong, rate.total] for pair, rate in headline.by_channel_pair.items()]
    return dump({**asdict(headline), "by_channel_pair": pairs})


def unpack_headline(packed: str) -> Headline:
    """The same as a noun."""
    content = json.loads(packed)
    for name in ("by_policy", "by_channel", "by_team"):
        content[name] = {each: Rate(**rate) for each, rate in content[name].items()}
    pairs = content["by_channel_pair"]
    content["by_channel_pair"] = {(one, other): Rate(*rate) for one, other, *rate in pairs}
    return Headline(**content)
