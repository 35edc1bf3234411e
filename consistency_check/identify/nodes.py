"""Everything that may be linked, numbered: identities of replies, the CRM's records, known customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from consistency_check.identify.details import read_details
from consistency_check.identify.identity import Evidence, Identity
from consistency_check.identify.keys import normalise_customer_id, normalise_email, normalise_handle
from consistency_check.identify.known import KnownCustomer
from consistency_check.identify.notes import Noted
from consistency_check.identify.phones import find_abroad, normalise_phone
from consistency_check.identify.profile import Profile
from consistency_check.identify.references import list_column_references
from consistency_check.identify.surroundings import ALL, Surroundings
from consistency_check.model import CrmRecord

Keys = tuple[str, ...]
MOST_BEARERS = 32
"""People who bear one phone number or thread, from which on it is a switchboard, a kiosk or a placeholder."""


class Nodes:
    """The nodes and their keys; `identities` must be sorted, so that numbers do not depend on their order.

    Where they are a part of all, `around` tells what the rest makes of their keys.
    """

    def __init__(
        self,
        identities: Sequence[Identity],
        crm: Sequence[CrmRecord],
        known: Sequence[KnownCustomer],
        region: str,
        around: Surroundings = ALL,
    ) -> None:
        self.identities = identities
        self.crm = crm
        self.known = known
        self.around = around
        self.noted: Mapping[int, Noted] = {}
        self.threads: Mapping[int, Keys] = {}
        self._fixed = [describe_record(each, region) for each in crm] + [_describe_known(k) for k in known]
        self._abroad = around.abroad
        if self._abroad is None:
            written = {each.phone for each in identities if each.phone}
            written.update(phone for profile in self._fixed for phone in profile.phones)
            self._abroad = find_abroad(written, region)
        for profile in self._fixed if self._abroad else ():
            profile.phones = {self._abroad.get(phone, phone) for phone in profile.phones}
        self._crowded: set[str] = set()
        self._lines: dict[Evidence, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.identities) + len(self._fixed)

    def describe(self, node: int) -> Profile:
        """The profile of one node alone, without what texts say of it and without crowded keys."""
        at = node - len(self.identities)
        profile = _copy_profile(self._fixed[at]) if at >= 0 else _describe_identity(self.identities[node])
        if profile.phones and (self._abroad or self._crowded):
            profile.phones = {self._bring_home(phone) for phone in profile.phones} - self._crowded
        if node in self.threads:
            profile.threads |= {thread for thread in self.threads[node] if thread not in self._crowded}
        if noted := self.noted.get(node):
            for kind, said in noted.details:
                profile.details.setdefault(kind, set()).add(said)
        return profile

    def name_of(self, node: int) -> str:
        """The name of an identity as blocks are cut by it; "" for another node."""
        return self.identities[node].name.casefold() if node < len(self.identities) else ""

    def find_owned(self, name: str) -> list[int]:
        """The nodes with a customer id, or the known customer of that key."""
        owned = [node for node, ids in self.walk_keys(Evidence.CUSTOMER_ID) if name in ids]
        return owned or [node for node, each in self.walk_known() if name == each.key or name in each.aliases]

    def is_record(self, node: int) -> bool:
        """True for a record of the CRM."""
        return 0 <= node - len(self.identities) < len(self.crm)

    def walk_fixed(self) -> Iterator[tuple[int, Profile]]:
        """The records of the CRM and the known customers, with their numbers."""
        return enumerate(self._fixed, len(self.identities))

    def walk_known(self) -> Iterator[tuple[int, KnownCustomer]]:
        """The known customers with their numbers."""
        return enumerate(self.known, len(self.identities) + len(self.crm))

    def list_fixed(self) -> Iterator[Profile]:
        """The profiles of the CRM's records and the known customers."""
        return iter(self._fixed)

    def list_detailed(self) -> Iterator[int]:
        """The nodes of which more is known than keys and name."""
        yield from (node for node, noted in self.noted.items() if noted.details or noted.addresses)
        yield from (node for node, profile in self.walk_fixed() if profile.details)

    def walk_keys(self, kind: Evidence) -> Iterator[tuple[int, Iterable[str]]]:
        """Each node that has keys of one kind, with them; phones as they are, crowded ones too."""
        if kind == Evidence.CONVERSATION:
            yield from self.threads.items()
            return
        for node, identity in enumerate(self.identities):
            if key := identity[kind]:
                yield node, (self._bring_home(key) if kind == Evidence.PHONE else key,)
        for node, profile in self.walk_fixed():
            yield node, _PICK[kind](profile)

    def _bring_home(self, phone: str) -> str:
        """A number that names no country as the one in E.164 that it must be."""
        return self._abroad.get(phone, phone) if self._abroad else phone

    def leave_out_crowds(self) -> None:
        """Find the phones and threads that too many people bear: they stand in no profile and link nobody."""
        for kind in (Evidence.PHONE, Evidence.CONVERSATION):
            shared = self._share_keys(kind)
            self._crowded |= {
                key for key, bearers in shared.items() if self._count_people(bearers) > MOST_BEARERS
            }
            if self.around.has_crowds:
                keys = {key for _, keys in self.walk_keys(kind) for key in keys}
                self._crowded |= {key for key in keys if self.around.is_crowded(kind, key)}
            self._lines[kind] = {key: found for key, found in shared.items() if key not in self._crowded}

    def list_shared(self, kind: Evidence) -> dict[str, list[int]]:
        """Every key of one kind that several nodes bear, and those nodes in order.

        Handles are without their channel; crowded phones and threads are left out.
        """
        return self._lines[kind] if kind in self._lines else self._share_keys(kind)

    def _share_keys(self, kind: Evidence) -> dict[str, list[int]]:
        bare = kind == Evidence.HANDLE
        pairs = (
            (key.partition(":")[2] if bare else key, node)
            for node, keys in self.walk_keys(kind)
            for key in keys
        )
        return _share(pairs)

    def _count_people(self, bearers: Sequence[int]) -> int:
        """How many people may bear a key: one phone's texts about many orders are not many people."""
        if len(bearers) <= MOST_BEARERS:
            return len(bearers)
        size = len(self.identities)
        identities = [self.identities[node] for node in bearers if node < size]
        written = {(each.customer_id, each.email, each.name.casefold()) for each in identities}
        return len(written) + sum(node >= size for node in bearers)


