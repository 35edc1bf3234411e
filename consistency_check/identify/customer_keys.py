"""What a customer is called: a key that people know them by, and that stays.

Where nothing is remembered, the key is made of the content alone: the customer id, else the first e-mail,
phone, handle, conversation or reply id of the alphabet. It does not depend on the order of the replies; it
changes where a stronger or an earlier key of the same person comes in, or somebody else of the same phone. A
known customer keeps the key that they had, whatever comes; of two that turn out one, the older.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from consistency_check.identify.identity import Identity
from consistency_check.identify.known import KnownCustomer
from consistency_check.model import CrmRecord

_ADDED = re.compile(r" [(#]")
Cluster = tuple[Sequence[Identity], CrmRecord | None, Sequence[KnownCustomer]]


def make_keys(people: Sequence[Cluster], reserved: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """A key and the aliases of each; `reserved` are keys of known customers, which nobody else may have.

    Where several share what a key is made of (a household's phone), a name is added, and then a number.
    """
    bare = [choose_key(identities, record) for identities, record, _ in people]
    keys = tell_apart(
        bare,
        name_of=lambda at: choose_given(people[at][0]),
        rank_of=lambda at: min(people[at][0]),
        unnumbered={at for at, (_, _, known) in enumerate(people) if known},
        reserved=reserved,
    )
    return [
        (each[2][0].key, _list_aliases(*each)) if each[2] else (key, ())
        for key, each in zip(keys, people, strict=True)
    ]


def tell_apart(
    bare: Sequence[str],
    *,
    name_of: Callable[[int], str],
    rank_of: Callable[[int], Identity],
    unnumbered: Collection[int] = (),
    reserved: Collection[str] = (),
) -> list[str]:
    """What each is called where several share a bare key: with their name, and a number by their rank."""
    shared = Counter(bare)
    keys = [
        f"{key} ({name})" if shared[key] > 1 and (name := name_of(at)) else key for at, key in enumerate(bare)
    ]
    twins: defaultdict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if at not in unnumbered:
            twins[key].append(at)
    numbered = list(keys)
    taken = {*keys, *reserved}
    several = [key for key, places in twins.items() if len(places) > 1 or key in reserved]
    for key in sorted(several):
        places = twins[key]
        number = 1
        for at in sorted(places, key=rank_of) if len(places) > 1 else places:
            if number > 1 or key in reserved:
                number = max(number, 2)
                while f"{key} #{number}" in taken:
                    number += 1
                numbered[at] = f"{key} #{number}"
                taken.add(numbered[at])
            number += 1
    return numbered


def find_root(bare: str) -> str:
    """What a bare key begins with: `tell_apart` mixes up no two whose roots differ."""
    return _ADDED.split(bare, 1)[0]


def _list_aliases(
    identities: Sequence[Identity], record: CrmRecord | None, known: Sequence[KnownCustomer]
) -> tuple[str, ...]:
    """The other keys of before, and a customer id that is not the key."""
    names = {alias for each in known for alias in (each.key, *each.aliases, each.customer_id)}
    names |= {each.customer_id for each in identities} | ({record.customer_id} if record else set())
    return tuple(sorted(names - {known[0].key, ""}))


def choose_key(identities: Sequence[Identity], record: CrmRecord | None) -> str:
    """The key that is made of one customer alone."""
    return record.customer_id if record else min(map(_rank_key, identities))[1]


def _rank_key(identity: Identity) -> tuple[int, str]:
    keys = (identity.customer_id, identity.email, identity.phone, identity.handle, identity.conversation)
    return next(((rank, key) for rank, key in enumerate(keys) if key), (len(keys), identity.reply_id))


def choose_given(identities: Sequence[Identity]) -> str:
    """The name that tells one customer from others with the same bare key."""
    return _choose_full([identity.name for identity in identities if identity.name])


def _choose_full(names: Sequence[str]) -> str:
    from consistency_check.identify.names import parse_name

    def rank(name: str) -> tuple[int, int, str]:
        parts = parse_name(name)
        return -(2 * parts.is_full + bool(parts.rest)), -names.count(name), name

    return min(names, key=rank, default="")
