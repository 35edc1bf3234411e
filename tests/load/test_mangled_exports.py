"""Whatever becomes of an export on its way, loading it neither fails nor keeps silent."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency_check.load.formats import recognise_format
from tests.load.loaded import load, write
from tests.load.test_amazon import CALL, CHAT, TRANSCRIBE
from tests.load.test_freshdesk import OLD, TICKET
from tests.load.test_genesys import CALL as GENESYS
from tests.load.test_google_insights import ENTRIES
from tests.load.test_intercom import WHOLE
from tests.load.test_salesforce import CHAT as SALESFORCE_CHAT
from tests.load.test_salesforce import WHOLE as SALESFORCE
from tests.load.test_salesforce import table
from tests.load.test_subtitles import SRT, TEAMS, ZOOM
from tests.load.test_whatsapp import ANDROID, IOS

DOCUMENTS: dict[str, tuple[Any, str]] = {
    "contact lens call": (CALL, "amazon"),
    "contact lens chat": (CHAT, "amazon"),
    "transcribe": (TRANSCRIBE, "amazon"),
    "freshdesk 2": ([TICKET], "freshdesk"),
    "freshdesk 1": ([OLD], "freshdesk"),
    "genesys": (GENESYS, "genesys"),
    "google": ({"entries": ENTRIES}, "google"),
    "intercom": (WHOLE, "intercom"),
}
TEXTS: dict[str, tuple[str, str]] = {
    "zoom": (ZOOM, "subtitles"),
    "teams": (TEAMS, "subtitles"),
    "srt": (SRT.removeprefix("\ufeff"), "subtitles"),
    "android": (ANDROID, "whatsapp"),
    "ios": (IOS, "whatsapp"),
    "salesforce mails": (SALESFORCE["EmailMessage_csv"], "salesforce"),
    "salesforce chats": (table(SALESFORCE_CHAT), "salesforce"),
}
# No empty list: nothing tells that something should be in it.
JUNK: list[Any] = [None, True, 7, -1e308, "", "x", "\ud800", "9" * 30, [[]], [None], {}, {"": {}}, "2026"]


def find_places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder in a document with a key of it, however deep."""
    for key, inner in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(inner, dict | list):
            yield from find_places(inner)


@pytest.mark.parametrize("name", [*DOCUMENTS, *TEXTS])
def test_no_other_format_takes_it(name: str) -> None:
    content, key = DOCUMENTS[name] if name in DOCUMENTS else TEXTS[name]
    text = content if isinstance(content, str) else json.dumps(content)
    found = recognise_format(text.encode(), "export")
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("name", DOCUMENTS)
def test_any_value_of_a_document_may_be_wrong(name: str, tmp_path: Path) -> None:
    content, _ = DOCUMENTS[name]
    places = len(list(find_places(content)))

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.integers(0, places - 1), st.sampled_from(JUNK)), min_size=1, max_size=3))
    def mangle(changes: list[tuple[int, Any]]) -> None:
        mangled = copy.deepcopy(content)
        for place, junk in changes:
            found = list(find_places(mangled))
            holder, key = found[place % len(found)]
            holder[key] = copy.deepcopy(junk)
        (tmp_path / "export.json").write_text(json.dumps(mangled))
        loaded = load(tmp_path / "export.json", agents=("Noor*",))
        assert loaded.replies or loaded.left_out or loaded.problems

    mangle()


@pytest.mark.parametrize("name", TEXTS)
def test_any_bytes_of_a_text_may_be_lost_or_added(name: str, tmp_path: Path) -> None:
    data = TEXTS[name][0].encode()

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    # The first line stays: by it the format is known, and a table without any other line is an empty one.
    @given(st.integers(data.index(b"\n") + 1, len(data)), st.integers(0, 60), st.binary(max_size=20))
    def mangle(at: int, lost: int, added: bytes) -> None:
        (tmp_path / "export").write_bytes(data[:at] + added + data[at + lost :])
        loaded = load(tmp_path / "export", agents=("Noor*",))
        assert loaded.replies or loaded.left_out or loaded.problems

    mangle()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_cut_off_is_a_problem(name: str, tmp_path: Path) -> None:
    text = json.dumps(DOCUMENTS[name][0])
    for end in range(len(text) // 2, len(text) - 1, len(text) // 20):
        loaded = load(write(tmp_path, export_json=text[:end]))
        assert "the JSON is broken" in loaded.problem