_PICK: dict[Evidence, Callable[[Profile], Iterable[str]]] = {
    Evidence.CUSTOMER_ID: lambda profile: (profile.owner,) if profile.owner else (),
    Evidence.EMAIL: lambda profile: profile.emails,
    Evidence.HANDLE: lambda profile: profile.handles,
    Evidence.PHONE: lambda profile: profile.phones,
}


def _share(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The keys with several nodes; most keys have one, so that alone is kept for them."""
    first: dict[str, int] = {}
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for key, node in pairs:
        if (earlier := first.setdefault(key, node)) != node:
            shared[key] = shared[key] or [earlier]
            if shared[key][-1] != node:
                shared[key].append(node)
    return dict(shared)


def _describe_identity(identity: Identity) -> Profile:
    return Profile(
        owner=identity.customer_id,
        names={identity.name} if identity.name else set(),
        emails={identity.email} if identity.email else set(),
        handles={identity.handle} if identity.handle else set(),
        phones={identity.phone} if identity.phone else set(),
    )


def describe_record(record: CrmRecord, region: str) -> Profile:
    """The profile of a record of the CRM."""
    return Profile(
        owner=normalise_customer_id(record.customer_id),
        names=set(record.names),
        emails=_keep(map(normalise_email, record.emails)),
        handles={f":{handle}" for handle in _keep(map(normalise_handle, record.handles))},
        phones=_keep(normalise_phone(phone, region) for phone in record.phones),
        references=set(list_column_references(record.attributes)),
        details=_gather_details(read_details(record.attributes)),
    )


def _gather_details(details: Iterable[tuple[Evidence, str]]) -> dict[Evidence, set[str]]:
    gathered: dict[Evidence, set[str]] = {}
    for kind, said in details:
        gathered.setdefault(kind, set()).add(said)
    return gathered


def _describe_known(known: KnownCustomer) -> Profile:
    return Profile(
        owner=known.customer_id,
        names=set(known.names),
        emails=set(known.emails),
        handles=set(known.handles),
        phones=set(known.phones),
        references=set(known.references),
    )


def _copy_profile(profile: Profile) -> Profile:
    copy = Profile()
    copy.absorb(profile)
    return copy


def _keep(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key}
