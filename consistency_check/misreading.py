"""`misread-phrasing`: a rule of lint that reads the policies' own words, and so stands above the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time

from consistency_check.explanation import open_reader
from consistency_check.judge import judge_claim
from consistency_check.model import Claim, KnowledgeBase, Level, Policy, Reply, Source, Verdict, value_on
from consistency_check.policies.lint import RULES, LintSettings, Rule
from consistency_check.policies.lint.wordings import locate
from consistency_check.policies.problems import shorten_text
from consistency_check.values import show_value

BATCH = 64
"""Sentences read at once, as an audit does."""


def find(knowledge: KnowledgeBase, settings: LintSettings) -> Iterator[tuple[Source, str]]:
    """Each phrasing that is read as another answer than the policy's, or as another policy's only."""
    said = [(p, *one) for p in knowledge.policies.values() for one in _list_said(p, settings)]
    reader = open_reader(knowledge, None, near_misses=False)
    for start in range(0, len(said), BATCH):
        batch = said[start : start + BATCH]
        readings = reader.read_batch([reply for _, _, reply in batch])
        for (policy, text, reply), reading in zip(batch, readings, strict=True):
            if message := explain_misreading(policy, reply, reading.claims, knowledge.policies):
                yield locate(policy, text), message


def _list_said(policy: Policy, settings: LintSettings) -> Iterator[tuple[str, Reply]]:
    """Each phrasing as an agent would say it today, in answer to the policy's own question."""
    dated = value_on(policy.values, settings.today)
    if policy.type == "text" or dated is None or dated.value is None:
        return
    own = dated.value.word
    sides = {"yes": policy.yes_phrasings, "no": policy.no_phrasings}
    noon = datetime.combine(settings.today, time(12), UTC)
    question = policy.questions[0] if policy.questions else ""
    for text in sides[own] if policy.type == "yes_no" else policy.phrasings:
        sentence = text.replace("{value}", show_value(dated.value)).rstrip(". ")
        yield text, Reply(policy.id, "", f"{sentence[:1].upper()}{sentence[1:]}.", question, noon)


def explain_misreading(
    policy: Policy, reply: Reply, claims: Sequence[Claim], policies: Mapping[str, Policy]
) -> str:
    """What is wrong with how a policy's own words are read; empty where nothing is."""
    shown = f"“{shorten_text(reply.text)}”"
    own = [claim for claim in claims if claim.policy == policy.id]
    verdicts = {judge_claim(claim, policy, reply.day, dict(claim.case)).verdict for claim in own}
    if own and Verdict.AGREES not in verdicts:
        read = ", ".join(show_value(claim.value) for claim in own)
        return f"{policy.id} is said by {shown}, which is read as {read}; word it so that its value is plain"
    if own or not claims:
        return ""
    other = max(claims, key=lambda claim: (claim.confidence, claim.policy)).policy
    advice = f"add what tells it from “{shorten_text(policies[other].statement)}”"
    return f"{policy.id} is said by {shown}, which is read as an answer about {other}; {advice}"


MISREAD = Rule(
    "misread-phrasing",
    Level.WARNING,
    "A phrasing is read as another answer than its policy's, or as another policy's.",
    "Agents who say it will be flagged for it, or it will be held against the wrong policy.",
    find,
    always=False,
)
ALL_RULES: Mapping[str, Rule] = dict(sorted({**RULES, MISREAD.name: MISREAD}.items()))
"""The rules of `policies/lint` and the one that reads."""
