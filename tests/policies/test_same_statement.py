"""Two statements say one thing only where no telling word is another."""

from datetime import date

import pytest

from consistency_check.model import KnowledgeBase, Policy, Source
from consistency_check.policies.lint import LintSettings
from consistency_check.policies.lint.same_statement import RULE, find_gist


def make_policy(statement: str, line: int = 1) -> Policy:
    return Policy(f"a.p{line}", "a", statement, "yes_no", (), source=Source("a.yaml", line))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Internal transfers are free.", "International transfers are free."),
        ("We deliver to Austria.", "We deliver to Australia."),
        ("Personal loans can be repaid early.", "Personnel loans can be repaid early."),
        ("House insurance is included.", "Household insurance is included."),
        ("House goods are insured.", "Household goods are insured."),
        ("The shuttle runs from the airport.", "The shuttle runs to the airport."),
        ("Trains take you from Leeds to York.", "Trains take you from York to Leeds."),
        ("Cars are free.", "Care is free."),
    ],
)
def test_another_word_or_order_is_another_statement(one: str, other: str) -> None:
    assert find_gist(make_policy(one)) != find_gist(make_policy(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dogs are allowed in the shop.", "The dog is allowed in shops!"),
        ("Prices include the parking.", "The price includes parking."),
    ],
)
def test_grammar_and_endings_make_no_other_statement(one: str, other: str) -> None:
    first, second = make_policy(one, 1), make_policy(other, 2)
    knowledge = KnowledgeBase({}, {each.id: each for each in (first, second)})
    ((source, message),) = RULE.find(knowledge, LintSettings(date(2026, 1, 1)))
    assert source.line == 2
    assert "states what a.p1 states" in message
