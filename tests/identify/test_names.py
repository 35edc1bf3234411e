"""Names: each rule with names that it must take for one person's and names that it must not."""

from __future__ import annotations

from importlib.resources import files

import pytest

from consistency_check.identify.names import Likeness, PersonName, clean_name, compare_names, parse_name

SAME = [
    ("Beth Whitfield", "Elizabeth Whitfield"),
    ("Bill Prescott", "William Prescott"),
    ("Whitfield, Beth", "beth whitfield"),
    ("Rob Castle", "Robert Castle"),
    ("Sam", "Samuel Okoro"),
    ("Viktor Hristov", "Victor Hristov"),
    ("Lucia Fernandez", "Lucía Fernández"),
    ("Maggie OLeary", "Maggie O'Leary"),
    ("Dermot Keane", "Diarmuid Keane"),
    ("Youssef Amari", "Yusuf Amari"),
    ("Tobi Ade", "Oluwatobi Ade"),
    ("Tom Kowalchik", "Thomas Kowalczyk"),
    ("Grace K.", "Grace Kowalczyk"),
    ("Ana Delgado-Ruiz", "Anna Delgado"),
    ("Mrs Joan Whitfield", "Joan Whitfield"),
    ("Okafor Thomas", "Thomas Okafor"),
    ("Søren Ødegård", "Soren Odegard"),
    ("Sarah Rhys", "Sarah Rees"),
]

OPEN = [
    ("", "Rosa Delgado"),
    ("R. Delgado", "Rosa Delgado"),
    ("B Gates", "William Gates"),
    ("Mrs Holt", "Anita Desai-Holt"),
    ("Delgado", "Rosa Delgado"),
    ("K Mistry", "K Mistry"),
    ("Ms Tan, Tan Tea House", "Siew Ling Tan"),
    ("Customer", "Rosa Delgado"),
    ("Dr. Okafor", "Mr Okafor"),
    ("Pughe Bakery", "Gwen Pugh-Pughe"),
]

DIFFERENT = [
    ("Rosa Delgado", "Mateo Delgado"),
    ("R Delgado", "Mateo Delgado"),
    ("Beth Whitfield", "Paige Whitfield"),
    ("Daniel Evans", "Daniela Evans"),
    ("Daniel Evans", "Danielle Evans"),
    ("Mario Rossi", "Maria Rossi"),
    ("Paul Reed", "Paula Reed"),
    ("Christian Bell", "Christine Bell"),
    ("John Byrne", "Sean Byrne"),
    ("Mary Doyle", "Maria Doyle"),
    ("Tim Shaw", "Tom Shaw"),
    ("Rose Adams", "Ross Adams"),
    ("Mr Oakes", "Mrs Oakes"),
    ("Mr Sam Oakes", "Mrs Sam Oakes"),
    ("Mrs Smith", "Rosa Delgado"),
    ("John Smith Jr", "John Smith Sr"),
    ("Henry Ford II", "Henry Ford III"),
    ("Sarah Miller", "Sarah Khan"),
    ("Tan Wei", "Tan Siew Ling"),
    ("Giulia R.", "Giulia Ferrari"),
]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        *((*pair, Likeness.SAME) for pair in SAME),
        *((*pair, Likeness.OPEN) for pair in OPEN),
        *((*pair, Likeness.DIFFERENT) for pair in DIFFERENT),
    ],
)
def test_compare_names(first: str, second: str, expected: Likeness) -> None:
    assert compare_names(first, second) == expected
    assert compare_names(second, first) == expected


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("Whitfield, Beth", PersonName("beth", ("whitfield",))),
        ("Mrs. B. Whitfield", PersonName("b", ("whitfield",), male=False)),
        ("Herr Weber", PersonName("", ("weber",), male=True)),
        ("Rev. P Stainforth", PersonName("p", ("stainforth",))),
        ("John Smith, Jr", PersonName("jr", ("john", "smith"))),
        ("Anita Desai-Holt", PersonName("anita", ("desai", "holt"))),
        ("  ", PersonName()),
        ("12345", PersonName()),
        ("Visitor 90210", PersonName()),
        ("Unknown caller", PersonName()),
        ("Guest", PersonName()),
        ("N/A", PersonName()),
    ],
)
def test_parse_name(written: str, parsed: PersonName) -> None:
    assert parse_name(written) == parsed


def test_clean_name() -> None:
    assert clean_name("  Rosa \t Delgado ") == "Rosa Delgado"
    assert clean_name("Website visitor #12") == ""


@pytest.mark.parametrize(
    "hostile", ["\u202e", "a" * 100_000, "'" * 5000, "É" * 3000, "," * 1000, "\0", "🧗 🧗"]
)
def test_hostile_names(hostile: str) -> None:
    assert compare_names(hostile, "Rosa Delgado") in Likeness
    assert compare_names("Rosa Delgado", hostile) in Likeness


def test_the_table_of_nicknames_is_in_order() -> None:
    lines = files("consistency_check.identify").joinpath("nicknames.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    heads = [line.partition(":")[0] for line in lines]
    assert len(heads) == len(set(heads))
    for line in lines:
        head, colon, forms = line.partition(": ")
        names = [head, *forms.split(", ")]
        assert colon, line
        assert len(names) == len(set(names)), line
        assert all(name.isascii() and name.isalpha() and name.islower() for name in names), line
