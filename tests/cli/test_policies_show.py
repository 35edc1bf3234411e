"""`policies show`: what holds on a day for a case, why, and what comes next."""

import json

import pytest

POLICIES = """\
topic: returns
owner: returns-team
policies:
  window:
    statement: Items can be returned within {value}.
    type: duration
    value: {2025-01-01: 14 days, 2026-03-01: 30 days, 2026-09-01: 45 days}
    exceptions:
      - when: {tier: gold}
        value: {2025-01-01: 60 days, 2026-12-01: 90 days}
      - when: {tier: gold, region: north}
        value: 70 days
      - when: {region: south}
        value: any
    severity: high
    source: https://wiki.example/window
  opened:
    statement: Opened items can be returned.
    type: yes_no
    value: no
"""
WINDOW = "returns.window"


@pytest.fixture
def show(project, run):
    (project / "policies" / "returns.yaml").write_text(POLICIES, "utf-8")

    def show_json(*arguments):
        return json.loads(run("policies", "show", *arguments, "--format", "json").stdout)["policies"]

    return show_json


@pytest.mark.parametrize(
    ("arguments", "value", "since", "reason", "otherwise", "coming"),
    [
        (
            ["--on", "2026-04-01"],
            "30 days",
            "2026-03-01",
            "in force since 2026-03-01",
            ["tier gold and region north", "tier gold", "region south"],
            ["2026-09-01", "2026-12-01"],
        ),
        (
            ["--on", "2026-04-01", "--with", "tier=Gold"],
            "60 days",
            "2025-01-01",
            "exception for tier gold, in force since 2025-01-01",
            ["tier gold and region north"],
            ["2026-12-01"],
        ),
        (
            ["--on", "2026-04-01", "--with", "tier=gold", "--with", "Region=north"],
            "70 days",
            "",
            "exception for tier gold and region north",
            [],
            [],
        ),
        (
            ["--on", "2026-04-01", "--with", "region=south", "--with", "tier=tin"],
            "any",
            "",
            "the policy has no fixed value",
            [],
            [],
        ),
        (
            ["--on", "2026-10-01", "--with", "region=west"],
            "45 days",
            "2026-09-01",
            "in force since 2026-09-01",
            ["tier gold"],
            ["2026-12-01"],
        ),
    ],
)
def test_what_holds_and_why(show, arguments, value, since, reason, otherwise, coming):
    [one] = show(WINDOW, *arguments)
    assert (one["holds"]["value"], one["holds"]["since"], one["reason"]) == (value, since, reason)
    assert [other["case"] for other in one["otherwise"]] == otherwise
    assert [other["since"] for other in one["coming"]] == coming


def test_before_the_first_value(show):
    [one] = show(WINDOW, "--on", "2024-01-01", "--with", "region=west", "--with", "tier=tin")
    assert (one["holds"], one["reason"]) == (None, "no value is in force yet")
    assert [other["value"] for other in one["coming"]] == ["14 days", "30 days", "45 days"]


@pytest.mark.usefixtures("show")
def test_for_people(run):
    result = run("policies", "show", "returns", "--on", "2026-04-01", "--with", "tier=gold")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "  ── returns.opened ───────────────────────────────── policies/returns.yaml:17:3",
        "  Opened items can be returned: no",
        "  because             the general value",
        "                      severity medium, owner returns-team",
        "",
        "  ── returns.window ────────────────────────────────── policies/returns.yaml:4:3",
        "  Items can be returned within 60 days.",
        "  because             exception for tier gold, in force since 2025-01-01",
        "  otherwise           for tier gold and region north: 70 days",
        "  from                2026-12-01: tier gold: 90 days",
        "                      severity high, owner returns-team,",
        "                      https://wiki.example/window",
        "",
        "In force on 2026-04-01, for tier gold.",
    ]


def test_all_of_it(show):
    assert [one["policy"] for one in show()] == ["returns.opened", "returns.window"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["returns.windw"], "did you mean returns.window?"),
        (["--with", "teir=gold"], "did you mean tier?"),
        (["--with", "tier"], "write its name and value, as in tier=gold"),
        (["--on", "soon"], "is not a day"),
        (["--on", "20260301"], "is not a day"),
    ],
)
@pytest.mark.usefixtures("show")
def test_what_cannot_be_shown(run, arguments, said):
    result = run("policies", "show", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
