"""A text without the people in it: what is replaced, by what, and what must stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consistency_check.model import Value
from consistency_check.redaction.composed import compose
from consistency_check.redaction.edits import Edit, apply_edits, edit_quoted, settle_edits
from consistency_check.redaction.names import NameFinder
from consistency_check.redaction.numbers import find_numbers
from consistency_check.redaction.people import NOBODY, Called, People
from consistency_check.redaction.pseudonyms import Pseudonyms
from consistency_check.redaction.whole_names import WholeNames
from consistency_check.values import ValueReadError, find_mentions, is_same, parse_value

_PHONE_DIGITS = 9
_FREE = frozenset({"contact", "text"})
"""Types whose values may themselves be somebody's: an address, or prose with a name in it."""
_PREFIX = 2
_NUMBERED = re.compile(r"[-_]?\d")
_CACHED = 4096


class Redactor:
    """Takes people out of texts: the same person gets the same pseudonym everywhere, by a key."""

    def __init__(self, people: People, key: bytes) -> None:
        self._people = people
        pseudonyms = Pseudonyms(key)
        self._make = pseudonyms.make
        self._names = NameFinder(people, pseudonyms)
        self._whole_names = WholeNames(people)
        self._found: dict[tuple[str, str, str], list[Edit]] = {}

    def type_of(self, policy: str) -> str:
        """The type of a policy's values; prose where the policy is not known."""
        return self._people.types.get(policy, "text")

    def home_of(self, reply_id: str) -> str:
        """The key of the customer who got one of the replies in findings about everybody; "" for another."""
        return self._people.homes.get(reply_id, "")

    def name_customer(self, key: str) -> str:
        """The pseudonym of a customer's key; "" for none."""
        return self._make("customer", key) if key else ""

    def name_person(self, key: str, name: str) -> str:
        """The pseudonym of a customer's own name, which ends as that of the key; "" without a name."""
        return self._make("person", key) if name else ""

    def name_agent(self, agent: str) -> str:
        """The pseudonym of who answered; "" for nobody."""
        return self._names.name_agent(agent)

    def redact_text(self, text: str, customer: str = "", agent: str = "") -> str:
        """A text to a customer; "" stands for one that nobody is known to have been sent."""
        return apply_edits(text, self._find(text, customer, agent))

    def redact_quoted(
        self, context: str, quote: str, at: int, customer: str, agent: str, claimed: tuple[str, Value | None]
    ) -> tuple[str, str, int]:
        """Context, quote and where it stands, of `quote` at `at` in `context`; -1 where it is not there.

        `claimed` are the type of the policy's values and the one that the quote says: it stays.
        """
        whole = context if at >= 0 else quote
        start = max(at, 0)
        edits = self._find(whole, customer, agent)
        if any(edit.start < start + len(quote) and start < edit.end for edit in edits):
            sure = [(edit.start - start, edit.end - start) for edit in edits if edit.is_known]
            kept = [(start + a, start + b) for a, b in list_values(quote, *claimed, sure)]
            edits = [edit for edit in edits if not _is_value(edit, kept, claimed[0])]
        text, quote, place = edit_quoted(whole, start, start + len(quote), edits)
        return (text, quote, place) if at >= 0 else (self.redact_text(context, customer, agent), quote, -1)

    def redact_value(self, shown: str, type_name: str, customer: str, agent: str) -> str:
        """A value as it is shown, without the address of a known person or the people in prose."""
        if type_name not in _FREE:
            return shown
        edits = self._find(shown, customer, agent)
        return apply_edits(shown, [edit for edit in edits if type_name == "text" or edit.is_known])

    def redact_id(self, text: str, customer: str = "") -> str:
        """An id, a path or a channel, of which only what somebody is known by goes: most name nobody."""
        plain = compose(text)
        return apply_edits(text, plain.place(settle_edits(self._list_ids(plain.text, customer))))

    def redact_attributes(self, attributes: Sequence[tuple[str, str]], customer: str) -> dict[str, str]:
        """Attributes in their order; those that describe a person by their names are pseudonyms whole."""
        return {name: self._redact_attribute(name, said, customer) for name, said in attributes}

    def _redact_attribute(self, name: str, said: str, customer: str) -> str:
        kind = self._people.personal(name)
        if not kind or not said:
            return self.redact_text(said, customer) if said else said
        if kind == "person":
            return self.name_person(customer, said) if customer else self._make(kind, self._people.fold(said))
        return self._make(kind, "".join(compose(said).text.split()).upper())

    def _find(self, text: str, customer: str, agent: str) -> list[Edit]:
        place = (text, customer, agent)
        if place not in self._found:
            if len(self._found) >= _CACHED:
                self._found.clear()
            plain = compose(text)
            self._found[place] = plain.place(settle_edits(self._list_edits(plain.text, customer, agent)))
        return self._found[place]

    def _list_edits(self, text: str, customer: str, agent: str) -> Iterator[Edit]:
        """The surest first: of two that overlap, the first one counts."""
        own = self._people.customers.get(customer, NOBODY)
        yield from self._find_keys(text, customer, own)
        for start, end, kind, said in find_numbers(text):
            yield Edit(start, end, self._make(kind, said), kind != "handle")
        for start, end, kind, said, is_known in self._people.find(text):
            if is_known or not self._is_public(kind, said):
                yield Edit(start, end, self._make(kind, said), is_known)
        cued = self._names.list_cued(text)
        yield from self._names.find(text, customer, own, agent, cued)
        for start, end in cued:
            yield Edit(start, end, self._make("person", self._people.fold(text[start:end])))

    def _list_ids(self, text: str, customer: str) -> Iterator[Edit]:
        own = self._people.customers.get(customer, NOBODY)
        yield from self._find_keys(text, customer, own)
        for start, end, kind, said, is_known in self._people.find(text):
            if is_known:
                yield Edit(start, end, self._make(kind, said), is_known)
        for start, end, kind, owner in self._whole_names.find(text):
            yield Edit(start, end, self._make(kind, owner), True)
        names = self._names.find(text, customer, own, "")
        for each in names:
            if not self._names.is_plain(text[each.start : each.end]) and not is_prefix(text, each):
                yield each

    def _find_keys(self, text: str, customer: str, own: Called) -> Iterator[Edit]:
        """The customer's own ids and handles, as words of their own; case does not count."""
        low = text.casefold()
        if len(low) != len(text):
            low = text.lower() if len(text.lower()) == len(text) else text
        for key in sorted(own.keys, key=lambda key: (-len(key), key)):
            at = low.find(key)
            while at >= 0:
                end = at + len(key)
                if not (low[at - 1 : at].isalnum() if at else False) and not low[end : end + 1].isalnum():
                    start = at - 1 if low[at - 1 : at] == "@" else at
                    yield Edit(start, end, self._make("customer", customer), True)
                at = low.find(key, end)

    def _is_public(self, kind: str, said: str) -> bool:
        """Whether an address or a number is the company's own."""
        contacts = self._people.contacts
        return said in contacts or (kind == "phone" and said[-_PHONE_DIGITS:] in contacts)


