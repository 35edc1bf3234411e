"""Runs of any size find the same of the customers of whom it is known what they were told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consistency_check.audit import run_audit
from consistency_check.intake import AuditSettings
from consistency_check.model import Report
from tests.benchmarks.known import FIRST_PERSON, Known, find_known, list_people, list_told, make_known
from tests.benchmarks.scale import MEBI, Run, extrapolate, main
from tests.benchmarks.traffic import CORPORA, make_replies, write_customers, write_policies, write_records

FEW = 60
MANY = 600
CUSTOMERS = 60
LEAST_FOUND = 0.4
"""Of the known conflicts. Measured: .53 of these, .40 of 962; .55 of the corpora's, in shorter replies."""


def audit(folder: Path, others: int) -> tuple[list[Known], Report]:
    """The known customers among that many other replies."""
    known = list(make_known(CUSTOMERS))
    write_policies(folder / "policies")
    write_customers(folder / "customers.csv", others, list_people(CUSTOMERS))
    records = [*make_replies(others), *(record for _, both in known for record in both)]
    write_records(folder / "replies.jsonl", records)
    settings = AuditSettings((str(folder / "replies.jsonl"),), folder / "policies", folder / "customers.csv")
    return [one for one, _ in known], run_audit(settings)


def test_known_conflicts_are_found_in_traffic_of_any_size(
    tmp_path: Path, note: Callable[[str], None]
) -> None:
    known, small = audit(tmp_path / "few", FEW)
    _, large = audit(tmp_path / "many", MANY)
    found = find_known(known, large)
    assert find_known(known, small) == found
    conflicts = [hit for one, hit in zip(known, found, strict=True) if one.differ]
    alarms = sum(found) - sum(conflicts)
    note(f"known conflicts: {sum(conflicts)} of {len(conflicts)} found, {alarms} false alarms")
    assert len(conflicts) == CUSTOMERS / 2
    assert sum(conflicts) >= LEAST_FOUND * len(conflicts)
    assert alarms == 0


def test_the_known_are_varied_and_strangers_to_the_other_traffic() -> None:
    told = list_told()
    assert len(told) > 100
    assert len({one.policy for one in told if one.differ}) > 20
    assert all(one.records[0]["channel"] != one.records[1]["channel"] for one in told)
    assert next(make_known(3)) == next(make_known(9))
    assert list_people(2)[0].number == FIRST_PERSON
    assert {one.company for one in told} == {"hotel", "retail"} <= {path.name for path in CORPORA.iterdir()}


def test_what_is_larger_than_any_run_is_drawn_on_in_a_line() -> None:
    runs = [Run(count, count / 500, 100 * MEBI + count, 7 * MEBI, 5, 4, 5, 0) for count in (10_000, 100_000)]
    assert extrapolate(*runs).split("|")[1:6] == [
        " 1,000,000 (extrapolated) ",
        " 2,000 ",
        " 500 ",
        " 101 ",
        " 7 ",
    ]


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["104", "208"])
    head, _, first, second, drawn_on = capsys.readouterr().out.splitlines()
    assert head.startswith("| replies | processor seconds ")
    assert [row.split("|")[1].strip() for row in (first, second)] == ["104", "208"]
    assert first.split("|")[6].strip().endswith(" of 1")
    assert drawn_on.startswith("| 2,080 (extrapolated) ")
