"""The tests beside the policies: `*.test.yaml` files in, replies with the claims that they must hold out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from consistency_check.model import ExpectedClaim, KnowledgeBase, Problem, Reply, ReplyTest, Source, Verdict
from consistency_check.policies.answers import ANY, value_reader
from consistency_check.policies.files import find_test_files, read_file
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.problems import KnowledgeBaseError, did_you_mean, shorten_text
from consistency_check.policies.recovery import parse_text
from consistency_check.policies.shape import (
    Problems,
    complain,
    read_day,
    read_entries,
    read_fields,
    read_one_of,
    read_text,
    require,
)
from consistency_check.values import ValueReadError

REQUIRED = {"reply": "reply: You have 30 days to send it back.", "claims": "claims: []"}
OPTIONAL = ("name", "question", "channel", "day", "attributes")
EXPECTED = ("policy", "value", "verdict")
HINTS = {
    "examples": "examples stand below a policy; write `reply` and `claims` here",
    "text": "write the reply's words as `reply`",
    "date": "write the day as `day`",
    "tier": "write it below `attributes`",
}


def load_tests(path: Path, knowledge: KnowledgeBase) -> tuple[ReplyTest, ...]:
    """The tests beside the policies of a folder or file, in the order of their files.

    Raises KnowledgeBaseError with every problem of every test file, sorted by place.
    """
    problems: Problems = []
    tests = [test for file in find_test_files(path) for test in _read_tests(file, knowledge, problems)]
    if problems:
        raise KnowledgeBaseError(problems)
    return tuple(tests)


def _read_tests(file: Path, knowledge: KnowledgeBase, problems: Problems) -> Iterator[ReplyTest]:
    text = read_file(file, problems)
    root = parse_text(text, str(file), problems).root if text is not None else None
    if root is None:
        if text is not None and not problems:
            problems.append(
                Problem(Source(str(file)), "is empty; write `tests:` and a list below it, or delete it")
            )
        return
    fields = read_fields(root, ("tests",), "a test file", problems)
    if root.kind is Kind.MAP:
        require(fields, {"tests": "tests:"}, root.source, "this file", problems)
    for item in _list_items(fields.get("tests"), "`tests`", problems):
        if test := _read_test(item, knowledge, problems):
            yield test


def _list_items(node: Node | None, what: str, problems: Problems) -> tuple[Node, ...]:
    if node is None or node.kind is Kind.BROKEN:
        return ()
    if node.kind is Kind.LIST:
        return node.items
    found = "nothing" if node.is_empty else node.kind.value
    complain(
        node, f"{what} is a list, not {found}; begin each entry with `- `, or write `[]` for none", problems
    )
    return ()


def _read_test(node: Node, knowledge: KnowledgeBase, problems: Problems) -> ReplyTest | None:
    fields = read_fields(node, (*REQUIRED, *OPTIONAL), "a test", problems, HINTS)
    if node.kind is not Kind.MAP:
        return None
    require(fields, REQUIRED, node.source, "this test", problems)
    words = {
        name: read_text(fields.get(name), f"`{name}`", problems) or ""
        for name in ("reply", "name", "question", "channel")
    }
    attributes = {
        name: word
        for name, _, value in read_entries(fields.get("attributes"), "`attributes`", problems)
        if (word := read_text(value, f"`{name}`", problems))
    }
    claims = _list_items(fields.get("claims"), "`claims`", problems)
    expected = [claim for item in claims if (claim := _read_expected(item, knowledge, problems))]
    name = words["name"] or shorten_text(words["reply"])
    reply = Reply(
        name,
        words["channel"],
        words["reply"],
        words["question"],
        attributes=attributes,
        source=node.source,
    )
    return ReplyTest(name, reply, _read_sent(fields.get("day"), problems), tuple(expected), node.source)


def _read_sent(node: Node | None, problems: Problems) -> date | None:
    text = read_text(node, "`day`", problems)
    if text is None or node is None:
        return None
    message = f"`{shorten_text(text)}` is no day; write year, month and day, as in 2026-03-01"
    return read_day(text, node, message, problems)


def _read_expected(node: Node, knowledge: KnowledgeBase, problems: Problems) -> ExpectedClaim | None:
    fields = read_fields(node, EXPECTED, "a claim", problems)
    if node.kind is not Kind.MAP:
        return None
    require(fields, {"policy": "policy: returns.window"}, node.source, "this claim", problems)
    name = read_text(fields.get("policy"), "`policy`", problems)
    verdict = read_one_of(fields.get("verdict"), tuple(Verdict), "`verdict`", problems)
    if name is None:
        return None
    policy = knowledge.policies.get(name)
    if policy is None:
        message = f"there is no policy `{shorten_text(name)}`; {did_you_mean(name, knowledge.policies)}"
        complain(fields["policy"], message, problems)
        return None
    text = read_text(fields.get("value"), "`value`", problems)
    value = None
    if text is not None and text.casefold() != ANY:
        try:
            value = value_reader(policy.type, policy.options)(text)
        except ValueReadError as error:
            complain(fields["value"], str(error), problems)
    return ExpectedClaim(name, value, Verdict(verdict) if verdict else None, node.source)
