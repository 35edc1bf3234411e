"""Parquet: columns by their names, ids with their digits; damaged files, and a missing library."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.load.loaded import load

pyarrow = pytest.importorskip("pyarrow")


def write_table(path: Path, **columns: list[object]) -> None:
    from pyarrow.parquet import write_table

    write_table(pyarrow.table(columns), path)


def test_a_table(tmp_path: Path) -> None:
    write_table(
        tmp_path / "export.bin",
        ticket_id=[7, 7, 7],
        incoming=[True, False, False],
        body=["How long may I keep it?", "You have 30 days.", None],
        created_at=[datetime(2026, 3, 1, 10), datetime(2026, 3, 1, 11), datetime(2026, 3, 1, 12)],
        customer_phone=["0015550199", None, None],
    )
    loaded = load(tmp_path)
    assert loaded.said == [("How long may I keep it?", "You have 30 days.")]
    assert (loaded.reply.phone, loaded.reply.conversation_id) == ("0015550199", "7")
    assert str(loaded.reply.source).endswith("export.bin#2")
    assert dict(loaded.left_out) == {"without words": 1}


def test_canonical_names_load_as_they_are(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", id=["1"], text=["  You have 30 days. "], channel=["phone"])
    assert (load(tmp_path).reply.text, load(tmp_path).reply.channel) == ("  You have 30 days. ", "phone")


@pytest.mark.parametrize("cut", [4, 60, -3])
def test_a_damaged_file(tmp_path: Path, cut: int) -> None:
    write_table(tmp_path / "a.parquet", id=["1"], text=["a"])
    (tmp_path / "a.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:cut])
    assert "the Parquet file cannot be read" in load(tmp_path).problem


def test_without_the_library_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_table(tmp_path / "a.parquet", id=["1"], text=["a"])
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'consistency-check[parquet]'" in load(tmp_path).problem
