"""The section `load:` of the configuration: read strictly, written without touching the rest."""

# ruff: noqa: E501 - configurations read best with one line a case

from __future__ import annotations

from pathlib import Path

import pytest

from consistency_check.load.configuration import add_mapping, read_configuration
from consistency_check.load.options import LoadOptions
from consistency_check.load.sources import InputError

MAPPING = "files: [a.csv]\nbody: {text: Notes}\nauthor_role: {is: agent}\n"
WHOLE = """\
# ours
load:
  agents: ["@acme.example", Kim]
  customers: "*"
  bots: yes
  day_order: dmy
  encoding: windows-1252
  mappings:
    notes:  # calls
      body: {text: Notes}
      author_role: {is: agent}
"""


def test_everything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(WHOLE)
    options = read_configuration(path)
    assert (options.agents, options.customers) == (("@acme.example", "Kim"), ("*",))
    assert (options.bots, options.day_order, options.encoding) == (True, "dmy", "windows-1252")
    assert list(options.mappings) == ["notes"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "load: {}\n", None])
def test_nothing_is_the_default(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "c.yaml"
    if text is not None:
        path.write_text(text)
    assert read_configuration(path) == LoadOptions()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("load:\n  agent: Kim", ":2:3", "no key 'agent'; did you mean 'agents'"),
        ("load:\n  bots: maybe", ":2:9", "`bots` is 'maybe'; write yes or no"),
        ("load:\n  day_order: us", ":2:14", "`day_order` is 'us'; write one of dmy, mdy, ymd"),
        ("load:\n  encoding: klingon", ":2:13", "no encoding 'klingon'; write a name such as"),
        ("load:\n  encoding: undefined", ":2:13", "no encoding 'undefined'; write a name such as"),
        ("load:\n  agents: {a: b}", ":2:11", "`agents` is no single value; write one text"),
        ("load:\n  mappings:\n    x:\n      body: {text: a}", ":4:7", "no `author_role`; write"),
        ("load: []", ":1:7", "`load` is no mapping; write"),
        ("load: [", ":1:8", "the YAML is broken"),
        ("a: &x 1\nb: *x", ":1:4", "anchors, aliases and tags are not read"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_configuration(path)
    assert str(error.value).startswith(f"{path}{place}: ")
    assert words in str(error.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"load: \xff")
    with pytest.raises(InputError, match="is not UTF-8; save it as UTF-8"):
        read_configuration(path)
    with pytest.raises(InputError, match="cannot be opened"):
        read_configuration(tmp_path)


@pytest.mark.parametrize(
    "before",
    ["", "# ours", "load:\n  bots: yes\n", "load:\n  mappings:\n    old:\n      body: {text: a}\n      author_role: {is: agent}\n  bots: yes\n", WHOLE],
)  # fmt: skip
def test_a_mapping_is_added_and_all_else_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(before)
    old = read_configuration(path)
    text = add_mapping(before, str(path), "new", MAPPING)
    path.write_text(text)
    added = read_configuration(path)
    assert set(added.mappings) == {*old.mappings, "new"}
    assert (added.agents, added.bots) == (old.agents, old.bots)
    assert set(before.splitlines()) <= set(text.splitlines())
    with pytest.raises(InputError, match="there is a mapping 'new' already"):
        add_mapping(text, str(path), "new", MAPPING)


def test_a_mapping_is_not_added_to_what_is_written_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not written as lines below their key"):
        add_mapping("load: {bots: yes}\n", "c.yaml", "new", MAPPING)
