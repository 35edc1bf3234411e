"""`policies lint --fix`: how files look after it, that they mean the same, and that it is done then."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import KnowledgeBase, Source
from consistency_check.policies import KnowledgeBaseError, load_policies
from consistency_check.policies.difference import compare_policies
from consistency_check.policies.policy import OPTIONAL, REQUIRED
from consistency_check.policies.tidy import tidy_files
from consistency_check.policies.tidy.files import tidy_text
from consistency_check.policies.tidy.order import POLICY_KEYS

ROOT = Path(__file__).parents[2]
KNOWLEDGE = sorted(
    [ROOT / "policies", *ROOT.glob("tests/corpora/*/policies"), *ROOT.glob("tests/lessons/*/policies")]
)
UNTIDY = """\
# The returns desk.
policies:   # all of them
    window:
        # how long
        type: "duration"   # a length of time
        value:
            2026-01-01:  '30 days'
            2025-01-01: 14 days
        statement: 'Items can be returned within {value}.'
        severity: high
        questions:
        - "How long do I have to return it?"
        - 'Is there a deadline: when?'

        examples:
            agrees: [You have 30 days., "no", Is it 30 days?]
    opened:
        statement: Opened items can be returned.
        value: no
        type: yes_no
# about the topic
topic: returns
"""
TIDY = """\
# The returns desk.
# about the topic
topic: returns
policies:   # all of them
  window:
    statement: 'Items can be returned within {value}.'
    # how long
    type: duration         # a length of time
    value:
      2026-01-01: 30 days
      2025-01-01: 14 days
    questions:
      - "How long do I have to return it?"
      - 'Is there a deadline: when?'
    severity: high

    examples:
      agrees: [You have 30 days., "no", "Is it 30 days?"]
  opened:
    statement: Opened items can be returned.
    type: yes_no
    value: no
"""


def forget_places(knowledge: KnowledgeBase) -> Any:
    """The same without lines and columns."""

    def strip(values: Any) -> Any:
        return tuple(replace(dated, source=Source("")) for dated in values)

    policies = {
        name: replace(
            policy,
            source=Source(""),
            values=strip(policy.values),
            exceptions=tuple(
                replace(one, source=Source(""), values=strip(one.values)) for one in policy.exceptions
            ),
        )
        for name, policy in knowledge.policies.items()
    }
    topics = {name: replace(topic, source=Source("")) for name, topic in knowledge.topics.items()}
    return policies, topics, knowledge.attributes


def test_how_a_file_looks_after_it() -> None:
    assert tidy_text(UNTIDY) == TIDY


def test_every_key_has_its_place() -> None:
    assert set(POLICY_KEYS) == {*REQUIRED, *OPTIONAL}


@pytest.mark.parametrize("folder", KNOWLEDGE, ids=lambda folder: folder.parent.name)
def test_bundled_policies_mean_the_same_and_are_tidy_then(folder: Path, tmp_path: Path) -> None:
    tidied = tidy_files(folder)
    assert not tidied.left
    for file in folder.rglob("*.yaml"):
        text = tidied.texts.get(file, file.read_text("utf-8"))
        (tmp_path / file.name).write_text(text, "utf-8")
        comments = [sorted(re.findall(r"(?:^|\s)#\s.*", each)) for each in (text, file.read_text("utf-8"))]
        assert [c.strip() for c in comments[0]] == [c.strip() for c in comments[1]]
    before, after = load_policies(folder), load_policies(tmp_path)
    assert compare_policies(before, after) == ()
    assert forget_places(before) == forget_places(after)
    assert not tidy_files(tmp_path).texts


@pytest.mark.parametrize(
    "text",
    [
        "topic: returns\npolicies: &all\n  window: *all\n",
        "topic: [a\n",
        "",
        "- a\n- b: [\n",
    ],
)
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert tidy_text(text) is None


def test_an_alias_keeps_its_place(tmp_path: Path) -> None:
    text = "policies:\n  a: {value: &v 3 days, type: duration, statement: It takes {value}.}\ntopic: *v\n"
    assert tidy_text(text) in (None, text)


def test_windows_line_ends_and_an_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode())
    assert tidy_files(tmp_path).texts == {tmp_path / "a.yaml": TIDY}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError):
        tidy_files(tmp_path / "gone")


TEXTS = st.sampled_from(
    ["You have {value} left.", "{value} a year", "no", "a: b", "a #b", "# a", "'tis", '"so"', "3,500 km",
     "a?", "18:30", "- a", "é…", "a, b", "[x]", "yes", "~", "*", "0x10", "1_000", "2026-01-01", "a\\nb",
     "%", "@x", "a:"]
)  # fmt: skip
STYLES = st.sampled_from(["'", '"'])
INDENTS = st.integers(1, 4)


@st.composite
def build_file(draw: st.DrawFn) -> str:
    """A topic file with keys in any order, any indentation, quotes in both styles and comments."""
    deep, deeper = draw(INDENTS), draw(INDENTS)

    def quote() -> str:
        text, style = draw(TEXTS), draw(STYLES)
        if style == "'":
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def note() -> str:
        return draw(st.sampled_from(["", "  # why", " # a: 'b'"]))

    def build_list(key: str, depth: int) -> str:
        if draw(st.booleans()):
            return f"{' ' * depth}{key}: [{quote()}, {quote()}]{note()}\n"
        dash = " " * (depth + draw(st.integers(0, 3)))
        return f"{' ' * depth}{key}:{note()}\n{dash}- {quote()}{note()}\n{dash}-   {quote()}\n"

    inside = deep + deeper
    fields = [
        f"{' ' * inside}statement: It takes {{value}}.{note()}\n",
        f"{' ' * inside}type: duration\n",
        f"{' ' * inside}value:   '30 days'{note()}\n",
        build_list("phrasings", inside),
        build_list("questions", inside),
        f"{' ' * inside}severity: high{note()}  \n",
        f"\n{' ' * inside}# above\n{' ' * inside}favours: lower\n",
    ]
    policy = f"{' ' * deep}window:{note()}\n" + "".join(draw(st.permutations(fields)))
    top = [
        "topic: returns\n",
        f"# the title\ntitle: {quote()}\n",
        build_list("keywords", 0),
        f"policies:{note()}\n{policy}\n",
    ]
    return "".join(draw(st.permutations(top)))


@settings(max_examples=60, deadline=None)
@given(build_file())
def test_no_file_changes_its_meaning(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("tidy")
    file = folder / "returns.yaml"
    file.write_text(text, "utf-8")
    try:
        before = load_policies(folder)
    except KnowledgeBaseError:
        return
    tidied = tidy_text(text)
    assert tidied is not None
    file.write_text(tidied, "utf-8")
    assert compare_policies(before, load_policies(folder)) == ()
    assert forget_places(before) == forget_places(load_policies(folder))
    assert tidy_text(tidied) == tidied
    assert sorted(re.findall("# (why|above|the title|a: 'b')", tidied)) == sorted(
        re.findall("# (why|above|the title|a: 'b')", text)
    )
