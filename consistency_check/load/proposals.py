"""What the columns of a table most likely are, by their names; and what must be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from consistency_check.load.mapping import ExportMap
from consistency_check.load.mapping_syntax import read_mapping, read_yaml
from consistency_check.load.sources import InputError
from consistency_check.model import name_field

_LISTED = ("id", "conversation", "agent", "team", "time", "channel")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping as it would be written in YAML, and the questions that the names leave open."""

    document: dict[str, Any]
    questions: tuple[str, ...] = ()

    def build(self, name: str) -> ExportMap:
        """The mapping itself. Raises InputError where questions are open."""
        node = read_yaml(show_document(self.document), name)
        if node is None:
            raise InputError(f"{name}: no column of it is known; write the mapping by hand")
        return read_mapping(node, name, name)


@cache
def read_known_names() -> dict[str, Any]:
    """The names and words of `columns.yaml`."""
    text = files("consistency_check.load").joinpath("columns.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def show_document(document: dict[str, Any]) -> str:
    """The YAML of a mapping, its keys in the order in which they are explained."""
    # Without aliases: lists that stand twice are written twice.
    return str(
        yaml.dump(
            document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
        )
    )


class _Plain(yaml.SafeDumper):
    """Writes out what stands twice: aliases are refused where it is read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def count_known(names: Sequence[str]) -> int:
    """How many of the names are some column's that is known."""
    known = read_known_names()
    lists = [*(each for each in known.values() if isinstance(each, list)), *known["customer"].values()]
    return len({name_field(name) for name in names} & {name for each in lists for name in each})


def propose_mapping(names: Sequence[str]) -> Proposal:
    """What the columns are; who speaks, and which column holds what they say, is asked where in doubt."""
    columns = _Columns(names)
    role, body = _propose_role(columns), _propose_body(columns)
    customer = {
        part: found
        for part, known in read_known_names()["customer"].items()
        if (found := columns.first(known))
    }
    document: dict[str, Any] = {key: found for key in _LISTED if (found := columns.find(key))}
    document |= {"customer": customer} if customer else {}
    if columns.find("answer") and (question := columns.find("question")):
        document["question"] = question
    questions = tuple(each for each in (role, body) if isinstance(each, str))
    for part in (role, body):
        document |= part if isinstance(part, dict) else {}
    return Proposal({**document, "rest": True}, questions)


class _Columns:
    """The columns of a table by the names that are compared; of equal names the first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._columns = {name_field(name): name for name in reversed(names) if name}

    def first(self, known: Sequence[str]) -> str:
        return next((self._columns[name] for name in known if name in self._columns), "")

    def find(self, key: str) -> str:
        return self.first(read_known_names()[key])

    def all(self, key: str) -> list[str]:
        return [self._columns[name] for name in read_known_names()[key] if name in self._columns]


def _propose_role(columns: _Columns) -> dict[str, Any] | str:
    """Who speaks, and what is internal; or the question."""
    words = read_known_names()["words"]
    yes, no = words["yes"], words["no"]
    if role := columns.find("role"):
        author: dict[str, Any] = {"path": role, "map": words["role"]}
    elif speaks := columns.find("customer_speaks"):
        author = {"path": speaks, "map": {"customer": yes, "agent": no}}
    elif speaks := columns.find("agent_speaks"):
        author = {"path": speaks, "map": {"agent": yes, "customer": no}}
    elif columns.find("answer"):
        author = {"is": "agent"}
    else:
        return "which column tells whether the agent or the customer wrote (`author_role`)"
    found: dict[str, Any] = {"author_role": author}
    for key, said in (("internal", yes), ("public", no)):
        if column := columns.find(key):
            found["internal"] = {"path": column, "is": said}
    return found


def _propose_body(columns: _Columns) -> dict[str, Any] | str:
    """Where the words are, or the question."""
    if answer := columns.find("answer"):
        return {"body": {"text": answer}}
    texts, html = columns.all("text"), columns.find("html")
    if len(texts) > 1:
        return f"which of {', '.join(texts)} holds what was said (`body`)"
    if not texts and not html:
        return "which column holds what was said (`body`)"
    # Plain bodies of some systems have lost their line ends; the HTML beside them has not.
    return {"body": ({"html": html} if html else {}) | ({"text": texts[0]} if texts else {})}
