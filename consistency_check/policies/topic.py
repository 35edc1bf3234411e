"""One topic file: the topic and its policies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consistency_check.model import Policy, Source, Topic
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.policy import REQUIRED, read_policy
from consistency_check.policies.problems import suggest_word
from consistency_check.policies.shape import (
    NAME,
    Problems,
    complain,
    read_entries,
    read_fields,
    read_name,
    read_text,
    read_texts,
    require,
)
from consistency_check.policies.slips import KEYS

FIELDS = ("topic", "title", "owner", "questions", "keywords", "policies")
HINTS = {
    "attributes": "the words of attributes stand in a file of their own, attributes.yaml",
    **dict.fromkeys(
        ("statement", "type", "value", "phrasings", "exceptions", "options", "examples"),
        "it is part of a policy: indent it by four spaces, below the policy's name under `policies:`",
    ),
}


@dataclass(frozen=True, slots=True)
class TopicFile:
    """What one file holds: its topic, its policies, and where each id is written."""

    topic: Topic
    policies: tuple[Policy, ...]
    places: tuple[tuple[str, Source], ...]


def read_topic(node: Node, path: Path, gaps: frozenset[str], problems: Problems) -> TopicFile | None:
    """The topic of one file; None where it has no name.

    `gaps` names the top-level keys in which something was left out as unreadable: what is missing
    from them is not complained about again.
    """
    if node.entries and not any(suggest_word(key.text, (*FIELDS, *HINTS)) for key, _ in node.entries):
        advice = "begin it with `topic:` and `policies:`, or move it away"
        complain(node, f"this is no policy file; {advice}", problems)
        return None
    fields = read_fields(node, FIELDS, "a topic file", problems, {**HINTS, **_hint_policies(node)})
    needed = {"topic": f"topic: {_name_from(path)}", "policies": "policies:"}
    if node.kind is Kind.MAP:
        wanted = {name: line for name, line in needed.items() if name not in gaps}
        require(fields, wanted, node.source, "this file", problems)
    name = read_name(fields.get("topic"), "the topic", problems)
    owner = read_text(fields.get("owner"), "`owner`", problems) or ""
    title = read_text(fields.get("title"), "`title`", problems) or ""
    questions = read_texts(fields.get("questions"), "`questions`", problems)
    keywords = read_texts(fields.get("keywords"), "`keywords`", problems)
    policies, places = _read_policies(name or path.stem, owner, fields.get("policies"), gaps, problems)
    if name is None:
        return None
    ids = tuple(sorted(policy.id for policy in policies))
    topic = Topic(name, title, owner, questions, keywords, ids, fields["topic"].source)
    return TopicFile(topic, policies, tuple((f"{name}.{key}", place) for key, place in places))


def _hint_policies(node: Node) -> dict[str, str]:
    """Words for policies that stand at the top, where a topic's own keys are."""
    fallen = (key for key, value in node.entries if any(field.text in REQUIRED for field, _ in value.entries))
    return {key.text: "indent it by two spaces, below `policies:`" for key in fallen}


def _name_from(path: Path) -> str:
    return path.stem if NAME.fullmatch(path.stem) else "returns"


def _read_policies(
    topic: str, owner: str, node: Node | None, gaps: frozenset[str], problems: Problems
) -> tuple[tuple[Policy, ...], list[tuple[str, Source]]]:
    if node is None or (node.is_empty and "policies" in gaps):
        return (), []
    policies: list[Policy] = []
    places: list[tuple[str, Source]] = []
    for _, key, value in read_entries(node, "`policies`", problems):
        if key.text in KEYS and value.kind is not Kind.MAP:
            message = f"`{key.text}` stands at the depth of a policy's name"
            complain(key, f"{message}; indent it by two more spaces, below the name", problems)
            continue
        name = read_name(key, "the policy name", problems)
        places.append((name or key.text, key.source))
        policy = read_policy(topic, owner, name or key.text, key, value, problems)
        if policy and name:
            policies.append(policy)
    return tuple(policies), places
