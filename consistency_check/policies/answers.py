"""What a policy answers: its value, dated values, exceptions, options and tolerance."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from consistency_check.model import DatedValue, PolicyException, Value, name_field
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import list_words, shorten_text, suggest_word
from consistency_check.policies.shape import (
    Problems,
    complain,
    read_day,
    read_entries,
    read_fields,
    read_text,
    read_texts,
    read_words,
    require,
)
from consistency_check.values import ValueReadError, parse_value

Options = tuple[tuple[str, tuple[str, ...]], ...]
ReadValue = Callable[[str], Value]

ANY = "any"
EXCEPTION_FIELDS = {"when": "when: {tier: gold}", "value": "value: 60 days"}
SEVERAL_DAYS = "two values are in force from {name}"
PLAIN_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")


def read_options(node: Node | None, problems: Problems) -> Options:
    """The options of a choice with the other words for each."""
    found = []
    for name, key, value in read_entries(node, "`options`", problems):
        if name.casefold() == ANY:
            message = "`any` as a value means that there is no fixed answer, so no option can have that name"
            complain(key, f"{message}; write another word", problems)
        found.append((name, read_words(value, f"the words for `{shorten_text(name)}`", problems)))
    return tuple(found)


def value_reader(type_name: str, options: Options) -> ReadValue:
    """What turns the text of a value into a Value; it raises ValueReadError with a remedy."""
    if type_name == "choice":
        return lambda text: _read_choice(text, options)
    return lambda text: parse_value(type_name, text)


def _read_choice(text: str, options: Options) -> Value:
    names = [name for name, _ in options]
    if text in names:
        return Value("choice", word=text)
    for name, words in options:
        if text.casefold() in (name.casefold(), *(word.casefold() for word in words)):
            raise ValueReadError(
                f"`{shorten_text(text)}` is another word for an option; write its name, `{name}`"
            )
    near = suggest_word(text, names)
    remedy = f"did you mean `{near}`?" if near else f"write {list_words(names)}"
    raise ValueReadError(f"`{shorten_text(text)}` is none of the options; {remedy}")


def read_values(node: Node | None, read: ReadValue | None, problems: Problems) -> tuple[DatedValue, ...]:
    """One value, or several by the day they came into force, sorted by day.

    `read` is None where the type is not known: then only the form is checked.
    """
    if node is None or node.kind is Kind.BROKEN:
        return ()
    if node.kind is not Kind.MAP or (node.flow and _is_placeholder(node)):
        dated = _read_value(node, None, read, problems)
        return (dated,) if dated else ()
    found = []
    for name, key, value in read_entries(node, "`value`", problems, SEVERAL_DAYS):
        message = f"`{shorten_text(name)}` is not the day from which a value holds"
        advice = "write one value, or days as year-month-day, as in `2026-03-01: 30 days`"
        day = read_day(name, key, f"{message}; {advice}", problems)
        if (dated := _read_value(value, day, read, problems)) and day:
            found.append(dated)
    return tuple(sorted(found, key=lambda dated: dated.since or date.min))


def _is_placeholder(node: Node) -> bool:
    return len(node.entries) == 1 and node.entries[0][1].is_empty


def _read_value(
    node: Node, since: date | None, read: ReadValue | None, problems: Problems
) -> DatedValue | None:
    if node.is_empty:
        complain(node, "there is no value here; write one, or `any` where there is no fixed answer", problems)
        return None
    text = read_text(node, "a value", problems)
    if text is None or read is None:
        return None
    if text.casefold() == ANY:
        return DatedValue(since, None, node.source)
    try:
        return DatedValue(since, read(text), node.source)
    except ValueReadError as error:
        complain(node, str(error), problems)
        return None


def read_exceptions(
    node: Node | None, read: ReadValue | None, problems: Problems
) -> tuple[PolicyException, ...]:
    """The exceptions in the order of the file; one that cannot be read is left out."""
    if node is None or node.kind is Kind.BROKEN:
        return ()
    if node.kind is not Kind.LIST:
        advice = "write `- when: {tier: gold}` and below it `value: 60 days`"
        complain(node, f"`exceptions` is a list, but this is {node.kind.value}; {advice}", problems)
        return ()
    exceptions = (_read_exception(item, read, problems) for item in node.items)
    return tuple(exception for exception in exceptions if exception)


def _read_exception(node: Node, read: ReadValue | None, problems: Problems) -> PolicyException | None:
    fields = read_fields(node, EXCEPTION_FIELDS, "an exception", problems)
    if node.kind is Kind.MAP:
        require(fields, EXCEPTION_FIELDS, node.source, "this exception", problems)
    when = _read_when(fields.get("when"), problems)
    values = read_values(fields.get("value"), read, problems)
    return PolicyException(when, values, node.source) if when and values else None


def _read_when(node: Node | None, problems: Problems) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for name, key, value in read_entries(node, "`when`", problems):
        words = _read_when_words(name, key, value, problems)
        if words:
            found.append((name_field(name), words))
    if node and node.kind is Kind.MAP and not node.entries:
        complain(node, "`when` names no attribute; write one, as in `{tier: gold}`", problems)
    return tuple(found)


def _read_when_words(name: str, key: Node, node: Node, problems: Problems) -> tuple[str, ...]:
    shown = shorten_text(name)
    if node.is_empty:
        advice = f"write `{shown}: ` and the value, or several in brackets, as in `{{tier: [gold, silver]}}`"
        if ":" in name:
            advice = f"put a space after the colon: `{shown.replace(':', ': ', 1)}`"
        complain(key, f"`{shown}` has no value to look for; {advice}", problems)
        return ()
    if node.kind is Kind.TEXT:
        word = read_text(node, f"the value of `{shown}`", problems)
        return (word,) if word else ()
    words = read_texts(node, f"the values of `{shown}`", problems)
    if not words and node.kind is Kind.LIST and not node.items:
        complain(node, f"`{shown}` has no value to look for; write one in the brackets", problems)
    return words


def read_tolerance(node: Node, tolerance_type: str, problems: Problems) -> Value | None:
    """How far a stated value may be off, in the type's own measure or as a plain number ("2" of 2%)."""
    text = read_text(node, "`tolerance`", problems)
    if text is None:
        return None
    try:
        return parse_value(tolerance_type, text)
    except ValueReadError as error:
        if PLAIN_NUMBER.fullmatch(text) and tolerance_type != "duration":
            return parse_value("number", text)
        complain(node, f"`tolerance`: {error}", problems)
        return None
