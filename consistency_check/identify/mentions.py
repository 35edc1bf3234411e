"""What texts and columns name of a customer elsewhere: references, customer ids, e-mails and phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from consistency_check.identify.blocks import Pair, pair_up
from consistency_check.identify.clusters import Clusters
from consistency_check.identify.identity import Evidence
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.notes import Noted
from consistency_check.identify.references import find_shape, learn_shapes, normalise_reference

MOST_CUSTOMERS = 8
"""Customers who name one reference, from which on it is a product's, a template's or the company's own."""
PHONE_DIGITS = 9
"""The last digits by which a number in a text is known, however its country and area are written."""
LONGEST_PHONE = 15
"""Digits of a phone with its country: ITU-T E.164."""


class Known:
    """All that may be named: customer ids, e-mails and phones that somebody bears, and references."""

    def __init__(self, nodes: Nodes) -> None:
        self.owners: dict[str, str] = {}
        for _, ids in nodes.walk_keys(Evidence.CUSTOMER_ID):
            self.owners.update((signs, each) for each in ids if (signs := normalise_reference(each)))
        self.emails = {email for _, emails in nodes.walk_keys(Evidence.EMAIL) for email in emails}
        self.phones = _find_phones(nodes)
        self.references = {each for noted in nodes.noted.values() for each in noted.columns}
        self.references.update(each for profile in nodes.list_fixed() for each in profile.references)
        self._around = nodes.around
        self._shapes = learn_shapes(sorted(self.references | self.owners.keys()))

    def sort_mentions(self, noted: Noted) -> Iterator[tuple[Evidence, str]]:
        """The mentions of one identity that say something, each with its kind."""
        for each in {*noted.columns, *noted.patterned}:
            if not self._around.is_crowded(Evidence.REFERENCE, each):
                yield self._sort_reference(each)
        for each in {*noted.mentions} - {*noted.columns}:
            if "@" in each:
                if each in self.emails and not self._around.is_crowded(Evidence.CITED_EMAIL, each):
                    yield Evidence.CITED_EMAIL, each
            elif self._is_reference(each):
                if not self._around.is_crowded(Evidence.REFERENCE, each):
                    yield self._sort_reference(each)
            elif phone := self._find_phone(each):
                yield Evidence.CITED_PHONE, phone

    def _is_reference(self, mention: str) -> bool:
        is_known = mention in self.owners or mention in self.references or self.knows_shape(mention)
        return is_known or self._around.knows_reference(mention)

    def _sort_reference(self, reference: str) -> tuple[Evidence, str]:
        owner = self.owners.get(reference)
        return (Evidence.REFERENCE, reference) if owner is None else (Evidence.CITED_ID, owner)

    def knows_shape(self, reference: str) -> bool:
        """Whether references look so."""
        if reference.isdigit():
            return False  # bare digits may be anything
        shape = find_shape(reference)
        told = self._around.knows_shape(shape)
        return shape in self._shapes if told is None else told

    def _find_phone(self, mention: str) -> str:
        digits = find_last_digits(mention)
        return "" if self._around.is_crowded(Evidence.CITED_PHONE, digits) else self.phones.get(digits, "")


def find_last_digits(mention: str) -> str:
    """The digits by which a number in a text may be known as a phone; "" where it is none."""
    is_number = mention.isdigit() and PHONE_DIGITS <= len(mention) <= LONGEST_PHONE
    return mention[-PHONE_DIGITS:] if is_number else ""


def find_line(phone: str) -> str:
    """The digits by which a text may name a borne phone; "" for one that is too short."""
    digits = phone.partition(";")[0].removeprefix("+")
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""


def _find_phones(nodes: Nodes) -> Mapping[str, str]:
    """Phones by their last digits, where these are one phone's."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, phones in nodes.walk_keys(Evidence.PHONE):
        for phone in phones:
            if line := find_line(phone):
                found[line].add(phone)
    return {digits: min(phones) for digits, phones in found.items() if len(phones) == 1}


def add_mentions(clusters: Clusters, nodes: Nodes) -> list[Pair]:
    """Tell the clusters' profiles what is named of them; the pairs of nodes that it ties together."""
    known = Known(nodes)
    named: defaultdict[tuple[Evidence, str], list[int]] = defaultdict(list)
    for node, noted in nodes.noted.items():
        if noted.columns or noted.mentions or noted.patterned:
            for mention in known.sort_mentions(noted):
                named[mention].append(node)
    for node, profile in nodes.walk_fixed():
        for each in profile.references:
            if not nodes.around.is_crowded(Evidence.REFERENCE, each):
                named[Evidence.REFERENCE, each].append(node)
    bearers = _Bearers(nodes, named.keys())
    pairs: list[Pair] = []
    for (kind, what), namers in sorted(named.items()):
        roots = {clusters.find(node) for node in namers}
        if len(roots) > MOST_CUSTOMERS:
            continue
        for root in roots:
            _list_of(clusters, root, kind).add(what)
        pairs += pair_up(sorted({*namers, *bearers.find(kind, what)}), nodes.name_of)
    return pairs


class _Bearers:
    """Whose key a mention is."""

    def __init__(self, nodes: Nodes, mentions: Collection[tuple[Evidence, str]]) -> None:
        self._nodes: dict[tuple[Evidence, str], list[int]] = {}
        for kind, key_kind in _KEY_OF.items():
            wanted = {what for each, what in mentions if each == kind}
            self._collect(kind, wanted, nodes.walk_keys(key_kind) if wanted else ())

    def _collect(self, kind: Evidence, wanted: set[str], walk: Iterable[tuple[int, Iterable[str]]]) -> None:
        for node, keys in walk:
            for key in keys:
                if key in wanted:
                    self._nodes.setdefault((kind, key), []).append(node)

    def find(self, kind: Evidence, what: str) -> list[int]:
        return self._nodes.get((kind, what), [])


_KEY_OF = {
    Evidence.CITED_ID: Evidence.CUSTOMER_ID,
    Evidence.CITED_EMAIL: Evidence.EMAIL,
    Evidence.CITED_PHONE: Evidence.PHONE,
}


def _list_of(clusters: Clusters, root: int, kind: Evidence) -> set[str]:
    profile = clusters.revise(root)
    return {
        Evidence.CITED_ID: profile.cited_ids,
        Evidence.CITED_EMAIL: profile.cited_emails,
        Evidence.CITED_PHONE: profile.cited_phones,
        Evidence.REFERENCE: profile.references,
    }[kind]
