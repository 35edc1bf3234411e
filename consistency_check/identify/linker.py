"""Replies one by one into small numbers, then numbers into customers."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable

from consistency_check.identify.bearers import Bearing
from consistency_check.identify.clusters import Clusters
from consistency_check.identify.identity import Evidence, Identity, Need
from consistency_check.identify.keys import (
    normalise_conversation,
    normalise_customer_id,
    normalise_email,
    normalise_handle,
)
from consistency_check.identify.linking import link_bearers, link_customer_ids
from consistency_check.identify.names import clean_name
from consistency_check.identify.phones import find_region, normalise_phone
from consistency_check.identify.resolution import Resolution, describe_customers
from consistency_check.model import CrmRecord, Reply


class Linker:
    """Takes replies in and tells, at the end, which of them went to one customer.

    Memory grows with the identities and conversations seen, not with the replies; `keep_replies` keeps
    their ids too, for those who list them. Raises UnknownRegionError.
    """

    def __init__(
        self, crm: Iterable[CrmRecord] = (), region: str = "US", *, keep_replies: bool = False
    ) -> None:
        known = (record for record in crm if normalise_customer_id(record.customer_id))
        self._crm = sorted(known, key=lambda record: (record.customer_id, record.source))
        self._region = find_region(region)
        self._nodes: dict[Identity, int] = {}
        self._counts = array("Q")
        self._threads: dict[int, int] = {}
        self._joint_threads: defaultdict[int, set[int]] = defaultdict(set)
        self._reply_ids: list[list[str]] | None = [] if keep_replies else None

    def add(self, reply: Reply) -> int:
        """Take one reply in; the number of its identity, to be asked for with `Resolution.customer_of`."""
        handle = normalise_handle(reply.handle) if reply.handle else ""
        keys = (
            normalise_customer_id(reply.customer_id) if reply.customer_id else "",
            normalise_email(reply.email) if reply.email else "",
            f"{reply.channel}:{handle}" if handle else "",
            normalise_phone(reply.phone, self._region) if reply.phone else "",
        )
        thread = normalise_conversation(reply.conversation_id, reply.channel) if reply.conversation_id else ""
        name = clean_name(reply.name) if reply.name else ""
        if any(keys):
            identity = Identity(*keys, "", name)
        else:
            identity = Identity(conversation=thread, name=name, reply_id="" if thread else reply.id)
        node = self._nodes.setdefault(identity, len(self._counts))
        if node == len(self._counts):
            self._counts.append(0)
            if self._reply_ids is not None:
                self._reply_ids.append([])
        self._counts[node] += 1
        if self._reply_ids is not None:
            self._reply_ids[node].append(reply.id)
        if thread:
            self._note_thread(hash(thread), node)
        return node

    def _note_thread(self, thread: int, node: int) -> None:
        """Most threads have one identity, so that alone is kept for them, under their id's hash."""
        first = self._threads.setdefault(thread, node)
        if first != node:
            self._joint_threads[thread] |= {first, node}

    def resolve(self) -> Resolution:
        """The customers of all replies taken in so far; replies may be added and resolved again."""
        identities = list(self._nodes)
        bearing = Bearing(identities, self._crm, self._region)
        clusters = Clusters(bearing.size, bearing.describe)
        link_customer_ids(clusters, bearing.list_shared(Evidence.CUSTOMER_ID))
        link_bearers(clusters, bearing.list_shared(Evidence.EMAIL), Evidence.EMAIL, Need.NOTHING)
        for handles, need in bearing.list_handles():
            link_bearers(clusters, handles, Evidence.HANDLE, need)
        link_bearers(clusters, bearing.list_phones(), Evidence.PHONE, Need.NO_STRANGERS)
        threads = {str(thread): nodes for thread, nodes in self._joint_threads.items()}
        link_bearers(clusters, threads, Evidence.CONVERSATION, Need.NO_OTHER_KEYS)
        return describe_customers(clusters, identities, self._counts, self._crm, self._reply_ids)
