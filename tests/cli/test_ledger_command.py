"""`ledger info`, `vacuum`, `export` and `forget`, as a user meets them."""

import json
import os
import stat

import pytest

LEDGER = "audit.duckdb"
DANA = "dana@mail.example"


@pytest.fixture
def audited(project, run):
    assert run("audit", "exports", "--ledger", LEDGER, "--today", "2026-05-01", "--exit-zero").exit_code == 0
    return project


def test_info_tells_what_is_there(audited, run):
    shown = run("ledger", "info", LEDGER).stdout
    for words in (
        *("Runs                1, 2026-05-01", "Replies             3", "email        1, 2026-04-01"),
        *("Claims              3", "Customers           1", "Findings            2 (2 new)"),
    ):
        assert words in shown
    document = json.loads(run("ledger", "info", LEDGER, "--format", "json").stdout)
    assert document["replies"] == document["claims"] == 3
    assert document["findings"] == {"new": 2}
    assert document["size"] == (audited / LEDGER).stat().st_size


def test_vacuum_gives_space_back(audited, run):
    from consistency_check.ledger import open_ledger

    with open_ledger(audited / LEDGER) as ledger:
        ledger.run("CREATE TABLE ballast AS SELECT hash(range)::VARCHAR AS words FROM range(300_000)")
    with open_ledger(audited / LEDGER) as ledger:
        ledger.run("CREATE TABLE anchor AS SELECT hash(range)::VARCHAR AS words FROM range(1000)")
    with open_ledger(audited / LEDGER) as ledger:
        ledger.run("DROP TABLE ballast")
    before = (audited / LEDGER).stat().st_size
    said = run("ledger", "vacuum", LEDGER)
    after = (audited / LEDGER).stat().st_size
    assert after < before / 1.5
    assert said.stdout == f"{LEDGER}: {before:,} bytes before, {after:,} after.\n"
    assert stat.S_IMODE((audited / LEDGER).stat().st_mode) == 0o600
    again = run("audit", "exports", "--ledger", LEDGER, "--today", "2026-05-02", "--format", "json")
    assert {each["status"] for each in json.loads(again.stdout)["findings"]} == {"known"}


def test_export_is_complete_readable_and_private(audited, run):
    assert run("ledger", "export", LEDGER, "out").exit_code == 0
    files = {path.stem: path for path in (audited / "out").iterdir()}
    assert set(files) == {*("replies", "customers", "findings", "tallies", "decisions", "runs", "facts")}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert stat.S_IMODE((audited / "out").stat().st_mode) == 0o700
    replies = [json.loads(line) for line in files["replies"].read_text().splitlines()]
    assert [each["text"] for each in replies] == [
        "Items can be returned within 14 days of delivery.",
        "You have 30 days to send it back.",
        "A return label costs $7.",
    ]
    assert [claim["quote"] for claim in replies[0]["claims"]] == [replies[0]["text"]]
    assert replies[0]["customer"] == DANA
    [customer] = [json.loads(line) for line in files["customers"].read_text().splitlines()]
    assert DANA in json.dumps(customer["identities"])
    found = [json.loads(line) for line in files["findings"].read_text().splitlines()]
    assert {each["check"] for each in found} == {"channel-conflict", "policy-conflict"}


def test_export_is_private_while_it_is_written(audited, run, monkeypatch):
    from consistency_check.report import escape

    def look(record, **rest):
        modes.update(each.stat().st_mode & 0o777 for each in audited.glob("out/.*.part"))
        return dump(record, **rest)

    modes, dump = set(), escape.dump_json
    monkeypatch.setattr(escape, "dump_json", look)
    assert run("ledger", "export", LEDGER, "out").exit_code == 0
    assert modes == {0o600}


def test_export_of_one_customer_holds_nothing_of_others(audited, run):
    record = {"id": "R9", "channel": "chat", "email": "max@mail.example", "text": "A return label costs $9."}
    (audited / "exports" / "more.jsonl").write_text(json.dumps(record) + "\n")
    run("audit", "exports", "--ledger", LEDGER)
    lines = [
        json.loads(line) for line in run("ledger", "export", LEDGER, "--customer", DANA).stdout.splitlines()
    ]
    assert {line["table"] for line in lines} == {"replies", "customers", "findings", "tallies"}
    assert "max@" not in json.dumps(lines)
    only = run("ledger", "export", LEDGER, "--table", "runs").stdout.splitlines()
    assert [json.loads(line)["run"] for line in only] == [1, 2]


def test_forget_asks_first(audited, run):
    refused = run("ledger", "forget", LEDGER, DANA)
    assert refused.exit_code == 2
    assert "nobody answered" in refused.stderr
    assert "Customers           1" in run("ledger", "info", LEDGER).stdout


def test_forget_says_what_went(audited, run):
    said = run("ledger", "forget", LEDGER, DANA, "--yes")
    assert "3 replies, 2 findings, 0 decisions" in said.stdout
    assert "Exports, the CRM, reports and copies may still hold them." in said.stdout
    assert b"dana" not in (audited / LEDGER).read_bytes().lower()
    report = json.loads(run("audit", "exports", "--ledger", LEDGER, "--format", "json").stdout)
    assert report["summary"]["left_out"] == {"forgotten": 3}
    assert "Forgotten           3 replies" in run("ledger", "info", LEDGER).stdout


def test_forget_before_a_day(audited, run):
    said = run("ledger", "forget", LEDGER, "--before", "2026-04-02", "--yes")
    assert "erased all replies from before 2026-04-02: 1 reply, 2 findings" in said.stdout
    assert b"within 14 days" not in (audited / LEDGER).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["forget", LEDGER, "dena@mail.example", "--yes"], "did you mean 'dana@mail.example'?"),
        (["forget", LEDGER, "zzz", "--yes"], "`consistency-check customers` lists them"),
        (["forget", LEDGER, "--yes"], "name a customer, or a day with --before"),
        (["forget", LEDGER, DANA, "--before", "2026-04-02"], "name a customer, or a day with --before"),
        (["forget", LEDGER, "--before", "soon"], "is not a day"),
        (["forget", "none.duckdb", DANA, "--yes"], "none.duckdb: there is no ledger"),
        (["vacuum", "none.duckdb"], "none.duckdb: there is no ledger"),
        (["info", "exports/all.jsonl"], "cannot be used as a ledger"),
        (["info", "exports"], "exports: is a folder"),
        (["export", LEDGER, "--table", "reply"], "did you mean replies?"),
        (["export", LEDGER, "no/such"], "cannot be made"),
    ],
)
def test_what_cannot_be_done_is_said(audited, run, arguments, words):
    result = run("ledger", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert not (audited / "none.duckdb").exists()


def test_a_held_ledger_names_its_holder(audited, start):
    from consistency_check.ledger import open_ledger

    with open_ledger(audited / LEDGER):
        process = start("ledger", "info", LEDGER)
        _, errors = process.communicate(timeout=60)
        waiting = start("audit", "exports", "--ledger", LEDGER, "--ledger-wait", "30", "--exit-zero")
    assert process.returncode == 2
    assert f"in use by another run (process {os.getpid()})".encode() in errors
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0
