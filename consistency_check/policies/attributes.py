"""attributes.yaml, and whether the exceptions name attributes that somebody declares.

Rules for exceptions, the strictest that keep the README's own example valid:

- Where there is an attributes.yaml, an exception names only attributes that it declares.
- A value need not be declared (it may come from the replies' fields alone), but one letter away
  from a declared one it is taken for a slip.
- Where there is no attributes.yaml, any field of the replies may be an attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consistency_check.model import name_field
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import shorten_text, suggest_word
from consistency_check.policies.shape import Problems, complain, read_entries, read_fields, read_words

Words = Mapping[str, Mapping[str, tuple[str, ...]]]
# Below this length one letter more often makes another word than a slip.
SLIP_LENGTH = 5


def read_attributes(node: Node, problems: Problems) -> Words:
    """Attribute -> value -> the words by which a reply names it."""
    if node.entries and not any(suggest_word(key.text, ("attributes",)) for key, _ in node.entries):
        message = "the attributes do not stand below `attributes:`"
        complain(
            node, f"{message}; write it in the first line, and indent the others by two spaces", problems
        )
        return {}
    fields = read_fields(node, ("attributes",), "attributes.yaml", problems)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, _, values in read_entries(fields.get("attributes"), "`attributes`", problems):
        known = found.setdefault(name_field(name), {})
        for value, _, words in [] if values.is_empty else read_entries(values, f"`{name}`", problems):
            known[value] = read_words(words, f"the words for `{value}`", problems)
    return found


def check_conditions(root: Node, declared: Words, problems: Problems) -> None:
    """Complain of exceptions in a topic file on attributes that are not declared, and of misspelt values."""
    for key, values in _list_conditions(root):
        name = name_field(key.text)
        if name not in declared:
            near = suggest_word(name, declared)
            remedy = f"did you mean `{near}`?" if near else "add it there, with its values and their words"
            complain(
                key,
                f"attributes.yaml does not declare the attribute `{shorten_text(name)}`; {remedy}",
                problems,
            )
            continue
        for value in values:
            word = " ".join(value.text.split())
            if near := _find_slip(word, declared[name]):
                message = f"`{name}` has no value `{shorten_text(word)}` in attributes.yaml"
                complain(value, f"{message}; did you mean `{near}`?", problems)


def _list_conditions(root: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The attribute and the values of each condition, whatever else is wrong with the file."""
    for _, policy in _find_field(root, "policies").entries:
        for exception in _find_field(policy, "exceptions").items:
            for key, value in _find_field(exception, "when").entries:
                values = value.items if value.kind is Kind.LIST else (value,)
                if key.kind is Kind.TEXT and not all(node.is_empty for node in values):
                    yield key, tuple(node for node in values if node.kind is Kind.TEXT)


def _find_field(node: Node, name: str) -> Node:
    nothing = Node(Kind.BROKEN, node.source)
    return next((value for key, value in node.entries if key.text == name), nothing)


def _find_slip(word: str, declared: Iterable[str]) -> str:
    """The declared value that this one is one letter away from; empty where it is another value."""
    known = {value.casefold(): value for value in sorted(declared)}
    plain = word.casefold()
    if plain in known:
        return ""
    return next((known[other] for other in known if _is_slip(plain, other)), "")


def _is_slip(one: str, other: str) -> bool:
    if _join(one) == _join(other):
        return True
    if min(len(one), len(other)) < SLIP_LENGTH or any(char.isdigit() for char in one + other):
        return False
    different = set(one.split()) ^ set(other.split())
    from rapidfuzz.distance import OSA  # late: only values that are not declared need it

    return OSA.distance(one, other) == 1 and all(len(part) >= SLIP_LENGTH for part in different)


def _join(word: str) -> str:
    return "".join(char for char in word if char.isalnum())
