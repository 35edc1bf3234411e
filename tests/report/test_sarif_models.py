"""SARIF as others' models of the standard read it: nothing is refused, and nothing is unknown to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sarif_pydantic import Sarif

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("name", ["report.sarif", "empty-report.sarif"])
def test_every_key_is_the_standards(name: str) -> None:
    document = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    read = Sarif.model_validate(document)
    assert json.loads(read.model_dump_json(by_alias=True, exclude_unset=True)) == document
