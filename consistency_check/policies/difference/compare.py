"""Two versions of a knowledge base in, every change of meaning out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from consistency_check.model import ChangeKind, KnowledgeBase, Policy, PolicyChange, Source, Topic
from consistency_check.policies.difference.exceptions import compare_exceptions
from consistency_check.policies.difference.renames import Pair, pair_policies
from consistency_check.policies.difference.timeline import (
    compare_timelines,
    show_since,
    show_timeline,
    wrap_text,
)
from consistency_check.values import is_same, show_value

WORDINGS = ("phrasings", "yes_phrasings", "no_phrasings", "questions")
SETTINGS = {
    "type": ChangeKind.TYPE,
    "compare": ChangeKind.COMPARE,
    "favours": ChangeKind.FAVOURS,
    "severity": ChangeKind.SEVERITY,
}
DEFAULTS = {"compare": ("equal or, where the value is a range, within",), "favours": ("neither",)}


def compare_policies(old: KnowledgeBase, new: KnowledgeBase) -> tuple[PolicyChange, ...]:
    """Every change in meaning from `old` to `new`, sorted by what it is about and its kind.

    Order, layout, comments, quoting and the spelling of a unit mean nothing; owners, sources and examples
    change nothing that a customer is told, and are left out.
    """
    pairs = pair_policies(old, new)
    came = {*new.policies} - {pair.new.id for pair in pairs}
    went = {*old.policies} - {pair.old.id for pair in pairs}
    found = [
        *(describe_whole(new.policies[name], ChangeKind.ADDED) for name in came),
        *(describe_whole(old.policies[name], ChangeKind.REMOVED) for name in went),
        *(change for pair in pairs for change in compare_pair(pair)),
        *_compare_topics(old, new, pairs),
        *_compare_attributes(old, new),
    ]
    return tuple(sorted(found, key=lambda c: (c.about, c.kind.rank, c.part, c.before, c.after)))


def describe_whole(policy: Policy, kind: ChangeKind) -> PolicyChange:
    """A policy that came or went, with its statement and values."""
    said = (policy.statement, show_timeline(policy.values))
    before, after = ((), said) if kind is ChangeKind.ADDED else (said, ())
    return PolicyChange(policy.id, kind, "", before, after, policy.source)


def compare_pair(pair: Pair) -> Iterator[PolicyChange]:
    """How one policy changed."""
    old, new, sureness = pair
    changed = PolicyChange(new.id, ChangeKind.WORDING, "", (), (), new.source)
    if old.id != new.id:
        yield replace(changed, kind=ChangeKind.RENAMED, before=(old.id,), after=(new.id,), sureness=sureness)
    for name, kind in SETTINGS.items():
        before, after = wrap_text(str(getattr(old, name))), wrap_text(str(getattr(new, name)))
        if before != after:
            default = DEFAULTS.get(name, ())
            yield replace(changed, kind=kind, before=before or default, after=after or default)
    yield from _compare_tolerance(old, new, changed)
    for step in compare_timelines(old.values, new.values):
        when = {step.part or "always", *step.after}
        place = next((d.source for d in new.values if show_since(d.since) in when), new.source)
        yield replace(
            changed, kind=step.kind, part=step.part, before=step.before, after=step.after, source=place
        )
    for one in compare_exceptions(old, new):
        yield replace(
            changed, kind=one.kind, part=one.part, before=one.before, after=one.after, source=one.source
        )
    yield from _compare_wording(old, new, changed)


def _compare_tolerance(old: Policy, new: Policy, changed: PolicyChange) -> Iterator[PolicyChange]:
    if old.tolerance and new.tolerance and is_same(old.tolerance, new.tolerance):
        return
    shown = [(show_value(one.tolerance),) if one.tolerance else () for one in (old, new)]
    if shown[0] != shown[1]:
        yield replace(changed, kind=ChangeKind.TOLERANCE, before=shown[0], after=shown[1])


def _compare_wording(old: Policy, new: Policy, changed: PolicyChange) -> Iterator[PolicyChange]:
    if old.statement != new.statement:
        yield replace(changed, part="statement", before=(old.statement,), after=(new.statement,))
    for name in WORDINGS:
        yield from compare_texts(name.replace("_", " "), getattr(old, name), getattr(new, name), changed)
    was, will = dict(old.options), dict(new.options)
    for option in sorted({*was, *will}):
        words = [(option, *options[option]) if option in options else () for options in (was, will)]
        yield from compare_texts(f"option {option}", words[0], words[1], changed)


def compare_texts(
    part: str, before: Iterable[str], after: Iterable[str], changed: PolicyChange
) -> Iterator[PolicyChange]:
    """The texts that went and those that came, in whatever order they stand."""
    was, will = set(before), set(after)
    if was != will:
        yield replace(changed, part=part, before=tuple(sorted(was - will)), after=tuple(sorted(will - was)))


def _compare_topics(old: KnowledgeBase, new: KnowledgeBase, pairs: Iterable[Pair]) -> Iterator[PolicyChange]:
    """Topics of one name, and those that all their policies moved from one to the other."""
    moved = {(pair.old.topic, pair.new.topic) for pair in pairs if pair.new.topic not in old.topics}
    for was, will in sorted({(name, name) for name in old.topics if name in new.topics} | moved):
        yield from _compare_topic(old.topics[was], new.topics[will])


def _compare_topic(old: Topic, new: Topic) -> Iterator[PolicyChange]:
    changed = PolicyChange(new.name, ChangeKind.WORDING, "", (), (), new.source)
    if old.title != new.title:
        yield replace(changed, part="title", before=wrap_text(old.title), after=wrap_text(new.title))
    yield from compare_texts("questions", old.questions, new.questions, changed)
    yield from compare_texts("keywords", old.keywords, new.keywords, changed)


def _compare_attributes(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[PolicyChange]:
    """What words name an attribute's value; these have no place of their own."""
    for name in sorted({*old.attributes, *new.attributes}):
        changed = PolicyChange(f"attributes.{name}", ChangeKind.ATTRIBUTE, "", (), (), Source(""))
        before, after = old.attributes.get(name, {}), new.attributes.get(name, {})
        for value in sorted({*before, *after}):
            yield from compare_texts(value, _list_named(before, value), _list_named(after, value), changed)


def _list_named(values: Mapping[str, tuple[str, ...]], value: str) -> tuple[str, ...]:
    return (value, *values[value]) if value in values else ()
