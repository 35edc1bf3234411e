"""What a change of the policies does to the answers that were given, without the people in it."""

from __future__ import annotations

from dataclasses import replace

from consistency_check.model import HeardBoth, Impact, Shift
from consistency_check.redaction.lines import redact_claim, redact_reply, redact_words
from consistency_check.redaction.redactor import Redactor
from consistency_check.redaction.report import redact_problem


def redact_impact(impact: Impact, redactor: Redactor) -> Impact:
    """The impact with pseudonyms; changes, verdicts and values are what they were."""
    both = (_redact_heard_both(one, redactor) for one in impact.heard_both)
    return replace(
        impact,
        shifts=tuple(_redact_shift(shift, redactor) for shift in impact.shifts),
        heard_both=tuple(sorted(both, key=lambda one: (one.customer, one.policy))),
        problems=tuple(redact_problem(problem, redactor) for problem in impact.problems),
        notes=tuple(redactor.redact_id(note) for note in impact.notes),
    )


def _redact_shift(shift: Shift, redactor: Redactor) -> Shift:
    key, agent = shift.customer, shift.reply.agent
    return replace(
        shift,
        customer=redactor.name_customer(key),
        reply=redact_reply(shift.reply, key, redactor),
        claim=redact_words(shift.claim, shift.claim.value.type, key, agent, redactor),
    )


def _redact_heard_both(one: HeardBoth, redactor: Redactor) -> HeardBoth:
    return replace(
        one,
        customer=redactor.name_customer(one.customer),
        wrong=tuple(redact_claim(answer, redactor) for answer in one.wrong),
        right=tuple(redact_claim(answer, redactor) for answer in one.right),
    )
