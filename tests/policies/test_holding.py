"""What comes next for a case: later values of what holds, and of what would win over it."""

from datetime import date

import pytest

from consistency_check.holding import describe_holding
from consistency_check.policies import load_policies

ATTRIBUTES = """\
attributes:
  tier:
    gold: [gold member]
    basic: [basic]
  region:
    north: [up north]
    south: [down south]
"""
POLICY = """\
topic: returns
policies:
  window:
    statement: Items can be returned within {value}.
    type: duration
    value: {2025-01-01: 30 days, 2027-01-01: 35 days}
    exceptions:
      - when: {tier: gold}
        value: {2025-01-01: 60 days, 2027-02-01: 65 days}
      - when: {region: south}
        value: {2025-01-01: 40 days, 2027-03-01: 45 days}
      - when: {tier: gold, region: south}
        value: {2027-04-01: 90 days}
"""


@pytest.mark.parametrize(
    ("attributes", "coming"),
    [
        ({"tier": "gold", "region": "south"}, [date(2027, 2, 1), date(2027, 4, 1)]),
        ({"tier": "gold", "region": "north"}, [date(2027, 2, 1)]),
        ({"tier": "gold"}, [date(2027, 2, 1), date(2027, 4, 1)]),
        ({"tier": "basic", "region": "south"}, [date(2027, 3, 1)]),
        ({"tier": "basic", "region": "north"}, [date(2027, 1, 1)]),
        ({}, [date(2027, month, 1) for month in (1, 2, 3, 4)]),
    ],
)
def test_what_is_beaten_does_not_come(tmp_path, attributes, coming):
    (tmp_path / "attributes.yaml").write_text(ATTRIBUTES, "utf-8")
    (tmp_path / "returns.yaml").write_text(POLICY, "utf-8")
    policy = load_policies(tmp_path).policies["returns.window"]
    holding = describe_holding(policy, date(2026, 5, 1), attributes)
    assert [answer.since for answer in holding.coming] == coming
    for answer in holding.coming:
        possible = policy.answer_on(answer.since, attributes).possible
        assert answer.value in [value for value, _ in possible], "it is what may hold then"
