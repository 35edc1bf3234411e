"""One policy of a topic: its wording, its type and its answers."""

from __future__ import annotations

from dataclasses import dataclass

from consistency_check.model import Policy, Severity, Value
from consistency_check.policies.answers import (
    Options,
    read_exceptions,
    read_options,
    read_tolerance,
    read_values,
    value_reader,
)
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import did_you_mean, shorten_text
from consistency_check.policies.shape import (
    PLACEHOLDER,
    Problems,
    complain,
    read_fields,
    read_one_of,
    read_text,
    read_texts,
    require,
)
from consistency_check.values import VALUE_TYPES

REQUIRED = {
    "statement": "statement: Items can be returned within {value}.",
    "type": "type: duration",
    "value": "value: 30 days",
}
OPTIONAL = (
    "questions", "phrasings", "exceptions", "options", "severity", "favours",
    "source", "compare", "tolerance", "examples",
)  # fmt: skip
EXAMPLES = ("agrees", "conflicts", "silent")
COMPARE = ("equal", "at_most", "at_least", "within")
FAVOURS = ("higher", "lower")
# What people call the types elsewhere.
OTHER_NAMES = {
    "amount": "money", "bool": "yes_no", "boolean": "yes_no", "currency": "money", "day": "date",
    "days": "duration", "email": "contact", "enum": "choice", "integer": "number", "list": "choice",
    "option": "choice", "options": "choice", "percentage": "percent", "period": "duration",
    "phone": "contact", "price": "money", "string": "text", "url": "contact", "yes/no": "yes_no",
    "yesno": "yes_no",
}  # fmt: skip
HINTS = {
    "answers": "write the answer as `value`",
    "exception": "write `exceptions`, and a list below it",
    "keywords": "keywords belong to the topic, at the top of the file",
    "owner": "the owner belongs to the topic, at the top of the file",
    "policies": "it stands once a file, without indentation",
    "title": "the title belongs to the topic, at the top of the file",
    "topic": "it stands once a file, without indentation",
    "when": "write it in the list of `exceptions`, as `- when: {tier: gold}`",
}


@dataclass(frozen=True, slots=True)
class _Wording:
    """The phrasings of a policy by what they say."""

    neutral: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def read_policy(
    topic: str, owner: str, name: str, key: Node, node: Node, problems: Problems
) -> Policy | None:
    """The policy `topic.name`; None where it lacks what a policy cannot do without."""
    what = f"the policy `{shorten_text(name)}`"
    fields = read_fields(node, (*REQUIRED, *OPTIONAL), what, problems, HINTS)
    if node.kind is not Kind.MAP:
        return None
    require(fields, REQUIRED, key.source, what, problems)
    type_name = _read_type(fields.get("type"), problems)
    options = _read_options(fields.get("options"), type_name, fields.get("type"), problems)
    statement = _read_statement(fields.get("statement"), type_name, problems)
    wording = _read_phrasings(fields.get("phrasings"), type_name, problems)
    usable = type_name and (type_name != "choice" or options)
    read = value_reader(type_name, options) if type_name and usable else None
    values = read_values(fields.get("value"), read, problems)
    examples = read_fields(fields.get("examples"), EXAMPLES, "`examples`", problems)
    agrees, conflicts, silent = (
        read_texts(examples.get(kind), f"the examples of `{kind}`", problems) for kind in EXAMPLES
    )
    policy = Policy(
        id=f"{topic}.{name}",
        topic=topic,
        statement=statement or "",
        type=type_name or "",
        values=values,
        questions=read_texts(fields.get("questions"), "`questions`", problems),
        phrasings=wording.neutral,
        yes_phrasings=wording.yes,
        no_phrasings=wording.no,
        options=options,
        exceptions=read_exceptions(fields.get("exceptions"), read, problems),
        severity=Severity(_read_choice(fields, "severity", tuple(Severity), problems) or Severity.MEDIUM),
        favours=_read_choice(fields, "favours", FAVOURS, problems),
        compare=_read_compare(fields, type_name, problems),
        tolerance=_read_tolerance(fields.get("tolerance"), type_name, problems),
        owner=owner,
        reference=read_text(fields.get("source"), "`source`", problems) or "",
        agrees_examples=agrees,
        conflicts_examples=conflicts,
        silent_examples=silent,
        source=key.source,
    )
    return policy if statement and type_name and values else None


