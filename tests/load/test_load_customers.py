"""The CRM's export."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from consistency_check.load import InputError, load_customers
from consistency_check.model import CrmRecord, Source


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_several_values_and_attributes(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Customer ID,Email,phone,name,handle,Tier\n"
        "C1, a@x.example ; b@x.example;,07700 900112,Ann Lee;Annie,@ann,gold\n"
        "C2,,,,,\n",
    )
    customers, problems = load_customers(path)
    assert not problems
    assert customers == [
        CrmRecord(
            "C1",
            ("a@x.example", "b@x.example"),
            ("07700 900112",),
            ("Ann Lee", "Annie"),
            ("@ann",),
            {"tier": "gold"},
            Source(str(path), 2),
        ),
        CrmRecord("C2", source=Source(str(path), 3)),
    ]


def test_bad_rows_are_problems(tmp_path: Path) -> None:
    path = write(tmp_path, "customer_id,name\nC1,Ann\n,Bob\nC1,Ann again\nC3,a,b\nC4,Dan\n")
    customers, problems = load_customers(path)
    assert [customer.customer_id for customer in customers] == ["C1", "C4"]
    said = {problem.source.line: problem.message for problem in problems}
    assert "has no `customer_id`; write the id" in said[3]
    assert "'C1' stands already on line 2" in said[4]
    assert "3 columns where the header has 2" in said[5]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,name\n1,a\n", ":1: the header has no column `customer_id` but id, name; name the columns"),
        ("customer_id,name,Name\n1,a,b\n", ":1: the column 'name' stands twice"),
        ("\n\nid\n", ":3: the header has no column `customer_id`"),
        ("", "is empty; export it again"),
    ],
)
def test_a_table_that_is_no_customer_list(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        load_customers(write(tmp_path, content))
    assert words in str(error.value)


def test_a_path_that_is_no_file(tmp_path: Path) -> None:
    write(tmp_path, "customer_id\n1\n")
    with pytest.raises(InputError, match=r"did you mean .*customers\.csv\?"):
        load_customers(tmp_path / "custmers.csv")
    with pytest.raises(InputError, match="is no file; name a CSV file"):
        load_customers(tmp_path)


def test_a_cut_off_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv.gz"
    rows = "".join(f"C{n},{n * 7919 % 10007}\n" for n in range(5000))
    path.write_bytes(gzip.compress(f"customer_id,n\n{rows}".encode())[:-2000])
    customers, (problem,) = load_customers(path)
    assert 1000 < len(customers) < 5000
    assert "ends too early" in problem.message
