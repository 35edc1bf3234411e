"""A folder (or one file) of policies as a KnowledgeBase, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from consistency_check.model import KnowledgeBase, Problem, Source
from consistency_check.policies.attributes import Words, check_conditions, read_attributes
from consistency_check.policies.files import ATTRIBUTE_FILES, find_files, read_file
from consistency_check.policies.problems import KnowledgeBaseError
from consistency_check.policies.recovery import Parsed, parse_text
from consistency_check.policies.shape import Problems
from consistency_check.policies.topic import TopicFile, read_topic


def load_policies(path: Path) -> KnowledgeBase:
    """The knowledge base in a folder with its subfolders, or in one file.

    Raises KnowledgeBaseError with every problem of every file, sorted by place.
    """
    problems: Problems = []
    parsed = _parse_files(find_files(path, problems), problems)
    attributes = {file: tree for file, tree in parsed.items() if file.name.lower() in ATTRIBUTE_FILES}
    declared = _read_attributes(attributes, problems)
    topics = _read_topics({file: tree for file, tree in parsed.items() if file not in attributes}, problems)
    if attributes and not any(tree.gaps for tree in attributes.values()):
        for tree in parsed.values():
            if tree.root:
                check_conditions(tree.root, declared, problems)
    if not problems and not any(topic.policies for topic in topics):
        message = "holds no policy; write one in a file like returns.yaml, below `policies:`"
        problems.append(Problem(Source(str(path)), message))
    if problems:
        raise KnowledgeBaseError(problems)
    return KnowledgeBase(
        topics={topic.topic.name: topic.topic for topic in sorted(topics, key=lambda t: t.topic.name)},
        policies={p.id: p for p in sorted((p for t in topics for p in t.policies), key=lambda p: p.id)},
        attributes=declared,
    )


def _parse_files(files: Iterable[Path], problems: Problems) -> dict[Path, Parsed]:
    parsed = {}
    for file in files:
        text = read_file(file, problems)
        if text is None:
            continue
        parsed[file] = tree = parse_text(text, str(file), problems)
        if tree.root is None and not tree.gaps:
            problems.append(
                Problem(Source(str(file)), "is empty; write a topic and its policies, or delete it")
            )
    return parsed


def _read_topics(parsed: Mapping[Path, Parsed], problems: Problems) -> list[TopicFile]:
    topics = []
    for file, tree in parsed.items():
        if tree.root and (topic := read_topic(tree.root, file, tree.gaps, problems)):
            topics.append(topic)
    _check_ids(topics, problems)
    return topics


def _check_ids(topics: Iterable[TopicFile], problems: Problems) -> None:
    first: dict[str, Source] = {}
    for topic in topics:
        name, place = topic.topic.name, topic.topic.source
        if name in first:
            message = f"the topic `{name}` is already at {first[name]}; keep one topic in one file"
            problems.append(Problem(place, message))
        first.setdefault(name, place)
    for policy, place in (entry for topic in topics for entry in topic.places):
        if policy in first:
            problems.append(
                Problem(place, f"the id `{policy}` is already used at {first[policy]}; rename one of them")
            )
        first.setdefault(policy, place)


def _read_attributes(parsed: Mapping[Path, Parsed], problems: Problems) -> Words:
    merged: dict[str, Mapping[str, tuple[str, ...]]] = {}
    first: dict[str, Path] = {}
    for file, tree in parsed.items():
        for name, words in read_attributes(tree.root, problems).items() if tree.root else ():
            if name in merged:
                message = f"the attribute `{name}` is already declared in {first[name]}; keep one of them"
                problems.append(Problem(Source(str(file)), message))
            merged.setdefault(name, words)
            first.setdefault(name, file)
    return merged