def _read_type(node: Node | None, problems: Problems) -> str | None:
    word = read_text(node, "`type`", problems)
    if word is None or node is None:
        return None
    if word in VALUE_TYPES:
        return word
    other = OTHER_NAMES.get(word.casefold().replace(" ", ""))
    remedy = f"write `{other}`" if other else did_you_mean(word, sorted(VALUE_TYPES))
    complain(node, f"there is no type `{shorten_text(word)}`; {remedy}", problems)
    return None


def _read_options(
    node: Node | None, type_name: str | None, place: Node | None, problems: Problems
) -> Options:
    options = read_options(node, problems)
    if type_name == "choice" and node is None and place is not None:
        advice = "add `options:` and below it one line for each, as `store credit: [gift card, voucher]`"
        complain(place, f"a choice needs its options; {advice}", problems)
    if type_name not in (None, "choice") and node is not None:
        message = f"`options` belong to the type `choice`, and this is `{type_name}`"
        complain(node, f"{message}; leave them out, or write `type: choice`", problems)
        return ()
    return options


def _read_statement(node: Node | None, type_name: str | None, problems: Problems) -> str | None:
    text = read_text(node, "`statement`", problems)
    if text is None or node is None or not _check_placeholders(node, text, problems):
        return text
    has_value = "{value}" in text
    if type_name == "yes_no" and has_value:
        message = "the statement of a `yes_no` policy has no `{value}`"
        complain(node, f"{message}; write what is true where the value is yes", problems)
    # A text answers in prose of its own, which need not be part of a sentence.
    if type_name not in (None, "yes_no", "text") and not has_value:
        message = "the statement does not say where the value stands"
        complain(
            node, f"{message}; write `{{value}}` in its place, as in “within {{value}} of delivery”", problems
        )
    return text


def _check_placeholders(node: Node, text: str, problems: Problems) -> bool:
    wrong = [found for found in PLACEHOLDER.findall(text) if found != "{value}"]
    if wrong:
        complain(
            node,
            f"only `{{value}}` can stand in a text, not `{shorten_text(wrong[0])}`; write `{{value}}`",
            problems,
        )
    return not wrong


def _read_phrasings(node: Node | None, type_name: str | None, problems: Problems) -> _Wording:
    if node is None or node.kind is Kind.BROKEN:
        return _Wording()
    if type_name == "yes_no":
        return _read_sided_phrasings(node, problems)
    if node.kind is Kind.MAP and type_name is not None:
        message = f"`phrasings` of the type `{type_name}` are a list"
        complain(
            node, f"{message}; write `- you have {{value}} to send it back`, one line for each", problems
        )
        return _Wording()
    if node.kind is Kind.MAP:
        return _read_sided_phrasings(node, problems)
    return _Wording(neutral=_read_phrases(node, problems))


def _read_sided_phrasings(node: Node, problems: Problems) -> _Wording:
    if node.kind is Kind.LIST:
        message = "`phrasings` of a `yes_no` policy say which answer they give"
        complain(node, f"{message}; write `yes:` and `no:` below it, each with its list", problems)
        return _Wording()
    sides = read_fields(node, ("yes", "no"), "`phrasings`", problems)
    return _Wording(
        yes=_read_phrases(sides.get("yes"), problems), no=_read_phrases(sides.get("no"), problems)
    )


def _read_phrases(node: Node | None, problems: Problems) -> tuple[str, ...]:
    phrases = read_texts(node, "`phrasings`", problems)
    for item in node.items if node else ():
        if item.kind is Kind.TEXT:
            _check_placeholders(item, item.text, problems)
    return phrases


def _read_choice(fields: dict[str, Node], name: str, allowed: tuple[str, ...], problems: Problems) -> str:
    return read_one_of(fields.get(name), allowed, f"`{name}`", problems) or ""


def _read_compare(fields: dict[str, Node], type_name: str | None, problems: Problems) -> str:
    compare = _read_choice(fields, "compare", COMPARE, problems)
    if compare in COMPARE[1:] and type_name and not VALUE_TYPES[type_name].tolerance_type:
        message = f"values of the type `{type_name}` are equal or not, so `{compare}` means nothing"
        complain(fields["compare"], f"{message}; leave `compare` out", problems)
    return compare


def _read_tolerance(node: Node | None, type_name: str | None, problems: Problems) -> Value | None:
    if node is None or type_name is None:
        return None
    if tolerance_type := VALUE_TYPES[type_name].tolerance_type:
        return read_tolerance(node, tolerance_type, problems)
    message = f"values of the type `{type_name}` have no distance"
    complain(node, f"{message}; leave `tolerance` out", problems)
    return None
