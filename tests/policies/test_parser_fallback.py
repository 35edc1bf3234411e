"""Without libyaml PyYAML's own parser reads the files: slower, with the same result and the same help."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from consistency_check.policies import KnowledgeBaseError, load_policies, tree

ENTRY = "topic: t\npolicies:\n  p:\n    statement: Within {value}.\n    type: duration\n    value: 3 days\n"


@pytest.fixture
def own_parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tree, "EventLoader", yaml.SafeLoader)
    yield


def test_it_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.yaml").write_text(ENTRY + "    questions: ['How long?', \"é\"]\n", encoding="utf-8")
    fast = load_policies(tmp_path)
    monkeypatch.setattr(tree, "EventLoader", yaml.SafeLoader)
    assert load_policies(tmp_path) == fast


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "    questions: [How long?, b]\n",
            ":7:25: in brackets, a text with a question mark needs double quotes",
        ),
        ("    questions: [How long, b\n", ":7:16: the `[` that opens here is not closed"),
        ("    title\n", ":7:10: there is no colon after `title`"),
        ("\tquestions: [a]\n", ":7:1: a tab indents this line"),
        ("    questions: ['a\n", ":7:17: the quote `'` that opens here is never closed"),
        ("    source: @x\n", ":7:13: `@` is reserved in YAML"),
        ("    source: a: b\n", ":7:14: the colon in this text"),
    ],
)
def test_it_helps_the_same(tmp_path: Path, own_parser: None, lines: str, expected: str) -> None:
    (tmp_path / "t.yaml").write_text(ENTRY + lines, encoding="utf-8")
    with pytest.raises(KnowledgeBaseError) as raised:
        load_policies(tmp_path)
    assert expected in str(raised.value)
