"""A customer as an earlier run knew them: what ties new records to them, and the key that they keep."""

from __future__ import annotations

from dataclasses import dataclass

from consistency_check.identify.identity import Identity


@dataclass(frozen=True, slots=True, order=True)
class KnownCustomer:
    """What is remembered of one customer: normalised keys, names and references, each sorted.

    `since` is the number of the run that met them first, from 1 on; `aliases` are keys that they had too;
    `identities` are the ways in which they were written, each as `sign_identity` makes one text of it.
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
    identities: tuple[str, ...] = ()

    @property
    def conversations(self) -> tuple[str, ...]:
        """The threads by which replies are known that nothing else identifies."""
        found = {read_identity(each).conversation for each in self.identities}
        return tuple(sorted(found - {""}))


_SEPARATOR = "\t"


def sign_identity(identity: Identity) -> str:
    """An identity as one text."""
    return _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in identity)


def read_identity(signed: str) -> Identity:
    """What `sign_identity` made a text of; what is missing is empty."""
    return Identity(*signed.split(_SEPARATOR)[: len(Identity._fields)])
