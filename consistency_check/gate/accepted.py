"""The list of accepted findings: every entry of `.consistency-check-accept.yaml` that is sound."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from consistency_check.gate.acceptance import Acceptance
from consistency_check.model import Problem
from consistency_check.policies.document import read_document
from consistency_check.policies.node import Kind, Node
from consistency_check.policies.shape import (
    Problems,
    complain,
    read_day,
    read_fields,
    read_one_of,
    read_text,
    require,
)

SELECTORS = ("finding", "check", "policy", "channel", "customer")
KEYS = (*SELECTORS, "reason", "author", "expires")
NEEDED = {
    "reason": "reason: agreed with the customer by phone",
    "author": "author: Kim Lee",
    "expires": "expires: 2026-12-31",
}
LARGEST_FILE = 1024 * 1024
"""Bytes: some six thousand entries."""
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """What a list holds: the entries that can be used, in their order, and what is wrong with the others."""

    entries: tuple[Acceptance, ...] = ()
    problems: tuple[Problem, ...] = ()
    _by_finding: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for place, entry in enumerate(self.entries):
            for name in entry.findings or ("",):
                self._by_finding.setdefault(name, []).append(place)

    def find_candidates(self, finding: str) -> list[Acceptance]:
        """The entries that name this fingerprint, or none at all: a long list need not be tried in full."""
        places = {*self._by_finding.get(finding, ()), *self._by_finding.get("", ())}
        return [self.entries[place] for place in sorted(places)]


def read_accepted(text: str, path: str, checks: Collection[str]) -> AcceptedList:
    """The entries below `accepted:`; one with a problem accepts nothing. `checks` are the names there are."""
    problems: Problems = []
    root = read_document(text, path, problems)
    slips = {problem.source.line for problem in problems}
    fields = read_fields(root, ("accepted",), "a list of accepted findings", problems)
    node = fields.get("accepted")
    entries: list[Acceptance] = []
    if node is not None and node.kind is Kind.LIST:
        for item in node.items:
            found = _read_entry(item, checks, problems)
            # What the parser cut or left out would make the entry cover something else than is written.
            if found and slips.isdisjoint(range(item.source.line, _find_last_line(item) + 1)):
                entries.append(found)
    elif node is not None and not node.is_empty:
        complain(node, "`accepted` is a list; write each entry below it, beginning with `- `", problems)
    return AcceptedList(tuple(entries), tuple(sorted(problems)))


def _read_entry(node: Node, checks: Collection[str], problems: Problems) -> Acceptance | None:
    """One entry; None where anything is wrong with it: what it accepts would be a guess."""
    own: Problems = []
    fields = read_fields(node, KEYS, "an accepted finding", own)
    selected = {name: _read_words(fields.get(name), name, checks, own) for name in SELECTORS}
    reason = read_text(fields.get("reason"), "`reason`", own) or ""
    author = read_text(fields.get("author"), "`author`", own) or ""
    expires = _read_expiry(fields.get("expires"), own)
    if node.kind is Kind.MAP:
        require(fields, NEEDED, node.source, "this entry", own)
        if not any(name in fields for name in SELECTORS):
            advice = f"add {', '.join(f'`{name}`' for name in SELECTORS)} or several of them"
            complain(node, f"this entry would accept every finding; {advice}", own)
    problems.extend(own)
    if own or expires is None or any(name in fields and not selected[name] for name in SELECTORS):
        return None
    return Acceptance(
        node.source,
        reason,
        author,
        expires,
        findings=selected["finding"],
        checks=selected["check"],
        policies=selected["policy"],
        channels=selected["channel"],
        customers=selected["customer"],
    )


def _find_last_line(node: Node) -> int:
    below = (*node.items, *(part for entry in node.entries for part in entry))
    return max((node.source.line, node.end_line, *map(_find_last_line, below)))


def _read_words(node: Node | None, name: str, checks: Collection[str], problems: Problems) -> tuple[str, ...]:
    """One text, or a list of them."""
    if node is None:
        return ()
    items = node.items if node.kind is Kind.LIST else (node,)
    if not items:
        complain(node, f"`{name}` is an empty list; write what it names, or leave the line out", problems)
    words = []
    for item in items:
        if name == "check":
            word = read_one_of(item, checks, "`check`", problems)
        else:
            word = read_text(item, f"`{name}`", problems)
        if word and name == "finding" and not _FINGERPRINT.fullmatch(word):
            complain(item, "`finding` is no fingerprint; write the 16 digits of a finding's `id`", problems)
        words += [word] if word else []
    return tuple(words)


def _read_expiry(node: Node | None, problems: Problems) -> date | None:
    text = read_text(node, "`expires`", problems)
    if text is None or node is None:
        return None
    message = "`expires` is no day; write year, month and day, as in 2026-12-31"
    return read_day(text, node, message, problems)
