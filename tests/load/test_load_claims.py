"""Claims that were read before: what `claims` prints comes back, and what it does not is a problem."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consistency_check.audit import describe_claim
from consistency_check.load import InputError, load_claims
from consistency_check.model import (
    Answer,
    Claim,
    Customer,
    JudgedClaim,
    Judgement,
    Policy,
    Problem,
    Reply,
    Source,
    Value,
    Verdict,
)

CLAIM = Claim(
    "r1", "returns.window", Value("duration", 14, 14, "day"), "14 days", 3, 10, 0.9,
    case=(("tier", "gold"),), own_case=(("region", "north"),),
)  # fmt: skip
SENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
REPLY = Reply("r1", "email", "", sent_at=SENT, agent="Kim", team="one", attributes={"tier": "gold"})
JUDGED = JudgedClaim(
    CLAIM,
    REPLY,
    Customer("C-1", ("r1",), attributes={"plan": "rolling"}),
    Policy("returns.window", "returns", "Within {value}.", "duration", ()),
    Judgement(Verdict.AGREES, Answer(None)),
)
LINE = describe_claim(JUDGED)


def load(folder: Path, *lines: str) -> list[object]:
    file = folder / "claims.jsonl"
    file.write_text("".join(line + "\n" for line in lines), "utf-8")
    return list(load_claims(file))


def test_what_is_printed_comes_back(tmp_path: Path) -> None:
    [loaded] = load(tmp_path, json.dumps(LINE), "")
    assert loaded[1:] == (Customer("C-1", ()), CLAIM)
    head = loaded[0]
    assert (head.id, head.channel, head.sent_at, head.agent, head.team) == ("r1", "email", SENT, "Kim", "one")
    assert head.attributes == {"plan": "rolling", "tier": "gold"}
    assert head.source == Source(str(tmp_path / "claims.jsonl"), 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "the line is no JSON; write the lines that `consistency-check claims` prints"),
        ("[" * 100_000, "the line is no JSON"),
        ("3", "the line holds no object"),
        ({"value": "soon"}, "'soon' is not a duration; write for example"),
        ({"value": 3}, "`value` is no text"),
        ({"type": "length"}, "there is no type 'length'"),
        ({"start": "3"}, "`start` is no number"),
        ({"confidence": True}, "`confidence` is no number"),
        ({"sent_at": "yesterday"}, "the time 'yesterday' is not ISO 8601"),
        ({"attributes": {"tier": 3}}, "`attributes` is no object of texts"),
        ({"case": None}, "`case` is missing"),
        ({"policy": None}, "`policy` is missing"),
    ],
)
def test_what_cannot_be_used_is_a_problem_of_its_line(tmp_path: Path, line: object, said: str) -> None:
    broken = line if isinstance(line, str) else json.dumps(LINE | line)
    problem, good = load(tmp_path, broken, json.dumps(LINE))
    assert isinstance(problem, Problem)
    assert said in problem.message
    assert problem.source.line == 1
    assert not isinstance(good, Problem)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gone"):
        list(load_claims(tmp_path / "gone.jsonl"))
    with pytest.raises(InputError, match="is no file"):
        list(load_claims(tmp_path))