def is_prefix(text: str, edit: Edit) -> bool:
    """Whether two letters begin a number, as in `EM0114`: that is no Emily called Em."""
    return edit.end - edit.start <= _PREFIX and bool(_NUMBERED.match(text, edit.end))


def list_values(
    quote: str, type_name: str, claimed: Value | None, known: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Where a quote says the value that it claims; where that is not found, all values of its type.

    Of the latter, those inside the places that are `known` to hold what is somebody's are none.
    """
    said = [mention for mention in find_mentions(quote) if mention.value.type == type_name]
    same = [mention for mention in said if claimed is not None and is_same(mention.value, claimed)]
    places = [(mention.start, mention.end) for mention in same or said]
    return places if same else [(a, b) for a, b in places if not any(c <= a and b <= d for c, d in known)]


def read_value(type_name: str, shown: str) -> Value | None:
    """The value that a finding shows; None for what cannot be read back."""
    try:
        return parse_value(type_name, shown)
    except ValueReadError:
        return None


def _is_value(edit: Edit, kept: Sequence[tuple[int, int]], type_name: str) -> bool:
    """Whether an edit would damage a value; an address that is somebody's is no value of a policy's."""
    overlaps = any(edit.start < end and start < edit.end for start, end in kept)
    return overlaps and not (type_name == "contact" and edit.is_known)
