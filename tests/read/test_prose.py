"""Which of a policy's texts a sentence means, and what is kept of that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consistency_check.judge import judge_claim
from consistency_check.model import DatedValue, KnowledgeBase, Value, Verdict
from consistency_check.read import Reader, settle_kept
from tests.read.knowledge import load_base, make_reply

CALL = Value("text", word="calling the workshop on weekdays")
FORM = Value("text", word="sending the online form")
SAID = {
    CALL: "You report missing pieces by calling the workshop.",
    FORM: "Report missing pieces by the online form.",
}
LEAST = 0.3
"""So that prose which disagrees counts too; it is never surer than .7."""
OWN = "You cannot report missing pieces by calling the workshop."


def build_base() -> KnowledgeBase:
    """The workshop is called from January, the form is sent from June."""
    base = load_base()
    values = (DatedValue(date(2026, 1, 1), CALL), DatedValue(date(2026, 6, 1), FORM))
    spares = replace(
        base.policies["loans.spares"],
        statement="Missing pieces are reported by {value}.",
        questions=("How do I report a missing piece?",),
        values=values,
    )
    return replace(base, policies={**base.policies, spares.id: spares})


@pytest.mark.parametrize(
    ("month", "said", "verdict"),
    [
        (3, CALL, Verdict.AGREES),
        (7, CALL, Verdict.OUTDATED),
        (3, FORM, Verdict.OUTDATED),
        (7, FORM, Verdict.AGREES),
    ],
)
def test_a_sentence_means_the_text_that_it_repeats(month: int, said: Value, verdict: Verdict) -> None:
    base = build_base()
    sent = datetime(2026, month, 1, tzinfo=UTC)
    reply = replace(make_reply(SAID[said], "How do I report a missing piece?"), sent_at=sent)
    ((reading, blob),) = Reader(base, near_misses=False, min_confidence=LEAST).read_kept([reply])
    (claim,) = reading.claims
    assert claim.value == said
    assert judge_claim(claim, base.policies[claim.policy], reply.day, {}).verdict is verdict
    assert settle_kept(base, [(reply, blob)], LEAST) == [reading]


def test_a_sentence_that_denies_a_text_means_none() -> None:
    base = build_base()
    reply = make_reply(OWN, "How do I report a missing piece?")
    ((reading, blob),) = Reader(base, near_misses=False, min_confidence=LEAST).read_kept([reply])
    assert [claim.value.word for claim in reading.claims] == [OWN]
    assert settle_kept(base, [(reply, blob)], LEAST) == [reading]
