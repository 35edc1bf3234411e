"""Replies one by one into small numbers, then numbers into customers."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from consistency_check.identify.blocks import link_customer_ids, link_known, list_key_pairs, score_pairs
from consistency_check.identify.clusters import Clusters, Link, join_links
from consistency_check.identify.details import read_name
from consistency_check.identify.identity import Identity
from consistency_check.identify.keys import (
    normalise_conversation,
    normalise_customer_id,
    normalise_email,
    normalise_handle,
)
from consistency_check.identify.known import KnownCustomer
from consistency_check.identify.mentions import add_mentions
from consistency_check.identify.names import clean_name
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.notes import Noted
from consistency_check.identify.persons import add_details_in_text, list_person_pairs
from consistency_check.identify.phones import find_region, normalise_phone
from consistency_check.identify.references import list_column_references
from consistency_check.identify.resolution import Resolution, describe_customers
from consistency_check.identify.weights import LEAST, find_bits
from consistency_check.model import CrmRecord, Reply


class Linker:
    """Takes replies in and tells, at the end, which of them went to one customer.

    `known` are customers of earlier runs, `references` patterns by which texts name a case, `least` the
    probability (0 to 1) from which two identities are linked. Memory grows with the identities, conversations
    and references seen, not with the replies; `keep_replies` keeps their ids too, for those who list them.
    Raises UnknownRegionError.
    """

    def __init__(
        self,
        crm: Iterable[CrmRecord] = (),
        region: str = "US",
        *,
        keep_replies: bool = False,
        known: Iterable[KnownCustomer] = (),
        references: Sequence[re.Pattern[str]] = (),
        least: float = LEAST,
    ) -> None:
        self._crm = sort_records(crm)
        self._known = sorted(known)
        self._region = find_region(region)
        self._patterns = references
        self._least = find_bits(least)
        self._nodes: dict[Identity, int] = {}
        self._counts = array("Q")
        self._noted: dict[int, Noted] = {}
        self._threads: dict[int, int] = {}
        self._joint_threads: defaultdict[str, set[int]] = defaultdict(set)
        self._reply_ids: list[list[str]] | None = [] if keep_replies else None
        self._agents: set[str] = set()

    def add(self, reply: Reply) -> int:
        """Take one reply in; the number of its identity, to be asked for with `Resolution.customer_of`."""
        identity, thread, columns = identify_reply(reply, self._region)
        node = self._nodes.setdefault(identity, len(self._counts))
        if node == len(self._counts):
            self._counts.append(0)
            if self._reply_ids is not None:
                self._reply_ids.append([])
        self._counts[node] += 1
        self._agents.add(reply.agent)
        if self._reply_ids is not None:
            self._reply_ids[node].append(reply.id)
        if thread:
            self._note_thread(thread, node)
        noted = self._noted.get(node) or Noted()
        noted.add(columns, reply, self._patterns)
        if noted:
            self._noted[node] = noted
        return node

    def _note_thread(self, thread: str, node: int) -> None:
        """Most threads have one identity, so that alone is kept for them, under their id's hash."""
        first = self._threads.setdefault(hash(thread), node)
        if first != node:
            self._joint_threads[thread] |= {first, node}

    def resolve(self) -> Resolution:
        """The customers of all replies taken in so far; replies may be added and resolved again."""
        written = list(self._nodes)
        order = sorted(range(len(written)), key=written.__getitem__)
        nodes = Nodes([written[at] for at in order], self._crm, self._known, self._region)
        places = array("q", bytes(8 * len(order)))
        for place, at in enumerate(order):
            places[at] = place
        nodes.noted = {places[node]: self._noted[node] for node in order if node in self._noted}
        nodes.threads = self._list_threads(nodes, places)
        clusters = Clusters(len(nodes), nodes.describe)
        links = link_nodes(clusters, nodes, self._least)
        counts = [self._counts[at] for at in order]
        ids = [self._reply_ids[at] for at in order] if self._reply_ids is not None else None
        agents = frozenset(self._agents - {""})
        return describe_customers(clusters, nodes, links, counts, places, ids, agents)

    def _list_threads(self, nodes: Nodes, places: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The threads of each node that several have, and what known customers have in their place."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for thread, joint in self._joint_threads.items():
            for node in joint:
                found[places[node]].add(thread)
        asked: set[str] = set()
        for node, known in nodes.walk_known():
            for thread in known.conversations:
                asked.add(thread)
                found[node].add(thread)
        if asked:
            for at, identity in enumerate(nodes.identities):
                if identity.conversation in asked:
                    found[at].add(identity.conversation)
        return {node: tuple(sorted(threads)) for node, threads in sorted(found.items())}


def identify_reply(reply: Reply, region: str) -> tuple[Identity, str, list[str]]:
    """How a reply's customer is written, the thread that it is in, and the references of its columns."""
    columns = sorted(set(list_column_references(reply.attributes))) if reply.attributes else []
    thread = normalise_conversation(reply.conversation_id, reply.channel) if reply.conversation_id else ""
    return _identify(reply, thread, columns, region), thread, columns


def _identify(reply: Reply, thread: str, columns: Sequence[str], region: str) -> Identity:
    handle = normalise_handle(reply.handle) if reply.handle else ""
    keys = (
        normalise_customer_id(reply.customer_id) if reply.customer_id else "",
        normalise_email(reply.email) if reply.email else "",
        f"{reply.channel}:{handle}" if handle else "",
        normalise_phone(reply.phone, region) if reply.phone else "",
    )
    written = reply.name or (read_name(reply.attributes) if reply.attributes else "")
    name = clean_name(written) if written else ""
    if any(keys):
        alone = keys[3] and not name and not any(keys[:3])
        return Identity(*keys, "", name, reference=" ".join(columns) if alone else "")
    return Identity(conversation=thread, name=name, reply_id="" if thread else reply.id)


def sort_records(crm: Iterable[CrmRecord]) -> list[CrmRecord]:
    """The records of the CRM that have a customer id, in the order in which they are linked."""
    with_id = (record for record in crm if normalise_customer_id(record.customer_id))
    return sorted(with_id, key=lambda record: (record.customer_id, record.source))


def link_nodes(clusters: Clusters, nodes: Nodes, least: float) -> list[Link]:
    """Join the nodes that are one person, by keys, then references, then details; every link found."""
    links = link_keys(clusters, nodes, least)
    named = link_mentions(clusters, nodes, least)
    detailed = score_pairs(clusters, list_person_pairs(clusters, nodes), least)
    join_links(clusters, detailed, least)
    return [*clusters.links, *links, *named, *detailed]


def link_keys(clusters: Clusters, nodes: Nodes, least: float) -> list[Link]:
    """Join the nodes that share keys; every link found by them but for customer ids."""
    nodes.leave_out_crowds()
    link_customer_ids(clusters, nodes)
    link_known(clusters, nodes)
    links = score_pairs(clusters, list_key_pairs(nodes), least)
    join_links(clusters, links, least)
    return links


def link_mentions(clusters: Clusters, nodes: Nodes, least: float) -> list[Link]:
    """Join the clusters that texts and columns tie together; every link found. Details in texts are added."""
    named = score_pairs(clusters, add_mentions(clusters, nodes), least)
    join_links(clusters, named, least)
    add_details_in_text(clusters, nodes)
    return named
