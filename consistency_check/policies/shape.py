"""Nodes as the texts, lists and fields that an entry needs; what does not fit is complained about.

Every function here returns something usable whatever it is given, so that one mistake does not hide
the next; a caller that must know whether it got what it asked for looks for None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from consistency_check.model import Problem, Source
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import CONTROL, did_you_mean, quote_text, shorten_text, suggest_word

Problems = list[Problem]
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NAME = re.compile(r"\w[\w-]*")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def complain(node: Node, message: str, problems: Problems) -> None:
    """Note what is wrong at a node."""
    problems.append(Problem(node.source, message))


def read_fields(
    node: Node | None,
    known: Collection[str],
    what: str,
    problems: Problems,
    hints: Mapping[str, str] | None = None,
) -> dict[str, Node]:
    """The fields of a mapping by name; complains of what is no mapping, unknown keys and duplicates.

    `hints` says, for a key that is not known here, what to do about it.
    """
    fields: dict[str, Node] = {}
    misspelt: dict[str, Node] = {}
    for name, key, value in read_entries(node, what, problems):
        if name in known:
            fields[name] = value
        elif hints and name in hints:
            complain(key, f"`{name}` has no place in {what}; {hints[name]}", problems)
        else:
            message = f"{what} has no key `{shorten_text(name)}`; {did_you_mean(name, known)}"
            complain(key, message, problems)
            misspelt[suggest_word(name, known)] = value
    # Read on as if it had been spelt well: what is below it may have problems too.
    return fields | {name: value for name, value in misspelt.items() if name and name not in fields}


def read_entries(
    node: Node | None, what: str, problems: Problems, twice: str = ""
) -> list[tuple[str, Node, Node]]:
    """The (name, key, value) triples of a mapping, each name once; `twice` words a duplicate."""
    if node is None or node.kind is Kind.BROKEN:
        return []
    if node.kind is not Kind.MAP:
        found = "nothing" if node.is_empty else node.kind.value
        complain(node, f"{what} has {found} here, but needs keys; {_advise_map(node)}", problems)
        return []
    first: dict[str, Source] = {}
    triples: list[tuple[str, Node, Node]] = []
    for key, value in node.entries:
        name = _read_key(key, problems)
        if name is None:
            continue
        if name in first:
            again = twice or "`{name}` is written twice"
            message = (
                f"{again.format(name=shorten_text(name))}, first in line {first[name].line}; keep one of them"
            )
            complain(key, message, problems)
            continue
        first[name] = key.source
        triples.append((name, key, value))
    return triples


def _advise_map(node: Node) -> str:
    if node.is_empty:
        return "write them below it, indented by two more spaces, as `key: value`"
    if node.kind is Kind.LIST:
        return "write `key: value` lines without the `-`"
    if re.match(r"\w+:\S", node.text):
        return "put a space after the colon"
    return "write `key: value` lines below it, indented by two more spaces"


def _read_key(key: Node, problems: Problems) -> str | None:
    if key.kind is Kind.BROKEN:
        return None
    if key.kind is not Kind.TEXT:
        text = "a key is a text, but this is " + key.kind.value
        complain(key, f"{text}; if the text begins with `{{` or `[`, put it in double quotes", problems)
        return None
    if not key.text:
        complain(key, "a key is missing before the colon; write `key: value`", problems)
        return None
    if key.text == "<<" and not key.style:
        complain(key, "`<<` does not merge entries here; write their keys out", problems)
        return None
    return " ".join(key.text.split())


def read_text(node: Node | None, what: str, problems: Problems) -> str | None:
    """A text on one line; None (and a complaint, unless there is no node) where it is none."""
    if node is None or node.kind is Kind.BROKEN:
        return None
    if node.kind is not Kind.TEXT:
        complain(node, f"{what} is one text, but this is {node.kind.value}; {_advise_text(node)}", problems)
        return None
    text = " ".join(node.text.split())
    if not text:
        complain(node, f"{what} is empty; write its text, or leave the line out", problems)
        return None
    if found := CONTROL.search(text):
        complain(node, f"{what} holds the control character U+{ord(found[0]):04X}; leave it out", problems)
        return None
    return text


def _advise_text(node: Node) -> str:
    if node.kind is Kind.MAP and not node.flow and node.entries:
        key, value = node.entries[0]
        if key.kind is value.kind is Kind.TEXT:
            whole = quote_text(f"{key.text}: {value.text}")
            return (
                f"a colon and a space make a key of the words before them, so put the text in quotes: {whole}"
            )
    if node.kind is Kind.MAP and node.flow:
        return 'a text that begins with `{` needs double quotes, as in "{value} a year"'
    if node.kind is Kind.LIST and node.flow:
        return "leave out the brackets, or put a text that begins with `[` in double quotes"
    return "write it on one line after the key"


def read_texts(node: Node | None, what: str, problems: Problems) -> tuple[str, ...]:
    """A list of texts, each on one line."""
    if node is None or node.kind is Kind.BROKEN:
        return ()
    if node.kind is not Kind.LIST:
        found = "nothing" if node.is_empty else node.kind.value
        example = quote_text(node.text) if node.kind is Kind.TEXT and not node.is_empty else "first text"
        advice = f"write `- {example}` below it, one line for each text"
        complain(node, f"{what}: a list of texts is needed here, not {found}; {advice}", problems)
        return ()
    texts = (read_text(item, f"an entry of {what}", problems) for item in node.items)
    return tuple(text for text in texts if text is not None)


def read_words(node: Node, what: str, problems: Problems) -> tuple[str, ...]:
    """A list of texts that may be left empty."""
    return () if node.is_empty else read_texts(node, what, problems)


def read_name(node: Node | None, what: str, problems: Problems) -> str | None:
    """A name that can be part of a policy's id: letters, digits, `_` and `-`."""
    name = read_text(node, what, problems)
    if name is None or node is None or NAME.fullmatch(name):
        return name
    better = "_".join(re.findall(r"[\w-]+", name)) or "returns"
    message = f"{what} `{shorten_text(name)}` is part of an id"
    complain(node, f"{message}; write it with letters, digits and `_` only, as in `{better}`", problems)
    return None


def read_one_of(node: Node | None, allowed: Collection[str], what: str, problems: Problems) -> str | None:
    """One of a few words."""
    word = read_text(node, what, problems)
    if word is None or node is None or word in allowed:
        return word
    complain(node, f"{what} cannot be `{shorten_text(word)}`; {did_you_mean(word, allowed)}", problems)
    return None


def read_day(text: str, node: Node, message: str, problems: Problems) -> date | None:
    """A day of four, two and two digits; `message` is said of what is written otherwise."""
    if not ISO_DAY.fullmatch(text):
        complain(node, message, problems)
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complain(node, f"there is no day {text}; write a day of the calendar as year-month-day", problems)
        return None


def require(
    fields: Mapping[str, Node], names: Mapping[str, str], place: Source, what: str, problems: Problems
) -> None:
    """Complain of the fields that must be there and are not; `names` maps a field to an example line."""
    if any(node.has_swallowed for node in fields.values()):
        return
    for name, example in names.items():
        if name not in fields:
            problems.append(Problem(place, f"{what} has no `{name}`; add a line like `{example}`"))
