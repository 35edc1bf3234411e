"""The hall of single customers: who they are, why two are one, and all that one of them was told."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from consistency_check.audit import judge_reply_claim, make_contact, rate_finding, trace_answers
from consistency_check.checks import run_checks
from consistency_check.explanation import open_question_reader, open_reader
from consistency_check.identify import Resolution, explain_places
from consistency_check.intake import (
    AuditSettings,
    Gathered,
    Omitted,
    Progress,
    SettingsError,
    batch_replies,
    build_linker,
    is_asked_for,
    load_knowledge,
    make_terms,
    resolve_customers,
    select_replies,
)
from consistency_check.model import (
    Customer,
    CustomerCase,
    History,
    JudgedClaim,
    KnowledgeBase,
    LinkAnswer,
    Reply,
)

_LONGEST_NAME = 80
"""Characters of a key that a message shows."""


@dataclass(slots=True)
class _Linked:
    """All replies linked; the node of each, and the last moment that any tells of."""

    resolution: Resolution
    nodes: dict[str, int] = field(default_factory=dict)
    known_until: datetime | None = None

    def find_place(self, name: str) -> int | None:
        """The place of a customer's key or alias, a customer id, or a reply's id."""
        places = self.resolution.find_places(name)
        if places:
            return places[0]
        return self.resolution.place_of(self.nodes[name]) if name in self.nodes else None

    def require_place(self, name: str) -> int:
        place = self.find_place(name)
        if place is None:
            known = [*(each.key for each in self.resolution.customers), *self.nodes]
            raise SettingsError(_say_unknown(name, known))
        return place


def list_customers(settings: AuditSettings, progress: Progress | None = None) -> tuple[Customer, ...]:
    """Every customer with the ids of their replies, sorted by key; no policy is loaded for it."""
    return _link(settings, progress, remembers=True).resolution.customers


def explain_links(
    settings: AuditSettings, first: str, second: str, progress: Progress | None = None
) -> LinkAnswer:
    """Why two replies or customers, by id or key, are one customer or two.

    Raises SettingsError where one of them is not there.
    """
    linked = _link(settings, progress)
    places = [(name, linked.require_place(name)) for name in (first, second)]
    return explain_places(linked.resolution, places[0], places[1], settings.min_link)


def tell_history(settings: AuditSettings, name: str, progress: Progress | None = None) -> History:
    """All that one customer asked and was told, judged; `name` is a key, alias, customer id or reply id.

    The replies are loaded twice: to find out which are the customer's, and to read those. Raises
    SettingsError where there is no such customer, or where standard input would have to be read twice.
    """
    if "-" in {source.rpartition("=")[2] for source in settings.sources}:
        raise SettingsError("standard input can be read only once; write the replies to a file and name it")
    knowledge = load_knowledge(settings)
    linked = _link(settings, progress)
    place = linked.require_place(name)
    customer = linked.resolution.customer_of_place(place)
    if customer is None:
        raise SettingsError(f"the customer {name[:_LONGEST_NAME]!r} has no reply in what was loaded")
    read = _read_contacts(settings, knowledge, customer)
    judged = tuple(claim for _, claims in read for claim in claims)
    asker = open_question_reader(knowledge)
    askings = asker.read_batch([reply for reply, _ in read])
    met = (make_contact(r, a, knowledge, settings.topics) for (r, _), a in zip(read, askings, strict=True))
    terms = make_terms(settings, knowledge, linked.known_until)
    found = run_checks([CustomerCase(customer, judged, tuple(met))], settings.checks, terms)
    find_certainty = trace_answers(linked.nodes, linked.resolution)
    findings = (rate_finding(each, find_certainty, knowledge) for each in found)
    return History(customer, read, tuple(findings))


def _link(settings: AuditSettings, progress: Progress | None, *, remembers: bool = False) -> _Linked:
    gathered = Gathered(build_linker(settings, [], keep_replies=True))
    nodes = {reply.id: gathered.add(reply) for reply in select_replies(settings, gathered, progress)}
    links = settings.links if remembers else None
    resolution = resolve_customers(gathered.linker, replace(settings, links=links))
    return _Linked(resolution, nodes, gathered.known_until)


def _read_contacts(
    settings: AuditSettings, knowledge: KnowledgeBase, customer: Customer
) -> tuple[tuple[Reply, tuple[JudgedClaim, ...]], ...]:
    """The customer's replies as they were sent, those without a time last."""
    wanted = set(customer.reply_ids)
    reader = open_reader(knowledge, settings.min_confidence, near_misses=False)
    contacts: list[tuple[Reply, tuple[JudgedClaim, ...]]] = []
    for batch in batch_replies(select_replies(settings, Omitted(), None)):
        replies = [reply for reply in batch if reply.id in wanted]
        for reply, reading in zip(replies, reader.read_batch(replies), strict=True):
            claims = (claim for claim in reading.claims if is_asked_for(claim, knowledge, settings))
            judged = tuple(judge_reply_claim(claim, reply, customer, knowledge) for claim in claims)
            contacts.append((replace(reply, asked_before=""), judged))
    return tuple(sorted(contacts, key=lambda each: _rank_reply(each[0])))


def _rank_reply(reply: Reply) -> tuple[bool, float, str]:
    moment = reply.sent_at or reply.asked_at
    return moment is None, moment.timestamp() if moment else 0.0, reply.id


def _say_unknown(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known[:20_000], n=2)
    shown = " or ".join(repr(each[:_LONGEST_NAME]) for each in near)
    remedy = f"did you mean {shown}?" if near else "`consistency-check customers` lists them"
    return f"there is no customer and no reply {name[:_LONGEST_NAME]!r}; {remedy}"
