"""Which identities and CRM records bear which key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from consistency_check.identify.clusters import Cluster
from consistency_check.identify.identity import Evidence, Identity, Need
from consistency_check.identify.keys import normalise_customer_id, normalise_email, normalise_handle
from consistency_check.identify.phones import find_abroad, normalise_phone
from consistency_check.model import CrmRecord

# Handles of this length are seldom two people's; shorter ones ("mike88") are taken on every platform, so
# they count for their channel alone.
_LONG_HANDLE = 8

Bearers = dict[str, list[int]]
Keys = tuple[tuple[str, ...], ...]


class Bearing:
    """The keys of all nodes: the identities of replies first, then the records of the CRM."""

    def __init__(self, identities: Sequence[Identity], crm: Sequence[CrmRecord], region: str) -> None:
        self._identities = identities
        self._crm = crm
        self._region = region
        self._crm_keys = [_keys_of_record(record, region) for record in crm]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self._identities) + len(self._crm)

    def describe(self, node: int) -> Cluster:
        """The cluster of one node alone."""
        at = node - len(self._identities)
        if at < 0:
            identity = self._identities[node]
            keys: Keys = tuple((key,) if key else () for key in identity[: Evidence.CONVERSATION])
            return _describe(keys, (identity.name,) if identity.name else (), set())
        return _describe(self._crm_keys[at], self._crm[at].names, {Evidence.CRM})

    def list_shared(self, kind: Evidence) -> Bearers:
        """Every key of one kind that several nodes bear, and those nodes in order."""
        return _share((key, node) for node, keys in self._walk(kind) for key in keys)

    def list_handles(self) -> Iterator[tuple[Bearers, Need]]:
        """Shared handles: within a channel and the CRM, then long ones in whatever channel.

        Handles of replies are channel:handle, those of CRM records :handle, which is any channel's.
        """
        anywhere = _share(
            (key.partition(":")[2], node) for node, keys in self._walk(Evidence.HANDLE) for key in keys
        )
        within: Bearers = {}
        for nodes in anywhere.values():
            crm = [node for node in nodes if node >= len(self._identities)]
            for node in nodes[: len(nodes) - len(crm)]:
                within.setdefault(self._identities[node].handle, crm.copy()).append(node)
        yield within, Need.NOTHING
        long = {handle: nodes for handle, nodes in anywhere.items() if len(handle) >= _LONG_HANDLE}
        yield long, Need.NO_OTHER_KEYS

    def list_phones(self) -> Bearers:
        """Shared numbers; one that names no country counts as the number that it must be, if any."""
        abroad = find_abroad((key for _, keys in self._walk(Evidence.PHONE) for key in keys), self._region)
        return _share(
            (abroad.get(key, key), node) for node, keys in self._walk(Evidence.PHONE) for key in keys
        )

    def _walk(self, kind: Evidence) -> Iterator[tuple[int, tuple[str, ...]]]:
        for node, identity in enumerate(self._identities):
            if key := identity[kind]:
                yield node, (key,)
        for node, keys in enumerate(self._crm_keys, len(self._identities)):
            yield node, keys[kind]


def _share(pairs: Iterable[tuple[str, int]]) -> Bearers:
    """The keys with several nodes; most keys have one, so that alone is kept for them."""
    first: dict[str, int] = {}
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for key, node in pairs:
        if (earlier := first.setdefault(key, node)) != node:
            shared[key] = shared[key] or [earlier]
            shared[key].append(node)
    return shared


def _keys_of_record(record: CrmRecord, region: str) -> Keys:
    return (
        _keep((normalise_customer_id(record.customer_id),)),
        _keep(map(normalise_email, record.emails)),
        _keep(f":{handle}" for handle in _keep(map(normalise_handle, record.handles))),
        _keep(normalise_phone(phone, region) for phone in record.phones),
    )


def _keep(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for key in keys if key}))


def _describe(keys: Keys, names: Sequence[str], evidence: set[Evidence]) -> Cluster:
    customer_ids, emails, handles, phones = keys
    bare = {handle.partition(":")[2] for handle in handles}
    owner = customer_ids[0] if customer_ids else ""
    return Cluster(owner, set(names), (set(emails), bare, set(phones)), evidence)
