"""Workbooks: sheets, titles above the header, numbers as their digits; damaged, locked and hostile ones."""

# ruff: noqa: E501 - exports read best with one line a record

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.load.loaded import load

HEADER = ["Ticket ID", "Author Type", "Message", "Created", "Customer Phone"]
ROWS = [
    [1026.0, "customer", "How long may I keep it?", "2026-03-01 10:00", 14155550132.0],
    ["00001026", "agent", "For another.", "2026-03-01 10:30", ""],
    [1026.0, "agent", "You have 30 days.", "2026-03-01 11:00", ""],
]


def make_workbook(*sheets: list[list[object]]) -> bytes:
    """A workbook with these cells, written by hand: numbers as numbers, texts inline."""
    kinds = "http://schemas.openxmlformats.org"
    main = f'xmlns="{kinds}/spreadsheetml/2006/main" xmlns:r="{kinds}/officeDocument/2006/relationships"'
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {main}><sheets>"
        + "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{kinds}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + "</Relationships>",
    }
    for number, rows in zip(numbers, sheets, strict=True):
        cells = "".join(f"<row>{''.join(map(show_cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
        )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def show_cell(value: object) -> str:
    if isinstance(value, float):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


@pytest.mark.parametrize("name", ["export.xlsx", "export.csv", "export"])
def test_a_workbook_under_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(make_workbook([["Report of March"], [], HEADER, *ROWS], [[]]))
    loaded = load(tmp_path)
    assert not loaded.problems
    assert loaded.said == [("How long may I keep it?", "You have 30 days."), ("", "For another.")]
    first, second = loaded.replies
    assert (first.conversation_id, first.phone) == ("1026", "14155550132")
    assert (second.conversation_id, second.phone) == ("00001026", "")
    assert str(first.source).endswith(f"{name}#Sheet1:6")
    assert dict(loaded.left_out) == {"empty sheets": 1}


def test_a_number_that_the_spreadsheet_rounded_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "text"], [12345678901234567.0, "a"], ["2", "b"]]
    (tmp_path / "a.xlsx").write_bytes(make_workbook(rows))
    loaded = load(tmp_path)
    assert [reply.id for reply in loaded.replies] == ["2"]
    assert loaded.problem.startswith("a.xlsx#Sheet1:2: the number in 'id' has more digits")


def test_a_sheet_whose_columns_do_not_tell_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(make_workbook([["When", "Notes"], ["2026-03-01", "Called."]]))
    assert "which column tells whether the agent or the customer wrote" in load(tmp_path).problem


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency_check.load.formats.xlsx.UNPACKED_LIMIT", 10 * 2**20)
    data = io.BytesIO(make_workbook([["id", "text"], ["1", "a"]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * (20 * 2**20))
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    assert "unpacks to more than 10 MiB; save the sheet as CSV" in load(tmp_path).problem
    # A bomb that lies about its size: the number stands in the member's and in the directory's header.
    lying = data.getvalue().replace((20 * 2**20).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    (tmp_path / "a.xlsx").write_bytes(lying)
    assert "unpacks to more than 10 MiB" in load(tmp_path).problem


@pytest.mark.parametrize("cut", [40, 300, 700, -40, -1])
def test_a_damaged_workbook(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.xlsx").write_bytes(make_workbook([HEADER, *ROWS])[:cut])
    loaded = load(tmp_path)
    assert not loaded.replies
    assert "; " in loaded.problem


def test_a_workbook_without_sheets_or_of_another_kind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/nothing.xml", "<a/>")
    assert "cannot be read" in load(tmp_path).problem
