"""Files that are no ledger, or none that can be used: each is refused in words, and left as it was."""

import os
import subprocess
import sys
from contextlib import closing

import duckdb
import pytest

from consistency_check.ledger import LedgerError, open_ledger, read_ledger, schema
from consistency_check.model import Rate
from tests.ledger.nights import strip

BOTH = pytest.mark.parametrize("enter", [open_ledger, read_ledger])


def refuse(enter, path, words):
    with pytest.raises(LedgerError, match=words), enter(path):
        pass


@BOTH
def test_a_folder(enter, tmp_path):
    refuse(enter, tmp_path, "is a folder; name a file in it")


@BOTH
def test_a_place_that_is_not_there(enter, tmp_path):
    refuse(enter, tmp_path / "no" / "audit.duckdb", "there is no folder")


def test_no_ledger_to_read(tmp_path):
    refuse(read_ledger, tmp_path / "audit.duckdb", "there is no ledger; .* makes one")
    assert not list(tmp_path.iterdir())


def test_a_first_run_that_failed_leaves_no_ledger(tmp_path):
    path = tmp_path / "audit.duckdb"
    with pytest.raises(ValueError, match="no policies"), open_ledger(path):
        raise ValueError("no policies")
    refuse(read_ledger, path, "there is no ledger; .* makes one")
    with open_ledger(path):
        pass
    with read_ledger(path) as ledger:
        assert ledger.last_run == 0


@BOTH
def test_no_database(enter, tmp_path):
    path = tmp_path / "audit.duckdb"
    path.write_text("id,text\n" * 1000)
    refuse(enter, path, "cannot be used as a ledger .* name another file")
    assert path.read_text() == "id,text\n" * 1000


@BOTH
@pytest.mark.parametrize(
    "table",
    [
        "CREATE TABLE orders (id INTEGER)",
        "CREATE TABLE facts (id INTEGER)",
        "CREATE TABLE facts (word VARCHAR)",
    ],
)
def test_a_database_of_somebody_else(enter, tmp_path, table):
    path = tmp_path / "audit.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(table)
    refuse(enter, path, "holds other tables than a ledger's")
    with closing(duckdb.connect(str(path))) as connection:
        assert len(connection.execute("SELECT * FROM duckdb_tables()").fetchall()) == 1


@BOTH
def test_a_newer_ledger(enter, busy):
    busy.night()
    with busy.open() as ledger:
        ledger.write_fact("schema", "99")
    refuse(enter, busy.ledger, r"newer consistency-check \(schema 99, this one knows \d+\)")


def test_an_older_ledger_is_brought_up_and_keeps_what_it_holds(busy, monkeypatch):
    steps = schema.STEPS
    monkeypatch.setattr(schema, "STEPS", steps[:1])
    monkeypatch.setattr(schema, "VERSION", 1)
    with busy.open() as ledger:
        ledger.run("INSERT INTO runs VALUES (1, '2026-04-01', 0, 0, 0, 0, '')")
    monkeypatch.undo()
    refuse(read_ledger, busy.ledger, "older consistency-check; an audit with it brings it up")
    assert strip(busy.night().findings) == strip(busy.audit())
    with busy.read() as ledger:
        assert ledger.last_run == 2
        assert ledger.read_fact("schema") == str(schema.VERSION)


def test_a_ledger_that_named_two_channels_in_one_text_is_brought_up(busy):
    busy.records[1]["question"] = busy.records[0]["question"]
    first = busy.night().headline
    assert first.by_channel_pair == {("email", "phone"): Rate(1, 1)}
    with busy.open() as ledger:
        ledger.run("""UPDATE tallies SET parts = replace(parts, 'email","phone', 'email / phone')""")
        pairs = """'[["email","phone",1,1]]', '{"email / phone":{"wrong":1,"total":1}}'"""
        ledger.run(f"UPDATE runs SET headline = replace(headline, {pairs})")
        ledger.write_fact("schema", "2")
    report = busy.night("2026-05-02")
    assert report.headline == first
    assert [night.headline for night in report.nights] == [first, first]


def test_damage_is_told(busy):
    busy.night()
    whole = busy.ledger.read_bytes()
    for at in (0, 4096, 8192, len(whole) // 2):
        busy.ledger.write_bytes(whole[:at] + b"\xff" * 4096 + whole[at + 4096 :])
        try:
            report = busy.night("2026-05-02")
        except LedgerError as error:
            assert str(busy.ledger) in str(error)
        else:  # the damage was where nothing is
            assert strip(report.findings) == strip(busy.audit())
    busy.ledger.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(LedgerError, match=r"audit\.duckdb: "):
        busy.night("2026-05-02")


READ_ONLY = """
import os, sys
from pathlib import Path
import duckdb
from consistency_check.ledger import LedgerError, open_ledger, read_ledger
path = Path(sys.argv[1])
duckdb.connect().close()
os.setgid(65534); os.setuid(65534)
with read_ledger(path) as ledger:
    print(ledger.last_run)
try:
    with open_ledger(path):
        print("written")
except LedgerError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives up being root")
def test_a_ledger_that_may_not_be_written_can_be_read(busy):
    busy.night()
    folder = busy.folder
    while folder != folder.parent:
        folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
        if folder.name.startswith("pytest-of"):
            folder.chmod(0o755)
            break
    busy.ledger.chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(busy.ledger)], capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    read, refused = done.stdout.splitlines()
    assert read == "1"
    assert "cannot be used as a ledger" in refused
