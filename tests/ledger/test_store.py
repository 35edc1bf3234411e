"""Files that are no ledger, or none that can be used: each is refused in words, and left as it was."""

import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from consistency_check.ledger import LedgerError, open_ledger, read_ledger, schema, store
from consistency_check.model import Status
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
    busy.night()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "CREATE TABLE later (word VARCHAR)"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    refuse(read_ledger, busy.ledger, "older consistency-check; an audit with it brings it up")
    report = busy.night("2026-05-02")
    assert strip(report.findings) == strip(busy.audit())
    assert {each.status for each in report.findings} == {Status.KNOWN}
    with busy.read() as ledger:
        assert ledger.fetch("SELECT * FROM later") == []
        assert ledger.read_fact("schema") == str(schema.VERSION)


def test_links_of_another_shape_are_made_anew(busy):
    busy.night()
    with busy.open() as ledger:
        ledger.run("ALTER TABLE link_customers RENAME bare TO plain")
        ledger.write_fact("links", "as it was")
    refuse(read_ledger, busy.ledger, "older consistency-check; an audit with it brings it up")
    report = busy.night("2026-05-02")
    assert strip(report.findings) == strip(busy.audit())
    assert {each.status for each in report.findings} == {Status.KNOWN}
    with busy.read() as ledger:
        assert ledger.fetch_one("SELECT count(bare) FROM link_customers")


SPILLING = """
import os, sys
from pathlib import Path
import duckdb
from consistency_check.ledger import open_ledger, read_ledger
duckdb.connect().close()
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
for number, enter in enumerate((open_ledger, read_ledger)):
    with enter(path) as ledger:
        ledger.run("SET memory_limit = '64MB'")
        ledger.run("SET enable_progress_bar = false")
        ledger.run("CREATE TEMP TABLE large AS SELECT md5(range::VARCHAR) AS word FROM range(3000000)")
        modes = [oct(each.stat().st_mode) for each in (path.with_name(path.name + ".tmp"), path)]
        print(ledger.fetch_one("SELECT count(DISTINCT word) FROM large"), *modes)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="other systems have other modes")
def test_what_is_too_much_for_memory_waits_on_disk_for_its_owner_alone():
    """Root may do in a folder what its mode forbids: so somebody else does it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        done = subprocess.run(
            [sys.executable, "-c", SPILLING, str(Path(folder) / "audit.duckdb")],
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["3000000 0o40700 0o100600"] * 2


@BOTH
def test_too_little_memory_is_told(enter, busy):
    busy.night()
    with (
        pytest.raises(LedgerError, match=r"stays as it was, for memory .* make room"),
        enter(busy.ledger) as ledger,
    ):
        ledger.run("SET memory_limit = '64MB'")
        ledger.run("SET max_temp_directory_size = '1MB'")
        ledger.run("CREATE TEMP TABLE large AS SELECT md5(range::VARCHAR) AS word FROM range(3000000)")


@BOTH
@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Conflicting lock is held in /usr/bin/python3 (PID 4711). See also",
            r"another run \(process 4711\);",
        ),
        ("Conflicting lock is held in PID 0. See also", "another run; wait"),
    ],
)
def test_who_holds_a_ledger(enter, busy, monkeypatch, said, told):
    """As the database says it of a process of this container, and of another one."""
    busy.night()
    waits = []

    def connect(path, **rest):
        raise duckdb.IOException(f'IO Error: Could not set lock on file "{path}": {said}')

    monkeypatch.setattr(duckdb, "connect", connect)
    monkeypatch.setattr(store.time, "sleep", waits.append)
    with pytest.raises(LedgerError, match=told), enter(busy.ledger, 0.01):
        pass
    assert waits


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
