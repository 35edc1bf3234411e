"""What a customer is called: a key that people know them by, and that stays.

Where nothing is remembered, the key is made of the content alone: the customer id, else the first e-mail,
phone, handle, conversation or reply id of the alphabet. It does not depend on the order of the replies; it
changes where a stronger or an earlier key of the same person comes in, or somebody else of the same phone. A
known customer keeps the key that they had, whatever comes; of two that turn out one, the older.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from consistency_check.identify.identity import Identity
from consistency_check.identify.known import KnownCustomer
from consistency_check.model import CrmRecord

Cluster = tuple[Sequence[Identity], CrmRecord | None, Sequence[KnownCustomer]]


def make_keys(people: Sequence[Cluster], reserved: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """A key and the aliases of each; `reserved` are keys of known customers, which nobody else may have.

    Where several share what a key is made of (a household's phone), a name is added, and then a number.
    """
    bare = [_choose_key(identities, record) for identities, record, _ in people]
    shared = Counter(bare)
    written = [
        f"{key} ({name})" if shared[key] > 1 and (name := _find_first_name(identities)) else key
        for key, (identities, _, _) in zip(bare, people, strict=True)
    ]
    keys = _number_twins(written, people, reserved)
    return [
        (each[2][0].key, _list_aliases(*each)) if each[2] else (key, ())
        for key, each in zip(keys, people, strict=True)
    ]


def _number_twins(keys: Sequence[str], people: Sequence[Cluster], reserved: Collection[str]) -> list[str]:
    twins: defaultdict[str, list[int]] = defaultdict(list)
    for at, (key, (_, _, known)) in enumerate(zip(keys, people, strict=True)):
        if not known:
            twins[key].append(at)
    numbered = list(keys)
    taken = {*keys, *reserved}
    for key, places in sorted(twins.items()):
        number = 1
        for at in sorted(places, key=lambda at: tuple(sorted(people[at][0]))):
            if number > 1 or key in reserved:
                number = max(number, 2)
                while f"{key} #{number}" in taken:
                    number += 1
                numbered[at] = f"{key} #{number}"
                taken.add(numbered[at])
            number += 1
    return numbered


def _list_aliases(
    identities: Sequence[Identity], record: CrmRecord | None, known: Sequence[KnownCustomer]
) -> tuple[str, ...]:
    """The other keys of before, and a customer id that is not the key."""
    names = {alias for each in known for alias in (each.key, *each.aliases, each.customer_id)}
    names |= {each.customer_id for each in identities} | ({record.customer_id} if record else set())
    return tuple(sorted(names - {known[0].key, ""}))


def _choose_key(identities: Sequence[Identity], record: CrmRecord | None) -> str:
    return record.customer_id if record else min(map(_rank_key, identities))[1]


def _rank_key(identity: Identity) -> tuple[int, str]:
    keys = (identity.customer_id, identity.email, identity.phone, identity.handle, identity.conversation)
    return next(((rank, key) for rank, key in enumerate(keys) if key), (len(keys), identity.reply_id))


def _find_first_name(identities: Sequence[Identity]) -> str:
    return _choose_full([identity.name for identity in identities if identity.name])


def _choose_full(names: Sequence[str]) -> str:
    from consistency_check.identify.names import parse_name

    def rank(name: str) -> tuple[int, int, str]:
        parts = parse_name(name)
        return -(2 * parts.is_full + bool(parts.rest)), -names.count(name), name

    return min(names, key=rank, default="")
