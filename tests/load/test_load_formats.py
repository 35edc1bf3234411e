"""The folder of formats: every file offers one, is tested, and none takes another's files."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from pkgutil import iter_modules

import pytest

from consistency_check.load import FORMATS, formats
from consistency_check.load.format import Fit
from consistency_check.load.formats import recognise_format
from consistency_check.load.mappings import read_shipped_mappings

MODULES = [module.name for module in iter_modules(formats.__path__) if module.name[0] != "_"]
MAPPINGS = [mapping.name for mapping in read_shipped_mappings()]


@pytest.mark.parametrize("module", MODULES)
def test_every_format_has_a_test(module: str) -> None:
    assert (Path(__file__).parent / f"test_{module}.py").is_file()


def test_every_file_offers_a_format_of_its_own() -> None:
    assert len(FORMATS) == len(MODULES) + len(MAPPINGS) >= 20


def test_every_format_can_be_named() -> None:
    keys = [format_.key for format_ in FORMATS.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]+", key) for key in keys), keys


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b'{"text": "a"}', "a.csv", "JSON Lines"),
        (b'\n  [{"text": "a"}]', "a", "JSON Lines"),
        (b"text;id\n", "a.jsonl", "CSV"),
        (b'"sent_at"\t"ID"\t"Text"\r\n', "a", "CSV"),
        (b"Customer ID,E-mail,phone,name,handle\n", "a", "CSV"),
        (b"a,b\n", "a.CSV", "CSV"),
        (b"nonsense", "a.ndjson", "JSON Lines"),
        (b"text", "notes.txt", None),
        (b"The text, the name, and so on\n", "notes.txt", None),
        (b"%PDF-1.7", "a.pdf", None),
        (b"\xff\xfe\x00", "a", None),
    ],
)
def test_content_counts_before_the_name(head: bytes, name: str, expected: str | None) -> None:
    found = recognise_format(head, name)
    assert (found.name if found else None) == expected


def test_the_surest_format_wins() -> None:
    assert sorted(Fit) == [Fit.NONE, Fit.NAME, Fit.CONTENT, Fit.EXACT, Fit.CHOSEN]


@pytest.mark.parametrize("key", FORMATS)
def test_a_format_goes_to_other_processes(key: str) -> None:
    """As it does on a cluster."""
    assert pickle.loads(pickle.dumps(FORMATS[key])).name == FORMATS[key].name
