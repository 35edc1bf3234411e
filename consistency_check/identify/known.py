"""A customer as an earlier run knew them: what ties new records to them, and the key that they keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class KnownCustomer:
    """What is remembered of one customer: normalised keys, names and references, each sorted.

    `since` is the number of the run that met them first, from 1 on; `aliases` are keys that they had too.
    `conversations` and `replies` are kept where nothing stronger identifies some of their replies.
    """

    since: int
    key: str
    customer_id: str = ""
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
